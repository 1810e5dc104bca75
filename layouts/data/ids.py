"""Ids of the tab Data."""

from __future__ import annotations

from enum import StrEnum


class Data(StrEnum):
    """The tab Data."""

    SUB = "data-sub-text"
    BRING = "data-bring-link"
    """Leads to the page that brings a file; for those who may."""
    PAGE = "data-page-div"
    SALES = "data-sales-graph"
    HOURS = "data-hours-graph"
    RETURNS = "data-returns-graph"
    EVIDENCE = "data-evidence-graph"
