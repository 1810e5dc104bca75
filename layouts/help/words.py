"""The figures of a release behind words of the glossary, and how the tab Help says them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from layouts import words
from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    from services.serving.help.method import Method

FEATURES = {"recency": "recency", "frequency": "frequency", "monetary": "spend"}
LETTERED = 6  # clusters that are listed by letter


def facts(found: Method) -> dict[str, str]:
    """Return by word what this release has of it; an empty text where it has nothing.

    Parameters
    ----------
    found : services.serving.help.method.Method
    """
    return {name: say(found) for name, say in FACTS.items()}


def median(found: Method, axis: Axis) -> str:
    """Write the middle value of an axis, halves with a decimal."""
    value = found.found.overview.axes[axis].median
    return words.money(value) if axis == "monetary" else words.number(value, int(value % 1 > 0))


def cut_points(found: Method, axis: Axis) -> str:
    """Write where the scores of an axis end: ``21, 61, 178 and 377``; equal ones once."""
    scoring = found.found.overview.scoring
    if scoring is None:
        return ""
    # days and orders are whole: up to 178.6 is up to 178
    said = [
        words.money(edge) if axis == "monetary" else words.number(math.floor(edge))
        for edge in scoring.edges[axis]
    ]
    return words.listing(list(dict.fromkeys(said)))


def scale(found: Method) -> str:
    """Say how many scores there are, and which is best; nothing where the preset scores nothing."""
    scoring = found.found.overview.scoring
    if scoring is None:
        return ""
    return f"1 to {scoring.scale}, {scoring.scale if scoring.best == 'high' else 1} is best"


def _recency(found: Method) -> str:
    median_days, as_of = median(found, "recency"), words.date(found.found.manifest.as_of)
    return f"The median is {median_days} days, counted to {as_of}."


def _frequency(found: Method) -> str:
    unit = found.found.overview.axes["frequency"].unit
    return f"This release counts {unit}; the median is {median(found, 'frequency')}."


def _spend(found: Method) -> str:
    return f"{words.money_sum(found.found.revenue)} in all; the median is {median(found, 'monetary')}."


def _score(found: Method) -> str:
    if not scale(found):
        return "This preset makes its segments without scores."
    return f"{scale(found)}. Cut points of recency: {cut_points(found, AXES[0])} days."


def _segment(found: Method) -> str:
    return f"{words.capital(words.small(len(found.found.overview.segments)))} in preset {found.preset.name}."


def _cluster(found: Method) -> str:
    letters = [each.letter for each in found.found.overview.clusters]
    number = words.capital(words.small(len(letters)))
    return f"{number}: {words.listing(letters)}." if len(letters) <= LETTERED else f"{number}."


def _outlier(found: Method) -> str:
    outliers = found.found.overview.outliers
    if outliers is None:
        return ""
    if outliers.unfit is not None:
        return f"It would be {words.share(outliers.unfit)} of all customers, so nobody is called one."
    if not outliers.customers:
        return "Nobody."
    share = words.share(outliers.revenue / found.found.revenue if found.found.revenue else 0)
    return f"{words.count(outliers.customers, 'customer')} with {share} of the revenue."


def _snapshot(found: Method) -> str:
    taken = found.found.overview.snapshots
    return f"{words.count(len(taken), 'snapshot')}, the last as of {words.date(taken[-1].as_of)}."


def _in_state(state: str) -> Callable[[Method], str]:
    def say(found: Method) -> str:
        return f"{words.count(found.rhythms[state], 'customer')}." if state in found.rhythms else ""

    return say


def _overdue(found: Method) -> str:
    if not found.rhythms:
        return ""
    return f"{words.count(found.rhythms['overdue'], 'customer')}, not counting the silent."


def _value(found: Method) -> str:
    if found.expected is None:
        return ""
    days = words.days(found.expected.days)
    return f"{words.money_short(found.expected.spend)} from all customers in {days}."


def _silhouette(found: Method) -> str:
    value = found.found.manifest.silhouette
    return "" if value is None else f"{words.number(value, 2)} for the clusters in use."


def _basket(found: Method) -> str:
    whole = [scope for scope in found.found.overview.rule_scopes if scope.id == "all"]
    return f"{words.count(whole[0].baskets, 'invoice')} in all." if whole and whole[0].baskets else ""


def beyond_chance(found: Method) -> str:
    """Say how many rules are findings; nothing where the release does not know."""
    if found.beyond_chance is None or not found.rules.rules:
        return ""
    return f"{words.number(found.beyond_chance)} of {words.count(found.rules.rules, 'rule')}."


def held_up(found: Method) -> str:
    """Say how many rules held up later; nothing where nothing was held back."""
    if found.held_up is None or not found.rules.rules:
        return ""
    yes, no, unknown = (words.number(found.held_up[name]) for name in ("yes", "no", "unknown"))
    return f"{yes} did, {no} did not, and for {unknown} it cannot be told."


def _left_out(found: Method) -> str:
    rows = found.found.manifest.rows
    return f"{words.number(rows.read - rows.kept)} of {words.count(rows.read, 'row')}."


def returned(found: Method) -> str:
    """Say what came back, and whether it was taken off; nothing where the file has no purchases."""
    if found.found.of_customers:
        return ""
    gone = found.found.overview.glance.returns
    came = f"{words.money_sum(gone.amount)} came back"
    if gone.matched is None:
        return f"{came}; it is not taken off."
    return f"{came}; {words.money_sum(gone.matched.amount)} was taken off the purchases."


def _cancellation(found: Method) -> str:
    rows = found.found.rejected.get("cancellation")
    return "" if rows is None else f"{words.count(rows, 'row')} left out."


FACTS: dict[str, Callable[[Method], str]] = {
    "recency": _recency,
    "frequency": _frequency,
    "spend": _spend,
    "score": _score,
    "segment": _segment,
    "snapshot": _snapshot,
    **{state: _in_state(state) for state in ("in-rhythm", "due", "silent")},
    "overdue": _overdue,
    "expected-spend": _value,
    "cluster": _cluster,
    "outlier": _outlier,
    "silhouette": _silhouette,
    "basket": _basket,
    "beyond-chance": beyond_chance,
    "held-up": held_up,
    "as-of": lambda found: f"{words.date_time(found.found.manifest.as_of)}.",
    "release": lambda found: f"{found.found.manifest.id}.",
    "preset": lambda found: f"{found.preset.name}.",
    "left-out": _left_out,
    "return": returned,
    "cancellation": _cancellation,
}
"""What says a word's figure, by the word."""
