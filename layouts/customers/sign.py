"""Where a currency's sign stands beside an amount that a chart writes itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from layouts import words


class Sign(NamedTuple):
    """What stands before an amount and what after it: ``£`` and nothing, or nothing and `` €``."""

    before: str
    after: str

    def beside(self, amount: str) -> str:
        """Write the sign beside a number, or beside the place of one."""
        return f"{self.before}{amount}{self.after}"

    @property
    def ticks(self) -> dict[str, str]:
        """Return what an axis of money is drawn with."""
        return {"tickprefix": self.before, "ticksuffix": self.after}


def sign() -> Sign:
    """Return the shop's, as the reader's language writes money."""
    found = re.fullmatch(r"(\D*)\d.*?(\D*)", words.money(1))
    return Sign(*found.groups()) if found else Sign("", "")
