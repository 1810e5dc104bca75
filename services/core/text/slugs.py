"""Ids made of names."""

from __future__ import annotations

import re
from collections.abc import Container

LONGEST = 50


def slug(name: str, otherwise: str, taken: Container[str] = ()) -> str:
    """Return an id of small letters, digits and hyphens for a name.

    Parameters
    ----------
    name : str
    otherwise : str
        The id of a name without any of those, itself a slug.
    taken : container of str
        Ids that are in use: a number is added to one of them.

    Examples
    --------
    >>> slug("Can't lose", "group"), slug("Лучшие", "group"), slug("VIP!", "group", {"vip", "vip-2"})
    ('can-t-lose', 'group', 'vip-3')
    """
    made = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:LONGEST].strip("-") or otherwise
    count, found = 2, made
    while found in taken:
        found, count = f"{made}-{count}", count + 1
    return found
