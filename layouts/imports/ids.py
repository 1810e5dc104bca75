"""Ids of the page that brings a file."""

from __future__ import annotations

from enum import StrEnum


class Imports(StrEnum):
    """A file on its way into the ledger."""

    SUB = "imports-sub-text"
    REMOVE = "imports-remove-button"
    """Removes the file that is looked at; ``assets/imports`` does it."""
    STEPS = "imports-steps-div"
    DOING = "imports-doing-text"
    """Says what is done with the file while one waits."""
    FILE = "imports-file-div"
    """The first step: a place to drop files, what is being sent, what was sent before."""
    DROP = "imports-drop-div"
    CHOOSE = "imports-choose-button"
    HINT = "imports-hint-text"
    SENDING = "imports-sending-div"
    """Filled by ``assets/imports``."""
    SENT = "imports-sent-store"
    """Changes when a file was sent or removed from here."""
    WAITING = "imports-waiting-div"
    BODY = "imports-body-div"
    ROLES = "imports-roles-div"
    """The small form that gives a role to another column."""
    ROLE = "imports-role-select"
    COLUMN = "imports-column-select"
    SET_ROLE = "imports-set-role-button"
    PLACING = "imports-placing-div"
    """The buttons of the last step before training."""
    ADD = "imports-add-button"
    REPLACE = "imports-replace-button"
    ADD_HINT = "imports-add-hint"
    REPLACE_HINT = "imports-replace-hint"
    ADDING_ERROR = "imports-adding-error"
