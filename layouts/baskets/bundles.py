"""Bundles: sets that sell together, their price and their best customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from layouts import words
from layouts.baskets.rules import names
from layouts.parts import cluster_chip, empty
from layouts.parts.cards import Content
from layouts.parts.woven import gap, woven
from layouts.plain import plain
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.serving.rules.bundles import Bundle, Favourite


def finding(found: Sequence[Bundle], whole: str) -> Content:
    """Say the first bundle: what is in it, how often it sells, what it costs, who buys it."""
    if not found:
        return _("No products are sold together in these rules.")
    best = found[0]
    products = names([name for _code, name in best.products], first=True)
    if best.favourite is None:
        return woven(_("{sold}.", sold=_sold(best, whole)), products=products)
    letter = best.favourite.cluster.letter
    share = words.share(best.favourite.count / best.favourite.baskets, 1)
    most = (
        _("most often in cluster {letter}, by {share} of its customers", letter=letter, share=share)
        if whole == "customer"
        else _("most often in cluster {letter}, in {share} of its invoices", letter=letter, share=share)
    )
    return woven(_("{sold}; {most}.", sold=_sold(best, whole), most=most), products=products)


def _sold(best: Bundle, whole: str) -> str:
    n = words.number(best.count)
    if best.price is None:
        if whole == "customer":
            return plural(
                "{products} were bought by {n} customer",
                "{products} were bought by {n} customers",
                best.count,
                n=n,
                products=gap("products"),
            )
        return plural(
            "{products} are sold together in {n} invoice",
            "{products} are sold together in {n} invoices",
            best.count,
            n=n,
            products=gap("products"),
        )
    price = words.money(best.price)
    if whole == "customer":
        return plural(
            "{products} were bought by {n} customer, for {price} at usual prices",
            "{products} were bought by {n} customers, for {price} at usual prices",
            best.count,
            n=n,
            products=gap("products"),
            price=price,
        )
    return plural(
        "{products} are sold together in {n} invoice, for {price} at usual prices",
        "{products} are sold together in {n} invoices, for {price} at usual prices",
        best.count,
        n=n,
        products=gap("products"),
        price=price,
    )


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
    share, n = words.share(best.count / best.baskets, 1), words.number(best.baskets)
    if best.everywhere is None:
        if whole == "customer":
            return plural(
                "{share} of its {n} customer", "{share} of its {n} customers", best.baskets, n=n, share=share
            )
        return plural(
            "{share} of its {n} invoice", "{share} of its {n} invoices", best.baskets, n=n, share=share
        )
    everywhere = words.share(best.everywhere, 1)
    if whole == "customer":
        return plural(
            "{share} of its {n} customer, {everywhere} of all",
            "{share} of its {n} customers, {everywhere} of all",
            best.baskets,
            n=n,
            share=share,
            everywhere=everywhere,
        )
    return plural(
        "{share} of its {n} invoice, {everywhere} of all",
        "{share} of its {n} invoices, {everywhere} of all",
        best.baskets,
        n=n,
        share=share,
        everywhere=everywhere,
    )


def none() -> Component:
    """Return what stands there when nothing sells together."""
    return empty(
        _("No bundles"),
        _(
            "Products that sell together appear here. Remove filters, or choose a larger group of baskets, "
            "to see more."
        ),
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
    customers = whole == "customer"
    said = [
        _("At usual prices: the sum of the median prices its products were sold at."),
        _("Worth: that sum times the number of these customers; the list is sorted by it.")
        if customers
        else _("Worth: that sum times the number of these invoices; the list is sorted by it."),
        _("Each product appears in one bundle only, except a product you filter by."),
        _("A dash: too few customers of some cluster hold it to say where it sells best.")
        if customers
        else _("A dash: too few invoices of some cluster hold it to say where it sells best."),
    ]
    if period:
        said.append(_("Where it sells best is based on the whole file, not the period."))
    return " ".join(said)
