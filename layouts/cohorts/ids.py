"""Ids of the tab Cohorts."""

from __future__ import annotations

from enum import StrEnum


class Cohorts(StrEnum):
    """The tab Cohorts."""

    SUB = "cohorts-sub-text"
    MISSING = "cohorts-missing-div"
    BODY = "cohorts-body-div"
    EVERY = "cohorts-every-div"
    COUNTRY = "cohorts-country-select"
    SEGMENT = "cohorts-segment-select"
    PRODUCT = "cohorts-product-select"
    CHIPS = "cohorts-chips-span"
    FOUND = "cohorts-found-span"
    NOTES = "cohorts-notes-div"
    SHOW = "cohorts-show-div"
    FINDING = "cohorts-matrix-finding"
    MATRIX = "cohorts-matrix-div"
    NOTE = "cohorts-matrix-note"
    LIST_FINDING = "cohorts-customers-finding"
    NOTHING = "cohorts-nothing-div"
    LIST = "cohorts-customers-div"
    GRID = "cohorts-customers-grid"
    AUDIENCE = "cohorts-audience-link"
    EXPORT = "cohorts-export-link"
    LEFT_OUT = "cohorts-left-out"
    CARDS = "cohorts-cards-div"
    """What brings good customers, and what else is the same whatever is chosen."""
    FRAMED = "cohorts-framed-store"
    """Whether these stand there."""
    SHOWN = "cohorts-shown-store"
    """What the three lists show, as the server read it from the address."""
    PURGED = "cohorts-purged-store"
    PORTION = "cohorts-portion-store"
    """The view's first rows, which the grid takes: ``assets/portions.js``."""
    ASKED = "cohorts-asked-store"
    """What the grid asks the server for."""
    ANSWERED = "cohorts-answered-store"
    """What the server answers to that, with the number of what was asked."""
