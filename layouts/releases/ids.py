"""Ids of the page on which two releases are compared."""

from __future__ import annotations

from enum import StrEnum


class Compare(StrEnum):
    """Two releases side by side."""

    SUB = "releases-sub-text"
    CHOICE = "releases-choice-select"
    CHOICE_BAR = "releases-choice-bar"
    STEP = "releases-step-store"
    """What leads to the view to be shown: ``assets/steps.js``."""
    PAGE = "releases-page-div"
    SIDES = "releases-sides-card"
    PUBLISH = "releases-publish-button"
    PUBLISH_BAR = "releases-publish-bar"
    PUBLISHED = "releases-published-div"
    PUBLISH_ERROR = "releases-publish-error"
    REVISION = "releases-revision-store"
    """Changes when a release was published from here."""
