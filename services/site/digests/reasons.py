"""Why a digest did not arrive: kept in English, and said in the language of whoever reads it."""

from __future__ import annotations

import re

from services.core.language.messages import _, later

GONE = later("The worker that sent it ended before it could say so.")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def shown(stored: str) -> str:
    """Say a stored reason; what servers answer has one number at most, such as a status or seconds."""
    number = _NUMBER.search(stored)
    return _(_NUMBER.sub("{n}", stored), n=number[0]) if number else _(stored)
