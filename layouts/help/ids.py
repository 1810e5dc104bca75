"""Ids of the tab Help."""

from __future__ import annotations

from enum import StrEnum


class Help(StrEnum):
    """The tab Help."""

    FIND = "help-find-input"
    """Narrows the list of words: ``assets/help/help.js``."""
    WORDS = "help-words-list"
    NONE = "help-none-text"
    METHOD = "help-method-cards"

    @staticmethod
    def fact(word: str) -> str:
        """Return the id of the line that says a word's figure in this release."""
        return f"help-{word}-fact"
