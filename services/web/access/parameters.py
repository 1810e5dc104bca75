"""The parameters of an address that is a file: which there are, and what was understood of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request
from werkzeug.exceptions import BadRequest, ServiceUnavailable

from services.core.language.messages import _
from services.core.parameters import odd_parameters
from services.core.refusals import ReleaseUnusable
from services.releases import is_release_id

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded


def given(*once: str, several: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return the parameters of the request that is being answered, and refuse what could not be followed.

    A file cannot say what was left out of it, and the log would not tell what was meant.

    Parameters
    ----------
    *once : str
        Those that take one value.
    several : iterable of str
        Those that may be repeated.

    Raises
    ------
    BadRequest
        Whose sentence names the parameter: one that does not exist, has no value, or is given several times.
    """
    query = {name: list(values) for name, values in request.args.lists()}
    for odd in odd_parameters(query, once, tuple(several)):
        raise BadRequest(odd.refused)
    return query


def release_of(services: Services) -> Loaded:
    """Return the release that the request names, or the active one.

    Raises
    ------
    BadRequest
        If it names none that is kept here.
    ServiceUnavailable
        If it names none, and there is no active one that can be used.
    """
    named = request.args.get("release")
    if named is not None and not is_release_id(named):
        raise BadRequest(
            _(
                "There is no release “{name}”. The Data page lists the releases; without one in the "
                "address, the active release is shown.",
                name=named[:60],
            )
        )
    try:
        return services.releases.at(named)
    except ReleaseUnusable as refused:
        raise (ServiceUnavailable if named is None else BadRequest)(str(refused)) from None


def understood(pairs: Iterable[tuple[str, object]]) -> str:
    """Write names and values as an address's query, for the log: numbers plainly, nothing twice over.

    Parameters
    ----------
    pairs : iterable of (str, object)
        Lists and tuples stand for a name that is repeated; what is None or empty is left out.
    """
    written = []
    for name, value in pairs:
        for each in value if isinstance(value, list | tuple) else [value]:
            if each is not None and each != "":
                written.append((name, f"{each!r}".removesuffix(".0") if isinstance(each, float) else each))
    return urlencode(written, safe=":,")
