"""Ids of what surrounds the tabs."""

from __future__ import annotations

from enum import StrEnum


class Shell(StrEnum):
    """What surrounds the tabs."""

    RELEASE = "shell-release-store"
    """Id of the release the page shows; set when the page is loaded, never after."""
    ADDRESS = "shell-address-location"
    """Our own Location: writes filters into the address without waking the pages router."""
    TOAST = "shell-toast-store"
    """What to tell: see ``layouts.parts.toast``."""
    TOASTS = "shell-toasts-area"
    WAITING = "shell-waiting-text"
    """Says to screen readers that results are on their way."""
    NAVIGATION = "shell-navigation-nav"
    MENU = "shell-menu-button"
    MARKED = "shell-marked-store"
    SEEN = "shell-seen-store"
    """When the reader last came back to the page or took a file, in milliseconds."""
    ACTIVE = "shell-active-store"
    """The active release, where it is not the one that the page was loaded with: ``assets/newer.js``."""
    NEWER = "shell-newer-banner"
    MAIN = "shell-main-main"
    LOOKUP = "shell-lookup-input"
    LOOKUP_OPTIONS = "shell-lookup-options"
    THEME = "shell-theme-button"
    MEANING = "shell-meaning-tooltip"
    """What the dotted word means that the reader points at: ``assets/terms.js`` writes it."""

    VISIT = "shell-visit-section"
    VISIT_STEP = "shell-visit-store"
    """Which step of the first visit the reader asks for: ``assets/visit.js``."""

    @staticmethod
    def tab(key: str) -> str:
        """Return the id of a tab's link in the navigation."""
        return f"shell-{key}-tab"
