"""Bundles: sets that sell together, their price and their best customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from layouts import words
from layouts.baskets.rules import names
from layouts.parts import cluster_chip, empty
from layouts.parts.cards import Content
from layouts.plain import plain

if TYPE_CHECKING:
    from services.serving.rules.bundles import Bundle, Favourite


def finding(found: Sequence[Bundle], whole: str) -> Content:
    """Say the first bundle: what is in it, how often it sells, what it costs, who buys it."""
    if not found:
        return "No products are sold together in these rules."
    best = found[0]
    said: list[Component | str] = [
        names([name for _, name in best.products], first=True),
        f" were bought by {words.count(best.count, whole)}"
        if whole == "customer"
        else f" are sold together in {words.count(best.count, whole)}",
    ]
    if best.price is not None:
        said.append(f", for {words.money(best.price)} at usual prices")
    if best.favourite is None:
        return [*said, "."]
    share = words.share(best.favourite.count / best.favourite.baskets, 1)
    letter, among = best.favourite.cluster.letter, "by" if whole == "customer" else "in"
    return [*said, f"; most often in cluster {letter}, {among} {share} of its {whole}s."]


def data(found: Sequence[Bundle], whole: str) -> dict[str, Any]:
    """Return what the browser draws of bundles, each cluster once: see ``assets/baskets/cards.js``."""
    clusters = {bundle.favourite.cluster.id: bundle.favourite.cluster for bundle in found if bundle.favourite}
    return {
        "clusters": {name: plain(cluster_chip(cluster)) for name, cluster in clusters.items()},
        "listed": [
            {
                "products": bundle.products,
                "count": bundle.count,
                "share": round(bundle.share, 5),
                "price": bundle.price,
                "cluster": bundle.favourite and bundle.favourite.cluster.id,
                "of": bundle.favourite and _of(bundle.favourite, whole),
            }
            for bundle in found
        ],
    }


def _of(best: Favourite, whole: str) -> str:
    own = f"{words.share(best.count / best.baskets, 1)} of its {words.count(best.baskets, whole)}"
    return own if best.everywhere is None else f"{own}, {words.share(best.everywhere, 1)} of all"


def none() -> Component:
    """Return what stands there when nothing sells together."""
    return empty(
        "No bundles",
        "Products that sell together appear here. Remove filters, or choose a larger group of baskets, to "
        "see more.",
    )


def note(whole: str, *, period: bool = False) -> str:
    """Say how bundles are chosen and what the columns mean.

    Parameters
    ----------
    whole : str
        ``invoice`` or ``customer``.
    period : bool
        Whether the bundles are those of a period, which no cluster was mined in.
    """
    said = (
        "At usual prices: the sum of the median prices its products were sold at. Worth: that sum times the "
        f"number of these {whole}s; the list is sorted by it. Each product appears in one bundle "
        f"only, except a product you filter by. A dash: too few {whole}s of some cluster hold it to say "
        "where it sells best."
    )
    return f"{said} Where it sells best is based on the whole file, not the period." if period else said
