"""Who of the newcomers came back, by what their first order was like."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from services.releases.overview.strict import Count, Part

Kind = Literal["value", "items", "product", "country"]


class NewcomerGroup(Part):
    """Newcomers of one kind.

    Attributes
    ----------
    kind : {"value", "items", "product", "country"}
        What their first order came to, how many products it held, one of these, and where they are.
    name : str or None
        The product or the country; None for a band.
    low, high : float or None
        Ends of a band, the upper one outside it; None where it has none.
    customers, back : int
        All of them, and who ordered again in time.
    """

    kind: Kind
    name: str | None
    low: float | None
    high: float | None
    customers: Count
    back: Count


class Newcomers(Part):
    """Customers won after the ledger's first month who have had the time to come back.

    Attributes
    ----------
    within : int
        Days after the first order.
    start, end : str
        First and last day of their first orders.
    customers, back : int
    groups : list of NewcomerGroup
    """

    within: Count
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    customers: Count
    back: Count
    groups: list[NewcomerGroup]
