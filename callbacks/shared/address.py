"""What an address asks for, as the callbacks of several tabs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal
from services.core.text.addresses import query_of
from services.serving.customers import profile as customers

if TYPE_CHECKING:
    from services.serving.customers.profile import Profile
    from services.serving.release.loaded import Loaded


def ids_in(search: str | None) -> list[str]:
    """Return the ids of customers that an address asks for; each may hold several that were pasted."""
    return [each for each in query_of(search).get("id", []) if each.strip()]


def one_customer(release: Loaded, asked: list[str]) -> Profile:
    """Return the one customer that an address asks for.

    Parameters
    ----------
    release : Loaded
    asked : list of str
        As :func:`ids_in` reads them.

    Raises
    ------
    Refusal
        If it asks for nobody, for several, for somebody who is not there, or for more than can be read.
    """
    found, unknown = customers.several(release, asked)
    if len(found) != 1 or unknown:
        raise NotFound(_("Choose a customer first."), "id")
    return found[0]


def one_or_none(release: Loaded, asked: list[str]) -> Profile | None:
    """Return the one customer that an address asks for; None for anything else."""
    try:
        return one_customer(release, asked)
    except Refusal:
        return None
