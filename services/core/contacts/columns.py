"""Which column of a customers' file says what: by its header, in English and as known exports call it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from services.core.text.column_names import plain


@cache
def names() -> Mapping[str, Sequence[str]]:
    """Give what headers call each role, the likeliest first."""
    found: dict[str, list[str]] = tomllib.loads(
        (files(__package__) / "columns.toml").read_text(encoding="utf-8")
    )
    return found


def roles_of(headers: Sequence[str]) -> dict[str, str]:
    """Give the header of each role that the file has.

    Parameters
    ----------
    headers : sequence of str
        No two alike.

    Examples
    --------
    >>> roles_of(["Customer ID", "E-mail", "Accepts Email Marketing", "Tier"])
    {'customer': 'Customer ID', 'email': 'E-mail', 'email_consent': 'Accepts Email Marketing'}
    """
    spelled = {plain(header): header for header in headers}
    found: dict[str, str] = {}
    for role, known in names().items():
        header = next((spelled[name] for name in known if name in spelled), None)
        if header is not None:
            found[role] = header
    return found
