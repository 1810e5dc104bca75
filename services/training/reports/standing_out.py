"""What groups of customers do more often than everybody else, tested: for plans of what to do with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.core.findings import Tally, found, tally
from services.training.ledger.transactions import Ledger
from services.training.lines.baskets import Baskets
from services.training.reports.distinctive_words import words_of
from services.training.reports.seasons import in_season, moments_of

KINDS = 5  # products, words, price, hours, weekdays
MOST_PRODUCTS, MOST_WORDS = 8, 6
LEAST_PRODUCTS = 3  # with a word: fewer say a product, not a taste
HOURS = 2  # of the window that is named


@dataclass(frozen=True)
class Things:
    """What customers of a ledger bought and when, as counts of each customer.

    Attributes
    ----------
    products, words, bands, hours, weekdays : sparse array or None, shape (customers, things)
    baskets, items, priced, orders : ndarray, shape (customers,)
        What each of them is a part of.
    named : list of str
        Codes of the columns of ``products``.
    worded : list of str
    edges : list of 2 floats or None
        The prices that part the bands.
    """

    products: sparse.csr_array
    words: sparse.csr_array
    bands: sparse.csr_array | None
    hours: sparse.csr_array | None
    weekdays: sparse.csr_array | None
    baskets: npt.NDArray
    items: npt.NDArray
    priced: npt.NDArray
    orders: npt.NDArray
    named: list[str]
    worded: list[str]
    edges: list[float] | None


def things_of(ledger: Ledger, names: Mapping[str, str]) -> Things:
    """Count a ledger's things by customer, in the order of ``ledger.customers``.

    Parameters
    ----------
    ledger : Ledger
    names : mapping of str to str
        Item to its description.
    """
    people = pd.Index(ledger.customers["customer_id"])
    baskets = ledger.baskets
    owner = people.get_indexer(baskets.customers)
    whose = _member(owner, len(people))
    held = sparse.csr_array(baskets.matrix, dtype=np.float64)
    bought, when = sparse.csr_array(whose @ held), moments_of(baskets, ledger.orders)
    sold = np.flatnonzero(in_season(held, when, ledger.as_of))
    # a word is in season by all its products: Easter's that sell all year do not make it one
    worded, word = _words(baskets.items, names)
    timely = np.flatnonzero(in_season(sparse.csr_array(held @ word), when, ledger.as_of))
    seasonal = sparse.csr_array(bought[:, sold])
    edges, band = _bands(baskets, ledger)
    known = np.flatnonzero(band.sum(axis=1)) if edges else np.zeros(0, dtype=np.intp)
    hours, weekdays = _times(ledger, people)
    return Things(
        products=seasonal,
        words=sparse.csr_array(seasonal @ word[sold][:, timely]),
        bands=sparse.csr_array(bought @ band) if edges else None,
        hours=hours,
        weekdays=weekdays,
        baskets=_total(whose),
        items=_total(seasonal),
        priced=_total(bought[:, known]),
        orders=np.zeros(len(people)) if weekdays is None else _total(weekdays),
        named=[baskets.items[item] for item in sold],
        worded=[worded[place] for place in timely],
        edges=edges,
    )


def standing_out(
    things: Things, group: npt.NDArray[np.integer], groups: int, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return for each group what stands out: see docs/architecture.md, ``segments.json``.

    Parameters
    ----------
    things : Things
    group : ndarray of int, shape (customers,)
        −1 for customers of none, who count among the rest.
    groups : int
    names : mapping of str to str
        Item to the name shown.
    """
    label = np.where(group < 0, groups, group)

    def counted(hits: sparse.csr_array, of: npt.NDArray) -> Tally:
        return tally(hits, of, label, groups + 1)

    products, words = counted(things.products, things.baskets), counted(things.words, things.items)
    parts = {
        name: None if hits is None else _most(counted(hits, of))
        for name, hits, of in (
            ("price", things.bands, things.priced),
            ("hours", things.hours, things.orders),
            ("weekday", things.weekdays, things.orders),
        )
    }
    orders = np.bincount(label, things.orders, minlength=groups + 1)
    listed = [
        [{"product": code, "description": names.get(code, code).strip(), **told} for code, told in ranked]
        for ranked in _ranked(products, things.named, MOST_PRODUCTS)
    ]
    worded = [
        [{"word": word, **told} for word, told in ranked]
        for ranked in _ranked(words, things.worded, MOST_WORDS)
    ]
    return [
        {"products": listed[place], "words": worded[place], "orders": int(orders[place])}
        | {name: None if best is None else best[place] for name, best in parts.items()}
        for place in range(groups)
    ]


def _ranked(counted: Tally, names: list[str], most: int) -> list[list[tuple[str, dict[str, Any]]]]:
    """Return what stands out in each group, most times as often as among the rest first."""
    judged, own, rest = found(counted, KINDS), counted.shares(), counted.others().shares()
    ratio = np.where(rest > 0, own / np.where(rest > 0, rest, 1), np.inf)
    ranked = []
    for place in range(len(judged)):
        which = np.flatnonzero(judged[place])
        first = which[np.lexsort((which, -counted.hits[place, which], -ratio[place, which]))][:most]
        ranked.append(
            [
                (
                    names[each],
                    {
                        "customers": int(counted.people[place, each]),
                        "times": float(ratio[place, each]) if rest[place, each] else None,
                    },
                )
                for each in first.tolist()
            ]
        )
    return ranked


def _most(counted: Tally) -> list[dict[str, Any] | None]:
    """Return for each group what lies most points above the rest, of what stands out; None for nothing."""
    judged, own, rest = found(counted, KINDS), counted.shares(), counted.others().shares()
    excess = np.where(judged, own - rest, -1.0)
    best = excess.argmax(axis=1) if excess.shape[1] else np.zeros(len(excess), dtype=np.intp)
    return [
        {"place": int(at), "share": float(own[place, at]), "rest": float(rest[place, at])}
        if judged[place].any()
        else None
        for place, at in enumerate(best)
    ]


def _member(owner: npt.NDArray[np.integer], people: int) -> sparse.csr_array:
    ones = np.ones(len(owner))
    return sparse.csr_array((ones, (owner, np.arange(len(owner)))), shape=(people, len(owner)))


def _total(counts: sparse.csr_array) -> npt.NDArray:
    return np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()


def _words(named: list[str], names: Mapping[str, str]) -> tuple[list[str], sparse.csr_array]:
    """Return the words of several products, and which of the products each is in, shape (items, words)."""
    items_of = defaultdict(list)
    for item, product in enumerate(named):
        for word in words_of(names.get(product, "")):
            items_of[word].append(item)
    words = sorted(word for word, items in items_of.items() if len(items) >= LEAST_PRODUCTS)
    pairs = [(item, place) for place, word in enumerate(words) for item in items_of[word]]
    row, column = (
        np.array(each, dtype=np.intp) for each in (zip(*pairs, strict=True) if pairs else ([], []))
    )
    return words, sparse.csr_array((np.ones(len(row)), (row, column)), shape=(len(named), len(words)))


def _bands(baskets: Baskets, ledger: Ledger) -> tuple[list[float] | None, sparse.csr_array]:
    """Return the prices that part the items of all baskets into thirds, and each item's third."""
    prices = dict(zip(ledger.products["product"], ledger.products["price"], strict=True))
    price = np.array([prices.get(item, np.nan) for item in baskets.items], dtype=np.float64)
    paid = price[baskets.matrix.tocoo().coords[1]] if len(price) else price
    paid = paid[~np.isnan(paid)]
    known = np.flatnonzero(~np.isnan(price))
    if not len(paid):
        return None, sparse.csr_array((len(price), 3))
    edges = np.quantile(paid, [1 / 3, 2 / 3], method="lower")
    band = np.searchsorted(edges, price[known], side="left")
    return edges.tolist(), sparse.csr_array((np.ones(len(known)), (known, band)), shape=(len(price), 3))


def _times(ledger: Ledger, people: pd.Index) -> tuple[sparse.csr_array | None, sparse.csr_array | None]:
    """Count orders by customer in each window of ``HOURS`` hours, and by weekday."""
    orders = ledger.orders
    if orders.empty:
        return None, None
    owner, moment = people.get_indexer(pd.Index(orders["customer_id"])), orders["bought_at"].dt
    ones = np.ones(len(orders))

    def counted(values: npt.NDArray, width: int) -> sparse.csr_array:
        return sparse.csr_array(
            sparse.coo_array((ones, (owner, values.astype(np.intp))), shape=(len(people), width))
        )

    weekdays = counted(moment.day_of_week.to_numpy(), 7)
    if ledger.glance["hours"] is None:
        return None, weekdays
    windows = sum(np.eye(24, 25 - HOURS, -shift) for shift in range(HOURS))
    return sparse.csr_array(counted(moment.hour.to_numpy(), 24) @ sparse.csr_array(windows)), weekdays
