"""The figures of a release behind words of the glossary, and how the tab Help says them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from layouts import words
from services.core.language.messages import _, later, plural
from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    from services.serving.help.method import Method

FEATURES = {"recency": later("recency"), "frequency": later("frequency"), "monetary": later("spend")}
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
    best = scoring.scale if scoring.best == "high" else 1
    return _("1 to {highest}, {best} is best", highest=scoring.scale, best=best)


def _recency(found: Method) -> str:
    median_days, as_of = median(found, "recency"), words.date(found.found.manifest.as_of)
    return _("The median is {days} days, counted to {day}.", days=median_days, day=as_of)


def _frequency(found: Method) -> str:
    unit = found.found.overview.axes["frequency"].unit
    middle = median(found, "frequency")
    if unit == "lines":
        return _("This release counts lines; the median is {median}.", median=middle)
    return _("This release counts orders; the median is {median}.", median=middle)


def _spend(found: Method) -> str:
    spent, middle = words.money_sum(found.found.revenue), median(found, "monetary")
    return _("{money} in all; the median is {median}.", money=spent, median=middle)


def _score(found: Method) -> str:
    if not scale(found):
        return _("This preset makes its segments without scores.")
    points = cut_points(found, AXES[0])
    return _("{scale}. Cut points of recency: {points} days.", scale=scale(found), points=points)


def _segment(found: Method) -> str:
    number = words.capital(words.small(len(found.found.overview.segments)))
    return _("{n} in preset {name}.", n=number, name=found.preset.name)


def _cluster(found: Method) -> str:
    letters = [each.letter for each in found.found.overview.clusters]
    number = words.capital(words.small(len(letters)))
    return f"{number}: {words.listing(letters)}." if len(letters) <= LETTERED else f"{number}."


def _outlier(found: Method) -> str:
    outliers = found.found.overview.outliers
    if outliers is None:
        return ""
    if outliers.unfit is not None:
        share = words.share(outliers.unfit)
        return _("It would be {share} of all customers, so nobody is called one.", share=share)
    if not outliers.customers:
        return _("Nobody.")
    share = words.share(outliers.revenue / found.found.revenue if found.found.revenue else 0)
    return plural(
        "{n} customer with {share} of the revenue.",
        "{n} customers with {share} of the revenue.",
        outliers.customers,
        n=words.number(outliers.customers),
        share=share,
    )


def _snapshot(found: Method) -> str:
    taken = found.found.overview.snapshots
    return plural(
        "{n} snapshot, the last as of {day}.",
        "{n} snapshots, the last as of {day}.",
        len(taken),
        n=words.number(len(taken)),
        day=words.date(taken[-1].as_of),
    )


def _in_state(state: str) -> Callable[[Method], str]:
    def say(found: Method) -> str:
        if state not in found.rhythms:
            return ""
        customers = found.rhythms[state]
        return plural("{n} customer.", "{n} customers.", customers, n=words.number(customers))

    return say


def _overdue(found: Method) -> str:
    if not found.rhythms:
        return ""
    customers = found.rhythms["overdue"]
    return plural(
        "{n} customer, not counting the silent.",
        "{n} customers, not counting the silent.",
        customers,
        n=words.number(customers),
    )


def _value(found: Method) -> str:
    if found.expected is None:
        return ""
    days = found.expected.days
    return plural(
        "{money} from all customers in {n} day.",
        "{money} from all customers in {n} days.",
        days,
        n=words.number(days),
        money=words.money_short(found.expected.spend),
    )


def _silhouette(found: Method) -> str:
    value = found.found.manifest.silhouette
    return "" if value is None else _("{n} for the clusters in use.", n=words.number(value, 2))


def _basket(found: Method) -> str:
    whole = [scope for scope in found.found.overview.rule_scopes if scope.id == "all"]
    if not whole or not whole[0].baskets:
        return ""
    invoices = whole[0].baskets
    return plural("{n} invoice in all.", "{n} invoices in all.", invoices, n=words.number(invoices))


def beyond_chance(found: Method) -> str:
    """Say how many rules are findings; nothing where the release does not know."""
    if found.beyond_chance is None or not found.rules.rules:
        return ""
    return plural(
        "{some} of {n} rule.",
        "{some} of {n} rules.",
        found.rules.rules,
        n=words.number(found.rules.rules),
        some=words.number(found.beyond_chance),
    )


def held_up(found: Method) -> str:
    """Say how many rules held up later; nothing where nothing was held back."""
    if found.held_up is None or not found.rules.rules:
        return ""
    yes, no, unknown = (words.number(found.held_up[name]) for name in ("yes", "no", "unknown"))
    return _("{yes} did, {no} did not, and for {unknown} it cannot be told.", yes=yes, no=no, unknown=unknown)


def _left_out(found: Method) -> str:
    rows = found.found.manifest.rows
    some, n = words.number(rows.read - rows.kept), words.number(rows.read)
    return plural("{some} of {n} row.", "{some} of {n} rows.", rows.read, n=n, some=some)


def returned(found: Method) -> str:
    """Say what came back, and whether it was taken off; nothing where the file has no purchases."""
    if found.found.of_customers:
        return ""
    gone = found.found.overview.glance.returns
    came = words.money_sum(gone.amount)
    if gone.matched is None:
        return _("{money} came back; it is not taken off.", money=came)
    off = words.money_sum(gone.matched.amount)
    return _("{money} came back; {off} was taken off the purchases.", money=came, off=off)


def _cancellation(found: Method) -> str:
    rows = found.found.rejected.get("cancellation")
    return (
        "" if rows is None else plural("{n} row left out.", "{n} rows left out.", rows, n=words.number(rows))
    )


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
