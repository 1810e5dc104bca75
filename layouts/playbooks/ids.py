"""Ids of the tab Playbooks."""

from __future__ import annotations

from enum import StrEnum


class Playbooks(StrEnum):
    """The tab Playbooks."""

    SUB = "playbooks-sub-text"
    CRUMB = "playbooks-crumb-div"
    SWITCH = "playbooks-switch-div"
    NOTES = "playbooks-notes-div"
    CARDS = "playbooks-cards-div"
    CAVEAT = "playbooks-caveat-text"
    FORM = "playbooks-form-card"
    FIELDS = "playbooks-fields-div"
    GOAL = "playbooks-goal-input"
    GOAL_ERROR = "playbooks-goal-error"
    MESSAGE = "playbooks-message-input"
    MESSAGE_ERROR = "playbooks-message-error"
    OFFER = "playbooks-offer-input"
    OFFER_ERROR = "playbooks-offer-error"
    AUTHOR = "playbooks-author-input"
    AUTHOR_FIELD = "playbooks-author-div"
    AUTHOR_ERROR = "playbooks-author-error"
    SIGNED = "playbooks-signed-text"
    SAVE = "playbooks-save-button"
    SAVE_ERROR = "playbooks-save-error"
    SAVED = "playbooks-saved-div"
    SUGGEST = "playbooks-suggest-button"
    SUGGEST_BAR = "playbooks-suggest-div"
    SUGGEST_ERROR = "playbooks-suggest-error"
    WAITING = "playbooks-waiting-text"
    SUGGESTED = "playbooks-suggested-div"
    SUGGESTION = "playbooks-suggestion-store"
    """The texts that the language model gave."""
    VERSIONS = "playbooks-versions-div"
    BASE = "playbooks-base-store"
    """Whose playbook is open, and the newest version that the page has seen."""
    REVISION = "playbooks-revision-store"
    """The version that the page saved last."""

    @staticmethod
    def back(version: object) -> dict[str, object]:
        """Id of the button that goes back to a version."""
        return {"type": "playbooks-back-button", "index": version}

    @staticmethod
    def take(number: object) -> dict[str, object]:
        """Id of the button that puts a suggestion into the fields."""
        return {"type": "playbooks-take-button", "index": number}
