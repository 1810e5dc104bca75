"""Ids of the page on churn learned from a table."""

from __future__ import annotations

from enum import StrEnum


class Labelled(StrEnum):
    """Churn learned from a table of customers."""

    SUB = "labelled-sub-text"
    PAGE = "labelled-page-div"

    @staticmethod
    def field(place: int) -> str:
        """Return the id of a field of the form, by the place of its column in the model."""
        return f"labelled-{place}-input"
