"""The parameters of an address that is a file: which there are, and what was understood of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import urlencode

from flask import request
from werkzeug.exceptions import BadRequest


def only(*known: str, repeated: Collection[str] = ()) -> None:
    """Refuse the request that is being answered where its address has any other parameter, or one twice.

    A file cannot say what was left out of it, and the log would not tell what was meant.

    Parameters
    ----------
    *known : str
    repeated : collection of str
        Those of them that can be given several times.

    Raises
    ------
    BadRequest
        Whose sentence names the parameter.
    """
    for name, values in request.args.lists():
        if name not in known:
            raise BadRequest(
                f"There is no parameter “{name[:60]}” here. Take it out of the address; there are "
                f"{', '.join(known)}."
            )
        if name not in repeated and len(set(values)) > 1:
            raise BadRequest(f"“{name}” is given more than once in the address. Give it once.")


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
