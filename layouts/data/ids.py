"""Ids of the tab Data."""

from __future__ import annotations

from enum import StrEnum


class Data(StrEnum):
    """The tab Data."""

    SUB = "data-sub-text"
    PAGE = "data-page-div"
    SOURCES = "data-sources-section"
    SALES = "data-sales-graph"
    HOURS = "data-hours-graph"
    RETURNS = "data-returns-graph"
    EVIDENCE = "data-evidence-graph"
