"""Ids of the tab Campaigns."""

from __future__ import annotations

from enum import StrEnum


class Audiences(StrEnum):
    """The tab Campaigns."""

    FORM = "audiences-form-div"
    FORM_FINDING = "audiences-form-finding"
    NOTES = "audiences-notes-div"
    NAME = "audiences-name-input"
    NAME_ERROR = "audiences-name-error"
    OWNER = "audiences-owner-input"
    OWNER_ERROR = "audiences-owner-error"
    PLAYBOOK = "audiences-playbook-input"
    PLAYBOOK_ERROR = "audiences-playbook-error"
    START = "audiences-start-input"
    START_ERROR = "audiences-start-error"
    END = "audiences-end-input"
    END_ERROR = "audiences-end-error"
    SHARE = "audiences-share-input"
    SHARE_ERROR = "audiences-share-error"
    PREVIEW = "audiences-preview-div"
    TRIALS = "audiences-trials-div"
    SAVE = "audiences-save-button"
    SAVE_ERROR = "audiences-save-error"
    OPENED = "audiences-opened-div"
    RESULT = "audiences-result-div"
    FILE = "audiences-file-div"
    COLUMNS = "audiences-columns-checklist"
    EXPORT = "audiences-export-link"
    EXPORT_BOOK = "audiences-workbook-link"
    FILE_FINDING = "audiences-file-finding"
    TOOLS = "audiences-tools-div"
    LIST = "audiences-list-div"
