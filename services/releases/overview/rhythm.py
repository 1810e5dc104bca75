"""Customers' own rhythm in an overview: what was claimed at earlier days, and what came of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.releases.overview.strict import Count, Part


class Record(Part):
    """Intervals of one kind that were stated at earlier days, and how many of them held.

    Attributes
    ----------
    level : int
        Per cent of next orders that such an interval is to hold.
    intervals : int
    held : int
        Within which the next order came; one that did not come at all is none.
    """

    level: Annotated[int, Field(ge=1, le=99)]
    intervals: Annotated[int, Field(ge=1)]
    held: Count


class State(Part):
    """A state of rhythm.

    Attributes
    ----------
    id, name : str
    tried : int
        Customers who were in it at earlier days and of whom no dates were stated.
    ordered : int
        Those of them who ordered within the horizon.
    """

    id: str
    name: str
    tried: Count
    ordered: Count


class Rhythm(Part):
    """How the rhythm of customers was judged.

    Attributes
    ----------
    missing : str or None
        The sentence that says why there is none; all else is then empty.
    seen : str or None
        The last day that is known whole, ISO 8601: days are counted from it.
    horizon : int
        Days that are looked ahead.
    tried : list of str
        The days, ISO 8601, at which claims were tried with what was known then.
    records : list of Record
        Of the intervals that are stated, the surest first; a customer's ``next_record`` is a place in it.
    states : list of State
        A customer's ``rhythm`` is a place in it.
    """

    missing: str | None
    seen: str | None
    horizon: Count
    tried: list[str]
    records: list[Record]
    states: list[State]
