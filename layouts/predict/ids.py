"""Ids of the tab Predict."""

from __future__ import annotations

from enum import StrEnum


class Predict(StrEnum):
    """The tab Predict."""

    SUB = "predict-sub-text"
    START = "predict-start-text"
    RESET = "predict-reset-button"
    SUBMIT = "predict-submit-button"
    CUSTOMER = "predict-customer-input"
    CUSTOMER_SUBMIT = "predict-customer-button"
    CUSTOMER_ERROR = "predict-customer-error"
    PARTS = "predict-parts-store"
    """The release's badges, chips and ends of the axes, from which the browser builds answers."""
    DATA = "predict-data-store"
    """The form and the answer, as numbers and words."""
    ASKED = "predict-asked-store"
    """The address to be answered, or the button that was pressed with what stood in the fields."""
    SLID = "predict-slid-store"
    """Values a slider was moved to, in the order of the axes."""
    PAINT = "predict-paint-store"
    """The tracks for those values."""
    STATE = "predict-state-div"
    ANSWER = "predict-answer-div"
    SEGMENT = "predict-segment-span"
    SCORE = "predict-score-text"
    SENTENCE = "predict-sentence-text"
    CLUSTER = "predict-cluster-span"
    MARGIN = "predict-margin-text"
    RANGE = "predict-range-span"
    NOTES = "predict-notes-div"
    CROSSING = "predict-crossing-div"
    CHANGES = "predict-changes-div"
    CHANGES_FINDING = "predict-changes-finding"
    DISTANCES = "predict-distances-div"
    DISTANCES_FINDING = "predict-distances-finding"
    PEOPLE = "predict-people-div"
    PEOPLE_FINDING = "predict-people-finding"

    ROWS_DROP = "predict-rows-drop"
    ROWS_CHOOSE = "predict-rows-button"
    ROWS_HINT = "predict-rows-hint"
    ROWS = "predict-rows-div"

    @staticmethod
    def label(axis: str) -> str:
        """Id of an axis's name."""
        return f"predict-{axis}-name"

    @staticmethod
    def hint(axis: str) -> str:
        """Id of the range of the data."""
        return f"predict-{axis}-hint"

    @staticmethod
    def field(axis: str) -> str:
        """Id of the field a value is typed into."""
        return f"predict-{axis}-input"

    @staticmethod
    def unit(axis: str) -> str:
        """Id of the unit behind the value."""
        return f"predict-{axis}-unit"

    @staticmethod
    def slider(axis: str) -> str:
        """Id of the slider."""
        return f"predict-{axis}-slider"

    @staticmethod
    def track(axis: str) -> str:
        """Id of the painted track below the slider."""
        return f"predict-{axis}-track"

    @staticmethod
    def error(axis: str) -> str:
        """Id of the line that says what a value may be."""
        return f"predict-{axis}-error"
