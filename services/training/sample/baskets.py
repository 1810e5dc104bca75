"""What is in the sample's invoices: lines of one or two collections, postage, returns and slips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.training.sample.buyers import GUEST, Orders
from services.training.sample.calendar import YEAR, Calendar
from services.training.sample.draws import Draws, Real, Whole, pick
from services.training.sample.products import PER_COLLECTION, Catalogue

FAVOURITE, SECOND = 0.50, 0.22  # of the lines; the rest is anything in the shop
QUANTITIES = (1, 2, 3, 4, 6, 8, 10, 12, 24)
QUANTITY_WEIGHTS = (0.30, 0.17, 0.08, 0.10, 0.12, 0.05, 0.04, 0.10, 0.04)
CASES = (6, 12, 24, 36, 48, 72, 96)
CASE_WEIGHTS = (0.30, 0.28, 0.12, 0.14, 0.07, 0.06, 0.03)
PAIRED, TOGETHER = 8, 0.4
POSTED = -1  # stands for the postage line's product
RETURNED, FREE, TWICE = 0.022, 0.0015, 0.006


@dataclass(frozen=True)
class Lines:
    """Invoice lines, one entry each: position of the invoice and product, pieces, price in pence."""

    invoice: Whole
    product: Whole
    quantity: Whole
    pence: Whole

    def at(self, rows: Whole) -> Lines:
        """Return the lines at ``rows``, in that order."""
        return Lines(self.invoice[rows], self.product[rows], self.quantity[rows], self.pence[rows])


def fill(draws: Draws, orders: Orders, catalogue: Catalogue) -> Lines:
    """Draw the goods of every order; no product stands twice in an invoice."""
    size = len(orders.minute)
    wanted = 1 + np.floor(4.7 * np.where(orders.wholesale, 1.6, 1.0) * draws.heavy(size, most=14))
    invoice = np.repeat(np.arange(size), wanted.astype(np.int64))
    collection = _collections(draws, orders, catalogue, invoice)
    within = draws.weighted(1 / (np.arange(PER_COLLECTION) + 1.5), len(invoice))
    key = invoice * len(catalogue.codes) + collection * PER_COLLECTION + within
    # A collection's best sellers come in pairs, such as the small lantern and the large one.
    pairs = (within < PAIRED) & (within % 2 == 0) & draws.happens(TOGETHER, len(key))
    key = np.unique(np.concatenate([key, key[pairs] + 1]))
    invoice, product = key // len(catalogue.codes), key % len(catalogue.codes)

    single = np.array(QUANTITIES)[draws.weighted(QUANTITY_WEIGHTS, len(key))]
    cases = np.array(CASES)[draws.weighted(CASE_WEIGHTS, len(key))]
    quantity = np.where(orders.wholesale[invoice], cases, single)
    pence = catalogue.pence[product]
    pence = np.where(orders.minute[invoice] >= YEAR * 1440, pence * 106 // 100, pence)
    pence = np.where(quantity >= 48, pence * 88 // 100, pence)
    return Lines(invoice, product, quantity, np.where(draws.happens(FREE, len(key)), 0, pence))


def _collections(draws: Draws, orders: Orders, catalogue: Catalogue, invoice: Whole) -> Whole:
    """Return each line's collection: the invoice's first, its second, or any."""
    size, lines = len(orders.minute), len(invoice)
    # 1440 minutes a day from 10 December: September begins 266 days later, in a leap year.
    winter = (orders.minute // 1440) % YEAR >= 266

    def by_season(winter: np.ndarray, share: Real) -> Whole:
        usual = pick(np.cumsum(catalogue.collection_weights), share)
        return np.where(winter, pick(np.cumsum(catalogue.winter_weights), share), usual)

    customers = int(orders.customer.max()) + 1
    taste = draws.weighted(catalogue.collection_weights, customers)[orders.customer]
    loyal = draws.happens(0.5, size) & (orders.customer != GUEST)
    first = np.where(loyal, taste, by_season(winter, draws.uniform(size)))
    second = by_season(winter, draws.uniform(size))
    anything = by_season(winter[invoice], draws.uniform(lines))
    turn = draws.uniform(lines)
    return np.where(
        turn < FAVOURITE,
        first[invoice],
        np.where(turn < FAVOURITE + SECOND, second[invoice], anything),
    )


def postage(draws: Draws, orders: Orders) -> Lines:
    """Draw a postage line for most orders from abroad."""
    invoice = np.flatnonzero((orders.country > 0) & draws.happens(0.7, len(orders.country)))
    parcels = 1 + draws.between(0, 2, len(invoice)) * draws.between(0, 1, len(invoice))
    return Lines(invoice, np.full(len(invoice), POSTED), parcels, np.full(len(invoice), 1800))


def send_back(draws: Draws, calendar: Calendar, orders: Orders, lines: Lines) -> tuple[Orders, Lines]:
    """Draw the returns: of some invoices a few lines come back within four weeks, as invoices of their own.

    Returns
    -------
    Orders, Lines
        The returns' invoices, and their lines with negative quantities, numbered from 0.
    """
    returned = np.flatnonzero(draws.happens(RETURNED, len(orders.minute)))
    day = orders.minute[returned] // 1440
    latest = len(calendar.days) - 1
    back = calendar.open_day(draws, np.minimum(day + 1, latest), np.minimum(day + 28, latest))
    returned, back = returned[back > day], back[back > day]
    place = np.full(len(orders.minute), -1)
    place[returned] = np.arange(len(returned))
    comes_back = (place[lines.invoice] >= 0) & draws.happens(0.2, len(lines.invoice))
    kept = lines.at(np.flatnonzero(comes_back))
    some = -np.maximum(kept.quantity // draws.between(1, 3, len(kept.quantity)), 1)
    credits_ = Orders(
        orders.customer[returned],
        calendar.minutes(draws, back),
        orders.country[returned],
        orders.wholesale[returned],
    )
    return credits_, Lines(place[kept.invoice], kept.product, some, kept.pence)


def with_slips(draws: Draws, lines: Lines) -> Lines:
    """Return the lines with some entered twice, the copy right after its original."""
    return lines.at(np.repeat(np.arange(len(lines.invoice)), 1 + draws.happens(TWICE, len(lines.invoice))))
