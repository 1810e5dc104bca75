"""Ids of the page on which a preset is edited."""

from __future__ import annotations

from enum import StrEnum


class Presets(StrEnum):
    """The editor of presets."""

    SUB = "presets-sub-text"
    DOWNLOAD = "presets-download-link"
    CHOICE_BAR = "presets-choice-bar"
    CHOICE = "presets-choice-select"
    STEP = "presets-step-store"
    """What leads to the view to be shown: ``assets/steps.js``."""
    NOTES = "presets-notes-div"
    TRAIN = "presets-train-button"
    TRAIN_BAR = "presets-train-bar"
    TRAINED = "presets-trained-div"
    FORM = "presets-form-div"
    PREVIEW = "presets-preview-div"
    NAME = "presets-name-input"
    NAME_ERROR = "presets-name-error"
    AUTHOR_FIELD = "presets-author-div"
    SIGNED = "presets-signed-text"
    """Who is signed in, and whether that person may save."""
    SAVE_FIELDS = "presets-save-div"
    AUTHOR = "presets-author-input"
    AUTHOR_ERROR = "presets-author-error"
    NOTE = "presets-note-input"
    NOTE_ERROR = "presets-note-error"
    SAVE = "presets-save-button"
    SAVE_CARD = "presets-save-card"
    SAVE_ERROR = "presets-save-error"
    SAVED = "presets-saved-div"
    VERSIONS = "presets-versions-div"
    BASE = "presets-base-store"
    """Which preset and version the fields began with, and the latest version that the page has seen."""
    REVISION = "presets-revision-store"
    """The version that the page saved last."""
    FOUND = "presets-found-store"
    """The cut points of equal shares as text, by axis."""

    @staticmethod
    def typed(kind: str, index: object) -> dict[str, object]:
        """Id of a field: ``cut`` ``recency:0``, ``mode`` ``recency``, ``cell`` ``5:1``, ``name`` ``2``."""
        return {"type": f"presets-{kind}-input", "index": index}

    @staticmethod
    def problem(field: object) -> dict[str, object]:
        """Id of the line below a field that says what is wrong with it."""
        return {"type": "presets-field-error", "index": field}

    @staticmethod
    def sizes(axis: object) -> dict[str, object]:
        """Id of the line that says how many customers each score has."""
        return {"type": "presets-sizes-div", "index": axis}

    @staticmethod
    def tile(cell: object) -> dict[str, object]:
        """Id of a cell of the map, which takes the colour of its segment."""
        return {"type": "presets-tile-div", "index": cell}

    @staticmethod
    def held(cell: object) -> dict[str, object]:
        """Id of the customers of a cell of the map."""
        return {"type": "presets-count-span", "index": cell}

    @staticmethod
    def back(version: object) -> dict[str, object]:
        """Id of the button that goes back to a version."""
        return {"type": "presets-back-button", "index": version}
