"""What customers are expected to buy, in an overview: by which law, and what such expectations were worth."""

from __future__ import annotations

from services.releases.overview.strict import Count, Part


class Total(Part):
    """A sum over all customers of an earlier day.

    Attributes
    ----------
    expected, happened : float
        On that day, and in the days looked ahead since.
    """

    expected: float
    happened: float


class Stated(Total):
    """A sum of what was stated of each customer with an interval.

    Attributes
    ----------
    held : int
        Customers for whom what happened lay within their own interval.
    """

    held: Count


class Attempt(Part):
    """What was expected at an earlier day with what was known then, and what happened.

    Attributes
    ----------
    day : str
        ISO 8601.
    customers : int
    buyers : Total
        Customers with an order.
    orders, spend : Stated or None
        Days with an order; shop currency. None where value is missing.
    """

    day: str
    customers: Count
    buyers: Total
    orders: Stated | None
    spend: Stated | None


class Value(Part):
    """What customers are expected to buy.

    Attributes
    ----------
    missing : str or None
        The sentence that says why nobody's orders and spend are expected.
    model : str or None
        Of ``services.core.value.models.FITS``: the one that purchases are expected by. ``nbd`` where value is
        missing and customers can still be scored by their chance of an order, None where not even that.
    seen : str or None
        The last day that is known whole, ISO 8601: days are counted from it.
    horizon : int
        Days ahead that are tried.
    level : int
        Per cent of customers that an interval is to hold.
    tried : list of Attempt
        The latest first; empty where the ledger is too short, or the law was not to be learned then.
    warnings : list of str
        What the models take for granted and the ledger does not keep to.
    """

    missing: str | None
    model: str | None
    seen: str | None
    horizon: Count
    level: Count
    tried: list[Attempt]
    warnings: list[str]
