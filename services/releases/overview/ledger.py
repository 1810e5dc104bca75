"""The ledger in an overview: its baskets, its products, its months."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from services.releases.overview.strict import Count, Part, Share

Money = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2,}$")]
Hours = Annotated[list[Count], Field(min_length=24, max_length=24)]


class RuleScope(Part):
    """Baskets that rules were mined from.

    Attributes
    ----------
    id : str
        Such as ``all``, ``cluster:c1@customers``.
    name : str
    group : str
        ``all``, ``cluster:…``, ``segment:…`` or ``period:…``.
    baskets_of : {"invoices", "customers"}
        What a basket is.
    first_day, last_day : str or None
        ``from`` and ``to`` in the file: days of a period, ISO 8601; None elsewhere.
    baskets, products, itemsets, rules : int
    earlier_baskets, later_baskets : int or None
        Baskets before and within the days held back; None in a release from before rules were tried out.
    min_support : float
        Share of the baskets that hold a set at least, 0–1.
    min_count : int
        The same in baskets.
    note : str
        A sentence on how it was mined, or empty.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: str
    name: str
    group: str
    baskets_of: Literal["invoices", "customers"]
    first_day: str | None = Field(alias="from")
    last_day: str | None = Field(alias="to")
    baskets: Count
    products: Count
    itemsets: Count
    rules: Count
    earlier_baskets: Count | None
    later_baskets: Count | None
    min_support: Share
    min_count: Count
    note: str


class RulesLater(Part):
    """The days held back to see whether rules hold up: first and last, ISO 8601, and how many."""

    model_config = ConfigDict(populate_by_name=True)

    first_day: str = Field(alias="from")
    last_day: str = Field(alias="to")
    days: Count


class Item(Part):
    """A product that rules or sets name: its code and what it is called."""

    product: str
    description: str


class LedgerMonth(Part):
    """A month of the ledger, such as ``2011-11``; money in shop currency, returns are positive."""

    month: str
    revenue: float
    orders: Count
    customers: Count
    returns: float


class BestSeller(Part):
    """A product of much revenue (shop currency), the orders that hold it and its pieces."""

    product: str
    description: str | None
    orders: Count
    pieces: float | None
    revenue: float


class Matched(Part):
    """What returns took off the orders, and what of them found nothing there.

    Attributes
    ----------
    amount, pieces : float
        Taken off the orders, at their prices.
    unmatched_lines : int
        Rows that found nothing to take back, or not enough.
    unmatched_pieces, unmatched_amount : float
        What they did not find, at the prices of the returns.
    """

    amount: float
    pieces: float
    unmatched_lines: Count
    unmatched_pieces: float
    unmatched_amount: float


class Returned(Part):
    """What came back: lines, their amount in shop currency (positive), and invoices.

    ``matched`` is None where returns are ignored, and in a release from before they were matched: orders are
    then as they were bought.
    """

    lines: Count
    amount: float
    invoices: Count
    matched: Matched | None = None


class LeftOutRow(Part):
    """A row that a rule took: its line, and what the file says of it.

    Attributes
    ----------
    line : int
    reason : str or None
        Why it cannot be read; None where the rule says so itself.
    customer, invoice : str or None
    amount : str or None
        Its money as it was read, exact, with its sign, shop currency.
    file : str or None
        What it stands in, where that is one of several.
    """

    line: Count
    reason: str | None
    customer: str | None
    invoice: str | None
    amount: Money | None
    file: str | None = None


class LeftOut(Part):
    """What a cleaning rule took.

    Attributes
    ----------
    rule : str
    rows : int
    amount : str or None
        The sum of their money as it was read, exact, with its sign, shop currency; None where none is known.
    first : list of LeftOutRow
        By line; five at most.
    """

    rule: str
    rows: Count
    amount: Money | None
    first: list[LeftOutRow]


class Glance(Part):
    """The ledger at a glance.

    Attributes
    ----------
    months : list of LedgerMonth
        Oldest first, without gaps; empty where the file is a table of customers.
    hours : list of list of int, shape (7, 24), or None
        Orders by weekday (Monday first) and hour; None where no order has a time of day.
    products : list of BestSeller
        15 at most, most revenue first.
    returns : Returned
    """

    months: list[LedgerMonth]
    hours: Annotated[list[Hours], Field(min_length=7, max_length=7)] | None
    products: list[BestSeller]
    returns: Returned
