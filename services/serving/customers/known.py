"""The customers of a release, as far as a file of contacts asks for them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from services.core.contacts.countries import country_code

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded


class Known:
    """Who the customers of a release are, and where they live.

    Parameters
    ----------
    release : Loaded
    """

    def __init__(self, release: Loaded) -> None:
        self._release = release

    def has(self, customer_id: str) -> bool:
        """Whether there is such a customer."""
        return self._release.row_of(customer_id) is not None

    def country_of(self, customer_id: str) -> str | None:
        """Give the code of a customer's country, None where the file of orders names none."""
        row = self._release.row_of(customer_id)
        if row is None or "country" not in self._release.customers:
            return None
        place = int(self._release.customers["country"][row])
        return self._codes[place] if 0 <= place < len(self._codes) else None

    @cached_property
    def _codes(self) -> list[str | None]:
        return [country_code(each.name) for each in self._release.overview.countries]
