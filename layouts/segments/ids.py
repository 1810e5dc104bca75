"""Ids of the tab Segments."""

from __future__ import annotations

from enum import StrEnum


class Segments(StrEnum):
    """The tab Segments."""

    SUB = "segments-sub-text"
    AUDIENCE = "segments-audience-link"
    EXPORT = "segments-export-link"
    EXPORT_ROWS = "segments-rows-link"
    LEFT_OUT = "segments-left-out"
    """How many of the view opted out, beside the list's file; the browser repeats it beside the other."""
    LEFT_OUT_HEAD = "segments-left-out-head"
    CHIPS = "segments-chips-span"
    FOUND = "segments-found-span"
    NOTES = "segments-notes-div"
    ALERTS = "segments-alerts-div"
    KPIS = "segments-kpis-div"
    CARDS = "segments-cards-div"
    NOTHING = "segments-nothing-div"
    MAP = "segments-map-div"
    MAP_CARD = "segments-map-card"
    SIZES = "segments-sizes-div"
    TREEMAP = "segments-treemap-graph"
    GROUPS = "segments-groups-div"
    GRID = "segments-customers-grid"
    SEARCH = "segments-search-input"
    DATA = "segments-data-store"
    """The view's numbers, from which the browser builds map, bars and tables."""
    FRAME = "segments-frame-store"
    """The release's names and scales, for the same."""
    FRAMED = "segments-framed-store"
    """Whether the page has its frame."""
    VIEW = "segments-view-div"
    """All that belongs to the view; hidden where a filter's text was refused."""
    REFUSED = "segments-refused-div"
    EXPORT_PLACE = "segments-export-span"
    MARKED = "segments-marked-store"
    PURGED = "segments-purged-store"
    SORTED = "segments-sorted-store"
    STEP = "segments-step-store"
    """What leads to the view to be shown: ``assets/steps.js``."""
    PORTION = "segments-portion-store"
    """The view's first rows, which the grid takes: ``assets/portions.js``."""
    ASKED = "segments-asked-store"
    """What the grid asks the server for."""
    ANSWERED = "segments-answered-store"
    """What the server answers to that, with the number of what was asked."""

    @staticmethod
    def picture(name: str) -> str:
        """Id of a chart: a pair of axes, or the distribution of one."""
        return f"segments-{name}-graph"

    @staticmethod
    def legend(name: str) -> str:
        """Id of the place where the browser names the colours of a pair of axes."""
        return f"segments-{name}-legend"

    @staticmethod
    def finding(name: str) -> str:
        """Id of a card's sentence."""
        return f"segments-{name}-finding"

    @staticmethod
    def table(name: str) -> str:
        """Id of the place where the browser builds a card's table."""
        return f"segments-{name}-table"

    @staticmethod
    def field(name: str) -> str:
        """Id of a filter's input or menu."""
        return f"segments-{name}-input"

    @staticmethod
    def error(name: str) -> str:
        """Id of the line that says what is wrong with a range's field."""
        return f"segments-{name}-error"

    @staticmethod
    def apply(name: str) -> str:
        """Id of the button that applies a range."""
        return f"segments-{name}-button"
