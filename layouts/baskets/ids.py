"""Ids of the tab Baskets."""

from __future__ import annotations

from enum import StrEnum


class Baskets(StrEnum):
    """The tab Baskets."""

    SUB = "baskets-sub-text"
    EXPORT = "baskets-export-link"
    EXPORT_ROWS = "baskets-export-rows-link"
    CHIPS = "baskets-chips-span"
    FOUND = "baskets-found-text"
    NOTES = "baskets-notes-div"
    GROUP = "baskets-group-select"
    PERIOD = "baskets-period-select"
    BASKETS_OF = "baskets-of-select"
    HELD_UP = "baskets-held-up-select"
    PRODUCT_OPTIONS = "baskets-product-options"
    SUPPORT_HINT = "baskets-support-hint"
    INSTEAD = "baskets-instead-div"
    INSTEAD_CARD = "baskets-instead-section"
    BACK = "baskets-back-button"
    SCOPE = "baskets-scope-store"
    CLOSED = "baskets-closed-store"
    BASKET_INPUT = "baskets-basket-input"
    BASKET_OPTIONS = "baskets-basket-options"
    BASKET_ADD = "baskets-basket-button"
    BASKET_ERROR = "baskets-basket-error"
    BASKET_CHIPS = "baskets-basket-chips"
    OFFER = "baskets-offer-text"
    OFFERS = "baskets-offers-div"
    SCATTER = "baskets-scatter-graph"
    SCATTER_CARD = "baskets-scatter-section"
    SCATTER_FINDING = "baskets-scatter-text"
    SCATTER_TABLE = "baskets-scatter-table"
    POINT = "baskets-point-text"
    RULES_CARD = "baskets-rules-section"
    RULES_FINDING = "baskets-rules-text"
    RULES_NOTE = "baskets-rules-note"
    TESTS = "baskets-tests-store"
    OPENED = "baskets-opened-store"
    """The row whose set of products is told in full."""
    DETAILS = "baskets-details-div"
    SEEN = "baskets-seen-store"
    CARDS = "baskets-cards-div"
    GRID = "baskets-rules-grid"
    MEASURES = "baskets-measures-button"
    PURGED = "baskets-purged-store"
    FITTED = "baskets-fitted-store"
    SORTED = "baskets-sorted-store"
    STEP = "baskets-step-store"
    """What leads to the view to be shown: ``assets/steps.js``."""
    PORTION = "baskets-portion-store"
    """The view's first rows, which the grid takes: ``assets/portions.js``."""
    ASKED = "baskets-asked-store"
    """What the grid asks the server for."""
    ANSWERED = "baskets-answered-store"
    """What the server answers to that, with the number of what was asked."""
    CARDS_DATA = "baskets-cards-store"
    GROUPS_FINDING = "baskets-groups-text"
    GROUPS = "baskets-groups-div"
    GROUPS_TABLE = "baskets-groups-table"
    GROUPS_NOTE = "baskets-groups-note"
    SETS_FINDING = "baskets-sets-text"
    SETS = "baskets-sets-div"
    BUNDLES_FINDING = "baskets-bundles-text"
    BUNDLES = "baskets-bundles-div"
    BUNDLES_NOTE = "baskets-bundles-note"
    EXPORT_BUNDLES = "baskets-bundles-link"
    CLUSTERS_FINDING = "baskets-clusters-text"
    CLUSTERS = "baskets-clusters-div"

    @staticmethod
    def field(name: str) -> str:
        """Id of a filter's input: ``item``, ``min_support``, ``min_confidence``, ``min_lift``."""
        return f"baskets-{name}-input"

    @staticmethod
    def adder(name: str) -> str:
        """Id of the chip that offers a filter: ``period``, ``of``, ``held-up``."""
        return f"baskets-{name}-details"

    @staticmethod
    def apply(name: str) -> str:
        """Id of the button that takes a filter's input."""
        return f"baskets-{name}-button"

    @staticmethod
    def error(name: str) -> str:
        """Id of the line below a filter's input."""
        return f"baskets-{name}-error"
