"""Ids of the tab Data, and of its card Training."""

from __future__ import annotations

from enum import StrEnum


class Data(StrEnum):
    """The tab Data."""

    SUB = "data-sub-text"
    BRING = "data-bring-link"
    """Leads to the page that brings a file; for those who may."""
    PAGE = "data-page-div"
    LISTED = "data-releases-div"
    SOURCES = "data-sources-section"
    CONTACTS = "contacts"
    """Part of addresses: ``/data#contacts``."""
    CONTACTS_PART = "data-contacts-part"
    CONTACTS_FINDING = "data-contacts-finding"
    CONTACTS_CHOICES = "data-contacts-checklist"
    CONTACTS_CHOOSE = "data-contacts-button"
    CONTACTS_KEEP = "data-contacts-keep-button"
    CONTACTS_KEEP_BAR = "data-contacts-keep-bar"
    CONTACTS_DOING = "data-contacts-text"
    """Filled by ``assets/data``."""
    CONTACTS_SENT = "data-contacts-store"
    """The upload that is kept at a press."""
    CONTACTS_RESULT = "data-contacts-div"
    SALES = "data-sales-graph"
    HOURS = "data-hours-graph"
    RETURNS = "data-returns-graph"
    EVIDENCE = "data-evidence-graph"


class Training(StrEnum):
    """The card Training."""

    CARD = "training"
    """Part of addresses: ``/data#training``."""
    FINDING = "training-finding-text"
    STATUS = "training-status-text"
    """What is read out when a training begins or ends."""
    STATE = "training-state-div"
    STOP = "training-stop-button"
    STOP_BAR = "training-stop-bar"
    FORM = "training-form-div"
    FILES = "training-files-div"
    PRESET = "training-preset-select"
    PRESET_ERROR = "training-preset-error"
    OPTIONS = "training-choices-div"
    TRAIN = "training-train-button"
    TRAIN_BAR = "training-train-bar"
    ERROR = "training-job-error"
    JOB = "training-job-store"
    """The number of the job that the card shows."""
    ASKED = "training-asked-store"
    """Changes when a job was asked for or stopped from here: the card is then asked for at once."""
    TOLD = "training-told-store"
    ENDED = "training-ended-store"
    """The number of a training that ended while the page was open."""
