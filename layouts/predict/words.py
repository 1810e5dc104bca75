"""What is said of a prediction, in sentences made of its own numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from layouts import words
from layouts.counted import counted
from layouts.customers import words as customers_words
from layouts.parts.woven import gap
from services.core.language.messages import _, later, plural
from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    from services.releases.overview.scores import AxisRange, Scoring

COUNTED = {"orders": later("orders"), "lines": later("lines")}
"""What frequency counts, behind a number."""
_NAMES: dict[Axis, later] = {
    "recency": later("recency"),
    "frequency": later("frequency"),
    "monetary": later("spend"),
}
_OPENING: dict[Axis, later] = {
    "recency": later("Recency"),
    "frequency": later("Frequency"),
    "monetary": later("Spend"),
}
_BEYOND = {
    "recency": (
        later("Shorter than anyone in the data waited."),
        later("Longer than anyone in the data waited."),
    ),
    "orders": (
        later("Fewer orders than anyone in the data has."),
        later("More orders than anyone in the data has."),
    ),
    "lines": (
        later("Fewer lines than anyone in the data has."),
        later("More lines than anyone in the data has."),
    ),
    "monetary": (
        later("Less than anyone in the data spent."),
        later("More than anyone in the data spent."),
    ),
}
_EXTRAPOLATION = later("The answer is an extrapolation: treat it with care.")


def amount(axis: Axis, value: float, unit: str = "orders") -> str:
    """``75 days``, ``7 orders``, ``£1,797.24``."""
    return _amount(axis, value, unit, words.manner())


@lru_cache(maxsize=4096)
def _amount(axis: Axis, value: float, unit: str, _manner: words.Manner) -> str:
    """Write an amount; days and orders are few, and writing one takes as long as predicting."""
    if axis == "monetary":
        return words.money(value)
    return words.days(value) if axis == "recency" else words.count(value, unit.removesuffix("s"))


def score(prediction: Any, best: str | None) -> str:
    """``score 244``; ``class 244`` where 1 is best."""
    if not prediction.scores:
        return ""
    digits = "".join(str(prediction.scores[axis]) for axis in AXES)
    return _("class {digits}", digits=digits) if best == "low" else _("score {digits}", digits=digits)


def sentence(answer: Any, kind: str, scoring: Scoring | None, names: Sequence[str], unit: str) -> list[str]:
    """Say why the values give the segment, and where it was or will be by waiting alone.

    Parameters
    ----------
    answer : services.serving.predictions.what_if.Answer
    kind : str
        Of the preset's segments: ``grid``, ``score``, ``rules``, ``means`` or ``clusters``.
    scoring : Scoring or None
        As in the release's overview.
    names : sequence of str
        Of the segments.
    unit : str
        What frequency counts: ``orders`` or ``lines``.

    Returns
    -------
    list of str
        The sentence up to a segment's name, which stands out, that name, and what follows it; or the
        sentence alone.
    """
    values = answer.prediction.values
    days, often, spent = (amount(axis, values[axis], unit) for axis in AXES)
    if 1 < values["frequency"] <= 10:
        often = counted(values["frequency"], words.small(int(values["frequency"])), unit.removesuffix("s"))
    if kind == "clusters":
        why = _(
            "{days}, {often} and {spend} are nearest to this cluster, and here each cluster is a segment.",
            days=days,
            often=often,
            spend=spent,
        )
    elif scoring is None:
        why = _against_means(values, answer.means, unit)
    else:
        why = _scored(answer.prediction.scores, kind, scoring, days, often, spent)
    waiting = _by_waiting(answer, names)
    return [f"{why} {waiting[0]}", *waiting[1:]] if waiting else [why]


def _scored(
    scores: Mapping[Axis, int], kind: str, scoring: Scoring, days: str, often: str, spent: str
) -> str:
    r, f, m = (scores[axis] for axis in AXES)
    places = {"days": days, "often": often, "spend": spent, "r": r, "f": f, "m": m}
    if kind == "grid":
        return _(
            "{days} is recency score {r}; {often} and {spend} are frequency {f} and spend {m}, so buying "
            "score {buying}.",
            buying=(f + m + 1) // 2,
            **places,
        )
    return _(
        "{days} is recency score {r}; {often} and {spend} are frequency {f} and spend {m}, where {best} is "
        "best.",
        best=1 if scoring.best == "low" else scoring.scale,
        **places,
    )


def _against_means(values: Mapping[Axis, float], means: Mapping[Axis, float], unit: str) -> str:
    better = [
        _NAMES[axis]() for axis in AXES if (values[axis] - means[axis]) * (-1 if axis == "recency" else 1) > 0
    ]
    days = words.number(means["recency"])
    places = {
        "days": plural("{n} day", "{n} days", round(means["recency"]), n=days),
        "often": counted(means["frequency"], words.number(means["frequency"], 1), unit.removesuffix("s")),
        "spend": words.money(means["monetary"]),
    }
    if not better:
        return _(
            "The averages of all customers are {days}, {often} and {spend}; better than average: nothing.",
            **places,
        )
    if len(better) == len(AXES):
        return _(
            "The averages of all customers are {days}, {often} and {spend}; better than average: all three.",
            **places,
        )
    return _(
        "The averages of all customers are {days}, {often} and {spend}; better than average: {values}.",
        values=words.listing(better),
        **places,
    )


def _by_waiting(answer: Any, names: Sequence[str]) -> list[str]:
    recency = [change for change in answer.changes if change.axis == "recency"]
    if not recency:
        return []
    change = recency[0]
    segment = gap("segment")
    if change.direction == "higher":
        said = plural(
            "From {n} day on, it would be {segment}.",
            "From {n} days on, it would be {segment}.",
            int(change.value),
            n=words.number(change.value),
            segment=segment,
        )
    else:
        ago = int(answer.prediction.values["recency"] - change.value)
        said = plural(
            "The recency cut point is {days}: {n} day earlier this was {segment}.",
            "The recency cut point is {days}: {n} days earlier this was {segment}.",
            ago,
            n=words.small(ago),
            days=amount("recency", change.value),
            segment=segment,
        )
    before, after = said.split(segment)
    return [before, name_of(names, change.segment), after]


def margin(prediction: Any, clusters: int) -> str:
    """``0.70, clear``."""
    return customers_words.margin(prediction.margin, clusters)


def inside(in_range: Mapping[Axis, bool]) -> str:
    """``All three values``, or which are not."""
    outside = [axis for axis in AXES if not in_range[axis]]
    if not outside:
        return _("All three values")
    first, *others = outside
    named = words.listing([_OPENING[first](), *(_NAMES[axis]() for axis in others)])
    return plural("{values} is outside", "{values} are outside", len(outside), values=named)


def beyond(axis: Axis, value: float, ends: AxisRange) -> str | None:
    """Say that a value lies outside what training saw; None where it does not."""
    if ends.min <= value <= ends.max:
        return None
    said = _BEYOND[ends.unit if axis == "frequency" else axis][value > ends.max]()
    return f"{said} {_EXTRAPOLATION()}"


def hint(axis: Axis, ends: AxisRange) -> str:
    """``1 to 374 in the data``."""
    said = words.money_sum if axis == "monetary" else words.number
    return _("{low} to {high} in the data", low=said(ends.min), high=said(ends.max))


def name_of(names: Sequence[str], segment: int) -> str:
    """Name a segment by its place; −1 is none."""
    return names[segment] if segment >= 0 else _("no segment")
