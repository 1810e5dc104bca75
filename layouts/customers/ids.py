"""Ids of the tab Customers."""

from __future__ import annotations

from enum import StrEnum


class Customers(StrEnum):
    """The tab Customers."""

    FINDER = "customers-finder-div"
    REACH = "customers-reach-div"
    """E-mail, phone and what else a file of contacts says, for who may see it."""
    ENTRY = "customers-entry-input"
    FIND = "customers-find-button"
    ANSWER = "customers-answer-div"
    PAGE = "customers-page-div"
    CARDS = "customers-cards-store"
    """What the browser builds the cards' tables and bars from: see ``layouts.customers.cards``."""
    MISSING = "customers-missing-text"
    CRUMB = "customers-crumb-div"
    ACTIONS = "customers-actions-div"
    ID = "customers-id-heading"
    SEGMENT = "customers-segment-span"
    CLUSTER = "customers-cluster-span"
    REASON = "customers-reason-text"
    COUNTRY = "customers-country-text"
    FIRST = "customers-first-text"
    LAST = "customers-last-text"
    MARGIN = "customers-margin-text"
    NOTES = "customers-notes-div"
    COUNTED = "customers-counted-term"
    WITH = "customers-with-text"
    WITHOUT = "customers-without-text"
    EXPECTED = "customers-expected-text"
    LEAVING = "customers-leaving-text"
    MONTHS = "customers-months-graph"
    MONTHS_FINDING = "customers-months-finding"
    MONTHS_TABLE = "customers-months-table"
    HISTORY = "customers-history-div"
    HISTORY_FINDING = "customers-history-finding"
    HISTORY_TABLE = "customers-history-table"
    GAPS = "customers-gaps-graph"
    GAPS_BODY = "customers-gaps-div"
    GAPS_NONE = "customers-gaps-none"
    GAPS_FINDING = "customers-gaps-finding"
    GAPS_TABLE = "customers-gaps-table"
    FAVOURITES = "customers-favourites-div"
    FAVOURITES_FINDING = "customers-favourites-finding"
    FAVOURITES_NOTE = "customers-favourites-note"
    FAVOURITES_TABLE = "customers-favourites-table"
    VALUES = "customers-values-graph"
    VALUES_FINDING = "customers-values-finding"
    VALUES_TABLE = "customers-values-table"
    VALUE = "customers-value-graph"
    VALUE_FINDING = "customers-value-finding"
    VALUE_NOTE = "customers-value-note"
    VALUE_TABLE = "customers-value-table"
    DISTANCES = "customers-distances-div"
    CROSSING = "customers-crossing-div"
    DISTANCES_FINDING = "customers-distances-finding"
    ORDERS = "customers-orders-grid"
    ORDERS_FINDING = "customers-orders-finding"
    ORDERS_NOTE = "customers-orders-note"
    ORDER_LINES = "customers-order-div"
    ORDER = "customers-order-store"
    """The order that is open, as ``layouts.customers.orders`` writes it."""
    OPENED = "customers-opened-store"
    """The order that was pressed."""
    RETURNS = "customers-returns-div"
    OFFERS = "customers-offers-div"
    OFFERS_CHOICE = "customers-offers-choice-div"
    OFFERS_FINDING = "customers-offers-finding"
    OFFERS_KIND = "customers-offers-kind-input"
    OFFERS_METHOD = "customers-offers-method-input"
    OFFERS_RECORD = "customers-offers-record-text"
    OUT = "customers-opted-out-span"
    CONTACT = "customers-contact-text"
    SWITCH = "customers-opt-out-button"
    SWITCH_PART = "customers-opt-out-div"
    SWITCH_ERROR = "customers-opt-out-error"
    REMARK = "customers-remark-input"
    REMARK_SAVE = "customers-remark-button"
    REMARK_FORM = "customers-remark-div"
    REMARK_ERROR = "customers-remark-error"
    REMARKS = "customers-remarks-div"
    KEPT = "customers-kept-store"
    """What the site keeps of the customer, as the card shows it."""
    KEPT_REVISION = "customers-kept-revision-store"
    """Changes with every change of it that this page made."""
    SIMILAR = "customers-similar-div"
    SIMILAR_FINDING = "customers-similar-finding"

    @staticmethod
    def card(name: str) -> str:
        """Id of a card, such as ``months``."""
        return f"customers-{name}-section"

    @staticmethod
    def remove(number: object) -> dict[str, object]:
        """Id of the button that removes a note."""
        return {"type": "customers-remove-button", "index": number}

    @staticmethod
    def amount(axis: str) -> str:
        """Id of an axis's value."""
        return f"customers-{axis}-value"

    @staticmethod
    def squares(axis: str) -> str:
        """Id of an axis's score as squares."""
        return f"customers-{axis}-squares"

    @staticmethod
    def score(axis: str) -> str:
        """Id of an axis's score in words."""
        return f"customers-{axis}-score"
