"""Release ids: the UTC second of making and six hex digits, so that they sort by age."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

ID_PATTERN = r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}"
_ID = re.compile(ID_PATTERN)


def new_release_id(now: datetime) -> str:
    """Return an id for a release made at ``now``.

    Parameters
    ----------
    now : datetime
        A moment with a time zone.

    Returns
    -------
    str
        Such as ``20261121T224500Z-3fa9c1``. Five of the hex digits are the fraction of the second, so that
        two releases of one second sort by age as well; the last one is random.

    Raises
    ------
    ValueError
        If ``now`` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("a release id needs a moment with a time zone")
    fraction = now.microsecond * 16**5 // 1_000_000
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{fraction:05x}{secrets.randbelow(16):x}"


def is_release_id(text: str) -> bool:
    """Say whether ``text`` has the form of a release id, and so can name a folder safely.

    Examples
    --------
    >>> is_release_id("20261121T224500Z-3fa9c1"), is_release_id("../secrets")
    (True, False)
    """
    return _ID.fullmatch(text) is not None
