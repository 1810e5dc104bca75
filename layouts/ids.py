"""Every component id: an enum per tab, named ``<tab>-<what>-<kind>``.

The kind matters once: outputs whose id ends in ``-options`` or ``-error`` are emptied when their
callback fails, all others say that they could not be shown (see ``callbacks.failures``).
"""

from __future__ import annotations

from enum import StrEnum


class Shell(StrEnum):
    """What surrounds the tabs."""

    RELEASE = "shell-release-store"
    """Id of the release the page shows; set when the page is loaded, never after."""
    ADDRESS = "shell-address-location"
    """Our own Location: writes filters into the address without waking the pages router."""
    TOAST = "shell-toast-store"
    """What to tell: see ``layouts.components.toast``."""
    TOASTS = "shell-toasts-area"
    NAVIGATION = "shell-navigation-nav"
    MARKED = "shell-marked-store"
    POLL = "shell-poll-interval"
    NEWER = "shell-newer-banner"
    MAIN = "shell-main-main"
    LOOKUP = "shell-lookup-input"
    LOOKUP_OPTIONS = "shell-lookup-options"
    THEME = "shell-theme-button"


class Baskets(StrEnum):
    """The tab Baskets."""

    SUB = "baskets-sub-text"
    EXPORT = "baskets-export-link"
    EXPORT_ROWS = "baskets-export-rows-link"
    CHIPS = "baskets-chips-span"
    FOUND = "baskets-found-text"
    NOTES = "baskets-notes-div"
    GROUP = "baskets-group-select"
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
    CARDS = "baskets-cards-div"
    GRID = "baskets-rules-grid"
    MEASURES = "baskets-measures-button"
    PURGED = "baskets-purged-store"
    FITTED = "baskets-fitted-store"
    GROUPS_FINDING = "baskets-groups-text"
    GROUPS = "baskets-groups-div"
    GROUPS_TABLE = "baskets-groups-table"
    GROUPS_NOTE = "baskets-groups-note"
    SETS_FINDING = "baskets-sets-text"
    SETS = "baskets-sets-div"
    SETS_TABLE = "baskets-sets-table"
    CLUSTERS_FINDING = "baskets-clusters-text"
    CLUSTERS = "baskets-clusters-div"

    @staticmethod
    def field(name: str) -> str:
        """Id of a filter's input: ``item``, ``min_support``, ``min_confidence``, ``min_lift``."""
        return f"baskets-{name}-input"

    @staticmethod
    def apply(name: str) -> str:
        """Id of the button that takes a filter's input."""
        return f"baskets-{name}-button"

    @staticmethod
    def error(name: str) -> str:
        """Id of the line below a filter's input."""
        return f"baskets-{name}-error"


class Data(StrEnum):
    """The tab Data."""

    SUB = "data-sub-text"
    PAGE = "data-page-div"
    SALES = "data-sales-graph"
    HOURS = "data-hours-graph"
    RETURNS = "data-returns-graph"
    EVIDENCE = "data-evidence-graph"


class Customers(StrEnum):
    """The tab Customer."""

    FINDER = "customers-finder-div"
    ENTRY = "customers-entry-input"
    FIND = "customers-find-button"
    ANSWER = "customers-answer-div"
    PAGE = "customers-page-div"
    CARDS = "customers-cards-store"
    """What the browser builds the cards' tables and bars from: see ``layouts.customers_cards``."""
    MISSING = "customers-missing-text"
    CRUMB = "customers-crumb-div"
    ID = "customers-id-heading"
    SEGMENT = "customers-segment-span"
    CLUSTER = "customers-cluster-span"
    REASON = "customers-reason-text"
    COUNTRY = "customers-country-text"
    FIRST = "customers-first-text"
    LAST = "customers-last-text"
    MARGIN = "customers-margin-text"
    COUNTED = "customers-counted-term"
    WITH = "customers-with-text"
    WITHOUT = "customers-without-text"
    EXPECTED = "customers-expected-text"
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
    DISTANCES = "customers-distances-div"
    DISTANCES_FINDING = "customers-distances-finding"
    ORDERS = "customers-orders-grid"
    ORDERS_FINDING = "customers-orders-finding"
    SIMILAR = "customers-similar-div"
    SIMILAR_FINDING = "customers-similar-finding"

    @staticmethod
    def card(name: str) -> str:
        """Id of a card, such as ``months``."""
        return f"customers-{name}-section"

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


class Clusters(StrEnum):
    """The tab Clusters."""

    SUB = "clusters-sub-text"
    K = "clusters-k-select"
    CHOICE_BAR = "clusters-choice-bar"
    NOTES = "clusters-notes-div"
    TRIED = "clusters-tried-div"
    SERVED = "clusters-served-div"

    @staticmethod
    def graph(name: str) -> str:
        """Id of a chart, such as ``inertia`` or ``snake``."""
        return f"clusters-{name}-graph"

    @staticmethod
    def draw(release: object) -> dict[str, object]:
        """Id of the button that draws three axes."""
        return {"type": "clusters-draw-button", "index": release}

    @staticmethod
    def space(release: object) -> dict[str, object]:
        """Id of the place where they are drawn."""
        return {"type": "clusters-space-div", "index": release}


class Segments(StrEnum):
    """The tab Segments."""

    SUB = "segments-sub-text"
    EXPORT = "segments-export-link"
    EXPORT_ROWS = "segments-rows-link"
    CHIPS = "segments-chips-span"
    FOUND = "segments-found-span"
    NOTES = "segments-notes-div"
    KPIS = "segments-kpis-div"
    CARDS = "segments-cards-div"
    NOTHING = "segments-nothing-div"
    MAP = "segments-map-div"
    MAP_CARD = "segments-map-card"
    SIZES = "segments-sizes-div"
    TREEMAP = "segments-treemap-graph"
    GROUPS = "segments-groups-div"
    GRID = "segments-customers-grid"
    SEARCH = "segments-search-input"
    DATA = "segments-data-store"
    """The view's numbers, from which the browser builds map, bars and tables."""
    FRAME = "segments-frame-store"
    """The release's names and scales, for the same."""
    FRAMED = "segments-framed-store"
    """Whether the page has its frame."""
    PURGED = "segments-purged-store"
    SORTED = "segments-sorted-store"

    @staticmethod
    def picture(name: str) -> str:
        """Id of a chart: a pair of axes, or the distribution of one."""
        return f"segments-{name}-graph"

    @staticmethod
    def finding(name: str) -> str:
        """Id of a card's sentence."""
        return f"segments-{name}-finding"

    @staticmethod
    def table(name: str) -> str:
        """Id of the place where the browser builds a card's table."""
        return f"segments-{name}-table"

    @staticmethod
    def field(name: str) -> str:
        """Id of a filter's input or menu."""
        return f"segments-{name}-input"


class Predict(StrEnum):
    """The tab Predict."""

    SUB = "predict-sub-text"
    START = "predict-start-text"
    RESET = "predict-reset-button"
    SUBMIT = "predict-submit-button"
    CUSTOMER = "predict-customer-input"
    CUSTOMER_SUBMIT = "predict-customer-button"
    CUSTOMER_ERROR = "predict-customer-error"
    PARTS = "predict-parts-store"
    """The release's badges, chips and ends of the axes, from which the browser builds answers."""
    DATA = "predict-data-store"
    """The form and the answer, as numbers and words."""
    SLID = "predict-slid-store"
    """Values a slider was moved to, in the order of the axes."""
    PAINT = "predict-paint-store"
    """The tracks for those values."""
    STATE = "predict-state-div"
    ANSWER = "predict-answer-div"
    SEGMENT = "predict-segment-span"
    SCORE = "predict-score-text"
    SENTENCE = "predict-sentence-text"
    CLUSTER = "predict-cluster-span"
    MARGIN = "predict-margin-text"
    RANGE = "predict-range-span"
    CHANGES = "predict-changes-div"
    CHANGES_FINDING = "predict-changes-finding"
    DISTANCES = "predict-distances-div"
    DISTANCES_FINDING = "predict-distances-finding"
    PEOPLE = "predict-people-div"
    PEOPLE_FINDING = "predict-people-finding"

    @staticmethod
    def label(axis: str) -> str:
        """Id of an axis's name."""
        return f"predict-{axis}-name"

    @staticmethod
    def hint(axis: str) -> str:
        """Id of the range of the data."""
        return f"predict-{axis}-hint"

    @staticmethod
    def field(axis: str) -> str:
        """Id of the field a value is typed into."""
        return f"predict-{axis}-input"

    @staticmethod
    def unit(axis: str) -> str:
        """Id of the unit behind the value."""
        return f"predict-{axis}-unit"

    @staticmethod
    def slider(axis: str) -> str:
        """Id of the slider."""
        return f"predict-{axis}-slider"

    @staticmethod
    def track(axis: str) -> str:
        """Id of the painted track below the slider."""
        return f"predict-{axis}-track"

    @staticmethod
    def error(axis: str) -> str:
        """Id of the line that says what a value may be."""
        return f"predict-{axis}-error"
