"""Ids of the tab Movement."""

from __future__ import annotations

from enum import StrEnum


class Movement(StrEnum):
    """The tab Movement."""

    SUB = "movement-sub-text"
    FROM = "movement-from-select"
    TO = "movement-to-select"
    TO_FIELD = "movement-to-field"
    BY = "movement-by-div"
    NOTES = "movement-notes-div"
    NARROWED = "movement-narrowed-span"
    """Whose movement is shown, where it is not everybody's."""
    NARROWED_BAR = "movement-narrowed-bar"
    MISSING = "movement-missing-div"
    BODY = "movement-body-div"
    KPIS = "movement-kpis-div"
    DIAGRAM = "movement-diagram-div"
    FLOWS = "movement-flows-div"
    DIAGRAM_FINDING = "movement-diagram-finding"
    FLOWS_FINDING = "movement-flows-finding"
    LIST_FINDING = "movement-customers-finding"
    CAUSES_NOTE = "movement-causes-note"
    CHIPS = "movement-chips-span"
    NOTHING = "movement-nothing-div"
    LIST = "movement-customers-div"
    GRID = "movement-customers-grid"
    AUDIENCE = "movement-audience-link"
    EXPORT = "movement-export-link"
    LEFT_OUT = "movement-left-out"
    DATA = "movement-data-store"
    """What the browser draws diagram and table from."""
    PURGED = "movement-purged-store"
    PORTION = "movement-portion-store"
    """The view's first rows, which the grid takes: ``assets/portions.js``."""
    ASKED = "movement-asked-store"
    """What the grid asks the server for."""
    ANSWERED = "movement-answered-store"
    """What the server answers to that, with the number of what was asked."""
