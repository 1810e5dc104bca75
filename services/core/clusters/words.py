"""The words that names of clusters consist of: each is a test of the members, and says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.core.clusters.positions import Position
from services.core.language.messages import later
from services.core.vocabulary import Axis

NEARLY_ALL, MOST = 0.9, 0.75  # of the members
THIRD, FIFTH, TWENTIETH = 1 / 3, 0.8, 0.95  # places of a median in the base
OFTEN = 3  # orders: fewer are not often, whatever others do

Test = Callable[[Position], bool]


@dataclass(frozen=True)
class Word:
    """A word of a name, in English, as releases keep it.

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
        The test, as a sentence without its full stop; pages say it in the reader's language.
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


def _words(axis: Axis, *told: tuple[later, later | None, Test, later, bool]) -> tuple[Word, ...]:
    return tuple(
        Word(axis, text.text, before.text if before else "", holds, means.text, plain)
        for text, before, holds, means, plain in told
    )


# On each axis from the narrowest to the widest: the first that holds is the cluster's own.
# fmt: off
ORDERS = _words(
    "frequency",
    (later("One order"), later("One-time"), lambda found: found.once >= NEARLY_ALL,
     later("at least 90\u00a0% of them ordered once"), False),
    (later("One or two orders"), None, lambda found: found.twice >= NEARLY_ALL,
     later("at least 90\u00a0% of them ordered once or twice"), False),
    (later("Very frequent buyers"), later("Very frequent"), _often(TWENTIETH),
     later("their median number of orders is among the top 5\u00a0% of all customers, and at least 3"),
     False),
    (later("Frequent buyers"), later("Frequent"), _often(FIFTH),
     later("their median number of orders is among the top fifth of all customers, and at least 3"), False),
    (later("Steady regulars"), later("Regular"), _more_than_few(MOST, lambda found: found.twice),
     later("at least three in four of them ordered 3 times or more, and their median number of orders is "
           "above the lowest third of all customers"), False),
    (later("Repeat buyers"), later("Repeat"), _more_than_few(NEARLY_ALL, lambda found: found.once),
     later("at least 90\u00a0% of them ordered more than once, and their median number of orders is above "
           "the lowest third of all customers"), False),
    (later("Few orders"), later("Infrequent"), _low("frequency"),
     later("their median number of orders is in the lowest third of all customers"), False),
    (later("One-off and repeat buyers"), later("One-off and repeat"),
     lambda found: found.once > 1 - NEARLY_ALL and found.twice < NEARLY_ALL,
     later("more than one in ten of them ordered once, and more than one in ten 3 times or more"), True),
)
LINES = _words(
    "frequency",
    (later("Very many lines"), None, _high("frequency", TWENTIETH),
     later("their median number of lines is among the top 5\u00a0% of all customers"), False),
    (later("Many lines"), None, _high("frequency", FIFTH),
     later("their median number of lines is among the top fifth of all customers"), False),
    (later("Few lines"), None, _low("frequency"),
     later("their median number of lines is in the lowest third of all customers"), False),
    (later("Medium number of lines"), None, _middle("frequency", FIFTH),
     later("their median number of lines is neither in the lowest third of all customers nor in the top "
           "fifth"), True),
)
SPEND = _words(
    "monetary",
    (later("Top spenders"), later("top spenders"), _high("monetary", TWENTIETH),
     later("their median spend is among the top 5\u00a0% of all customers"), False),
    (later("Big spenders"), later("big spenders"), _high("monetary", FIFTH),
     later("their median spend is among the top fifth of all customers"), False),
    (later("Small spenders"), later("small spenders"), _low("monetary"),
     later("their median spend is in the lowest third of all customers"), False),
    (later("Medium spenders"), later("medium spenders"), _middle("monetary", FIFTH),
     later("their median spend is neither in the lowest third of all customers nor in the top fifth"), True),
)
RECENCY = _words(
    "recency",
    (later("recent"), later("Recent"), _low("recency"),
     later("their median last order is among the most recent third of all customers"), False),
    (later("very long ago"), None, _high("recency", 0.9),
     later("their median last order is longer ago than that of nine in ten customers"), False),
    (later("long ago"), None, _high("recency", 1 - THIRD),
     later("their median last order is longer ago than that of two thirds of all customers"), False),
    (later("not long ago"), None, _middle("recency", 1 - THIRD),
     later("their median last order is in the middle third of all customers"), True),
)
# fmt: on


def words_of(*, frequency_is_orders: bool) -> Mapping[Axis, tuple[Word, ...]]:
    """Return the words of each axis, in the unit that frequency counts."""
    return {
        "frequency": ORDERS if frequency_is_orders else LINES,
        "monetary": SPEND,
        "recency": RECENCY,
    }
