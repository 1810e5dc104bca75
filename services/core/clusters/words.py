"""The words that names of clusters consist of: each is a test of the members, and says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.core.clusters.positions import Position
from services.core.vocabulary import Axis

NEARLY_ALL, MOST = 0.9, 0.75  # of the members
THIRD, FIFTH, TWENTIETH = 1 / 3, 0.8, 0.95  # places of a median in the base
OFTEN = 3  # orders: fewer are not often, whatever others do

Test = Callable[[Position], bool]


@dataclass(frozen=True)
class Word:
    """A word of a name.

    Attributes
    ----------
    axis : Axis
        What it speaks of.
    text : str
        As it stands by itself.
    before : str
        As it stands before "spenders" or "buyers"; empty where it only follows them.
    holds : callable
        Whether it is true of a cluster.
    means : str
        The test, as a sentence without its full stop.
    plain : bool
        Whether it says little: the middle.
    """

    axis: Axis
    text: str
    before: str
    holds: Test
    means: str
    plain: bool = False


def _low(axis: Axis) -> Test:
    return lambda found: found.place[axis] <= THIRD


def _middle(axis: Axis, end: float) -> Test:
    return lambda found: THIRD < found.place[axis] < end


def _high(axis: Axis, begin: float) -> Test:
    return lambda found: found.place[axis] >= begin


def _often(begin: float) -> Test:
    return lambda found: found.place["frequency"] >= begin and found.median["frequency"] >= OFTEN


def _more_than_few(share: float, enough: Callable[[Position], float]) -> Test:
    return lambda found: found.place["frequency"] > THIRD and 1 - enough(found) >= share


def _words(axis: Axis, *told: tuple[str, str, Test, str, bool]) -> tuple[Word, ...]:
    return tuple(Word(axis, text, before, holds, means, plain) for text, before, holds, means, plain in told)


# On each axis from the narrowest to the widest: the first that holds is the cluster's own.
# fmt: off
ORDERS = _words(
    "frequency",
    ("One order", "One-time", lambda found: found.once >= NEARLY_ALL,
     "at least 90\u00a0% of them ordered once", False),
    ("One or two orders", "", lambda found: found.twice >= NEARLY_ALL,
     "at least 90\u00a0% of them ordered once or twice", False),
    ("Very frequent buyers", "Very frequent", _often(TWENTIETH),
     "their median number of orders is among the top 5\u00a0% of all customers, and at least 3", False),
    ("Frequent buyers", "Frequent", _often(FIFTH),
     "their median number of orders is among the top fifth of all customers, and at least 3", False),
    ("Steady regulars", "Regular", _more_than_few(MOST, lambda found: found.twice),
     "at least three in four of them ordered 3 times or more, and their median number of orders is above the "
     "lowest third of all customers", False),
    ("Repeat buyers", "Repeat", _more_than_few(NEARLY_ALL, lambda found: found.once),
     "at least 90\u00a0% of them ordered more than once, and their median number of orders is above the "
     "lowest third of all customers", False),
    ("Few orders", "Infrequent", _low("frequency"),
     "their median number of orders is in the lowest third of all customers", False),
    ("One-off and repeat buyers", "One-off and repeat",
     lambda found: found.once > 1 - NEARLY_ALL and found.twice < NEARLY_ALL,
     "more than one in ten of them ordered once, and more than one in ten 3 times or more", True),
)
LINES = _words(
    "frequency",
    ("Very many lines", "", _high("frequency", TWENTIETH),
     "their median number of lines is among the top 5\u00a0% of all customers", False),
    ("Many lines", "", _high("frequency", FIFTH),
     "their median number of lines is among the top fifth of all customers", False),
    ("Few lines", "", _low("frequency"),
     "their median number of lines is in the lowest third of all customers", False),
    ("Medium number of lines", "", _middle("frequency", FIFTH),
     "their median number of lines is neither in the lowest third of all customers nor in the top fifth",
     True),
)
SPEND = _words(
    "monetary",
    ("Top spenders", "top spenders", _high("monetary", TWENTIETH),
     "their median spend is among the top 5\u00a0% of all customers", False),
    ("Big spenders", "big spenders", _high("monetary", FIFTH),
     "their median spend is among the top fifth of all customers", False),
    ("Small spenders", "small spenders", _low("monetary"),
     "their median spend is in the lowest third of all customers", False),
    ("Medium spenders", "medium spenders", _middle("monetary", FIFTH),
     "their median spend is neither in the lowest third of all customers nor in the top fifth", True),
)
RECENCY = _words(
    "recency",
    ("recent", "Recent", _low("recency"),
     "their median last order is among the most recent third of all customers", False),
    ("very long ago", "", _high("recency", 0.9),
     "their median last order is longer ago than that of nine in ten customers", False),
    ("long ago", "", _high("recency", 1 - THIRD),
     "their median last order is longer ago than that of two thirds of all customers", False),
    ("not long ago", "", _middle("recency", 1 - THIRD),
     "their median last order is in the middle third of all customers", True),
)
# fmt: on


def words_of(*, frequency_is_orders: bool) -> Mapping[Axis, tuple[Word, ...]]:
    """Return the words of each axis, in the unit that frequency counts."""
    return {
        "frequency": ORDERS if frequency_is_orders else LINES,
        "monetary": SPEND,
        "recency": RECENCY,
    }
