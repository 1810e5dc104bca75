"""What a cell says of consent to campaigns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from services.core.text.column_names import plain

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
UNCLEAR = "unclear"


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(
        (files(__package__) / "consent.toml").read_text(encoding="utf-8")
    )
    return found


def agreed(cell: str) -> bool | str | None:
    """Read a cell of a column that says who agreed.

    Returns
    -------
    bool or str or None
        None for a blank, ``UNCLEAR`` for what is neither a yes nor a no. A date is that of the consent.

    Examples
    --------
    >>> agreed("SUBSCRIBED"), agreed("never_subscribed"), agreed("2026-05-01 10:00"), agreed(""), agreed("?")
    (True, False, True, None, 'unclear')
    """
    if not cell.strip():
        return None
    word = plain(cell)
    if word in _words()["yes"] or _DAY.match(cell.strip()):
        return True
    return False if word in _words()["no"] else UNCLEAR


def refused(cell: str) -> bool:
    """Say whether a cell of a column of refusals holds one: anything but a blank or a no.

    Examples
    --------
    >>> refused("2026-05-01"), refused("Bounced"), refused("false"), refused("[]"), refused("")
    (True, True, False, False, False)
    """
    word = plain(cell)
    return bool(word) and word not in _words()["nobody"]
