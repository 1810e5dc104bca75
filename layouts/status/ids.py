"""Ids of the page on how the site is doing."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How the site is doing."""

    SUB = "status-sub-text"
    PAGE = "status-page-div"
