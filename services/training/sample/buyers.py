"""Who buys in the sample, and when: kinds of customers with their own rhythm, and guests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.training.sample.calendar import Calendar
from services.training.sample.draws import Draws, Whole

HOME = "United Kingdom"
ABROAD = (
    "Germany", "France", "Ireland", "Netherlands", "Belgium", "Spain", "Switzerland", "Portugal", "Italy",
    "Norway", "Sweden", "Denmark", "Finland", "Austria", "Poland", "Australia", "Japan", "United States",
    "Iceland", "Greece",
)  # fmt: skip
COUNTRIES = (HOME, *ABROAD)
ABROAD_SHARE = 0.11
FIRST_ID = 12_001
GUEST = -1


@dataclass(frozen=True)
class Kind:
    """A kind of customer.

    Days count from the first day of the calendar. ``orders`` is what a customer of this kind who buys all
    the time would place over the whole calendar, before the heavy tail.
    """

    share: float
    joins: tuple[int, int]
    stays: tuple[int, int]
    orders: float
    at_least: int


KINDS = {
    "once": Kind(0.27, (0, 730), (0, 0), 0, 1),
    "established": Kind(0.13, (0, 75), (500, 900), 6, 2),
    "regular": Kind(0.26, (0, 600), (900, 900), 7.5, 2),
    "lapsed": Kind(0.21, (0, 480), (40, 360), 8.5, 2),
    "new": Kind(0.11, (655, 730), (900, 900), 7, 1),
    "wholesale": Kind(0.02, (0, 200), (500, 900), 26, 12),
}
WHOLESALE = list(KINDS).index("wholesale")
GUEST_ORDERS = 0.097  # of the customers' orders


@dataclass(frozen=True)
class Orders:
    """Invoices to be filled, in no particular order; all arrays have one entry an invoice.

    Attributes
    ----------
    customer : ndarray
        Customer's number (add ``FIRST_ID`` for the id), ``GUEST`` where none is known.
    minute : ndarray
        Minutes since the calendar's first midnight.
    country : ndarray
        Position in ``COUNTRIES``.
    wholesale : ndarray of bool
    """

    customer: Whole
    minute: Whole
    country: Whole
    wholesale: np.ndarray


def place_orders(draws: Draws, calendar: Calendar, customers: int) -> Orders:
    """Draw the orders of ``customers`` customers and of the guests beside them.

    The first guest order is placed on the calendar's last day, so that every sample ends on it.
    """
    last_day = len(calendar.days) - 1
    kind = draws.weighted([kind.share for kind in KINDS.values()], customers)
    table = list(KINDS.values())

    def of_kind(values: list[float]) -> np.ndarray:
        return np.array(values)[kind]

    joins = np.array([kind.joins for kind in table])
    stays = np.array([kind.stays for kind in table])
    joined = calendar.open_day(draws, joins[kind, 0], joins[kind, 1])
    left = np.minimum(joined + draws.between(stays[kind, 0], stays[kind, 1], customers), last_day)
    wanted = of_kind([kind.orders for kind in table]) * calendar.trade(joined, left)
    orders = np.maximum(
        np.floor(wanted * draws.heavy(customers, most=12)), of_kind([kind.at_least for kind in table])
    ).astype(np.int64)

    customer = np.repeat(np.arange(customers), orders)
    first = np.r_[0, np.cumsum(orders)[:-1]]
    day = calendar.open_day(draws, joined[customer], left[customer])
    day[first] = joined

    guests = max(1, int(len(day) * GUEST_ORDERS))
    guest_day = calendar.open_day(draws, np.zeros(guests, np.int64), np.full(guests, last_day))
    guest_day[0] = last_day
    customer = np.concatenate([customer, np.full(guests, GUEST)])

    abroad = 1 / (np.arange(len(ABROAD)) + 2.0)
    weights = np.r_[1 - ABROAD_SHARE, ABROAD_SHARE * abroad / abroad.sum()]
    home = np.where(customer == GUEST, 0, draws.weighted(weights, customers)[customer])
    return Orders(
        # Ids are handed out in an order of their own: a low number says nothing about the customer.
        customer=np.where(customer == GUEST, GUEST, draws.shuffled(customers)[customer]),
        minute=calendar.minutes(draws, np.concatenate([day, guest_day])),
        country=home,
        wholesale=(kind == WHOLESALE)[customer] & (customer != GUEST),
    )
