"""Ids of the tab Churn."""

from __future__ import annotations

from enum import StrEnum


class Churn(StrEnum):
    """The tab Churn."""

    SUB = "churn-sub-text"
    MISSING = "churn-missing-div"
    BODY = "churn-body-div"
    CHIPS = "churn-chips-span"
    FOUND = "churn-found-span"
    NOTES = "churn-notes-div"
    KPIS = "churn-kpis-div"
    MAP = "churn-map-div"
    MAP_FINDING = "churn-map-finding"
    PROFIT = "churn-profit-graph"
    PROFIT_FINDING = "churn-profit-finding"
    PROFIT_TABLE = "churn-profit-table"
    PROFIT_NOTE = "churn-profit-note"
    LIST = "churn-customers-div"
    LIST_FINDING = "churn-customers-finding"
    NOTHING = "churn-nothing-div"
    PART = "churn-part-span"
    """The chip of the part of the map that is listed."""
    GRID = "churn-customers-grid"
    AUDIENCE = "churn-audience-link"
    EXPORT = "churn-export-link"
    LEFT_OUT = "churn-left-out"
    SEGMENTS = "churn-segments-div"
    SEGMENTS_FINDING = "churn-segments-finding"
    CLUSTERS = "churn-clusters-div"
    CLUSTERS_FINDING = "churn-clusters-finding"
    CALIBRATION = "churn-calibration-graph"
    CALIBRATION_FINDING = "churn-calibration-finding"
    CALIBRATION_TABLE = "churn-calibration-table"
    CALIBRATION_NOTE = "churn-calibration-note"
    CUTS = "churn-cuts-div"
    CUTS_FINDING = "churn-cuts-finding"
    CUTS_NOTE = "churn-cuts-note"
    MODELS = "churn-models-div"
    MODELS_FINDING = "churn-models-finding"
    ROC = "churn-roc-graph"
    PRECISION = "churn-precision-graph"
    LIFT = "churn-lift-graph"
    CONFUSION = "churn-confusion-div"
    COSTS = "churn-costs-store"
    """The costs that the page's numbers are of; the browser writes them into fields and sliders."""
    FRAMED = "churn-framed-store"
    """Whether the page has what no filter and no cost changes."""
    MARKED = "churn-marked-store"
    PURGED = "churn-purged-store"
    PORTION = "churn-portion-store"
    """The view's first rows, which the grid takes: ``assets/portions.js``."""
    ASKED = "churn-asked-store"
    """What the grid asks the server for."""
    ANSWERED = "churn-answered-store"
    """What the server answers to that, with the number of what was asked."""

    @staticmethod
    def menu(name: str) -> str:
        """Return the id of a filter's entries."""
        return f"churn-{name}-menu"

    @staticmethod
    def typed(name: str) -> str:
        """Return the id of the field of a cost."""
        return f"churn-{name}-input"

    @staticmethod
    def slider(name: str) -> str:
        """Return the id of the slider of a cost."""
        return f"churn-{name}-slider"
