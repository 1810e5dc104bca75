"""Ids of the page on churn learned from a table."""

from __future__ import annotations

from enum import StrEnum


class Labelled(StrEnum):
    """Churn learned from a table of customers."""

    SUB = "labelled-sub-text"
    MISSING = "labelled-missing-div"
    BODY = "labelled-body-div"
    FORM = "labelled-form-div"
    MODELS = "labelled-models-div"
    INSIGHT = "labelled-insight-div"

    ROWS_DROP = "labelled-rows-drop"
    ROWS_CHOOSE = "labelled-rows-button"
    ROWS_HINT = "labelled-rows-hint"
    ROWS = "labelled-rows-div"

    COLUMN = "labelled-column-select"
    COLUMN_FINDING = "labelled-column-finding"
    COLUMN_NOTE = "labelled-column-note"
    COLUMN_TABLE = "labelled-column-table"
    SPREAD = "labelled-spread-graph"
    RATES = "labelled-rates-graph"

    @staticmethod
    def field(place: int) -> str:
        """Return the id of a field of the form, by the place of its column in the model."""
        return f"labelled-{place}-input"
