"""The sentences of newcomers by kind: what brings customers back, and bands of first orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from layouts import words
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from layouts.cohorts.cards import Kind


def kind(of: str, label: str, low: float | None = None, high: float | None = None) -> str:
    """Name newcomers of a kind: ``First order under £140``; bands of products by their ends."""
    if of == "value":
        return _("First order {band}", band=label)
    if of != "items":
        return label
    if low is None and high is not None:
        end = int(high) - 1
        return plural("Up to {n} different product", "Up to {n} different products", end, n=words.number(end))
    return _different(low, high)


def band_name(of: str, low: float | None, high: float | None) -> str:
    """Name a band where it is one of the filters."""
    return _different(low, high) if of == "items" else band(of, low, high)


def _different(low: float | None, high: float | None) -> str:
    start, end = int(low or 0), int(high or 0) - 1
    if high is None:
        return plural(
            "{n} or more different product", "{n} or more different products", start, n=words.number(start)
        )
    if low is None:
        return plural("up to {n} different product", "up to {n} different products", end, n=words.number(end))
    if start == end:
        return plural("{n} different product", "{n} different products", end, n=words.number(end))
    return plural(
        "{low} to {n} different product",
        "{low} to {n} different products",
        end,
        n=words.number(end),
        low=words.number(start),
    )


def band(kind: str, low: float | None, high: float | None) -> str:
    """Name a band of first orders: ``£140 to under £230``, ``7 to 13``, ``up to 6``."""
    if kind == "items":
        if high is None:
            return _("{number} or more", number=words.number(low))
        start, end = int(low or 0), int(high) - 1
        if low is None:
            return _("up to {number}", number=words.number(end))
        if start == end:
            return words.number(start)
        return _("{low} to {high}", low=words.number(start), high=words.number(end))
    if low is None:
        return _("under {money}", money=words.money_sum(high))
    if high is None:
        return _("{money} or more", money=words.money_sum(low))
    return _("{low} to under {high}", low=words.money_sum(low), high=words.money_sum(high))


def best(kinds: Sequence[Kind], everybody: float, within: int) -> str:
    """Say which first orders bring customers back, as far as that is proven.

    Parameters
    ----------
    kinds : sequence of Kind
        ``name``, ``short``, ``kind``, ``share`` and ``verdict`` of each.
    everybody : float
        The share of all newcomers who came back.
    within : int
        Days.
    """
    more, less = ([each for each in kinds if each.verdict == way] for way in ("more", "less"))
    if not more and not less:
        return plural(
            "{share} of newcomers order again within {n} day; no kind of first order is shown to bring back "
            "more or fewer.",
            "{share} of newcomers order again within {n} days; no kind of first order is shown to bring back "
            "more or fewer.",
            within,
            share=words.share(everybody),
        )
    both = [each for each in more if any(other.kind == each.kind for other in less)]
    chosen = max(both or more or less, key=lambda each: each.share)
    against = [each for each in less if each.kind == chosen.kind and each is not chosen]
    if against:
        other = min(against, key=lambda each: each.share)
        return plural(
            "{kind}: {share} order again within {n} day; {other}: {other_share}.",
            "{kind}: {share} order again within {n} days; {other}: {other_share}.",
            within,
            kind=chosen.name,
            share=words.share(chosen.share),
            other=other.short,
            other_share=words.share(other.share),
        )
    return plural(
        "{kind}: {share} order again within {n} day, against {all_share} of all newcomers.",
        "{kind}: {share} order again within {n} days, against {all_share} of all newcomers.",
        within,
        kind=chosen.name,
        share=words.share(chosen.share),
        all_share=words.share(everybody),
    )
