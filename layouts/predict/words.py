"""What is said of a prediction, in sentences made of its own numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from layouts import words
from layouts.customers import words as customers_words
from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    from services.releases.overview.scores import AxisRange, Scoring

_NAMES: dict[Axis, str] = {"recency": "recency", "frequency": "frequency", "monetary": "spend"}
_BEYOND: dict[Axis, tuple[str, str]] = {
    "recency": ("Shorter than anyone in the data waited.", "Longer than anyone in the data waited."),
    "frequency": ("Fewer {unit} than anyone in the data has.", "More {unit} than anyone in the data has."),
    "monetary": ("Less than anyone in the data spent.", "More than anyone in the data spent."),
}


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
    return f"{'class' if best == 'low' else 'score'} {digits}"


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
        The sentence up to a segment's name, which stands out, then that name; or the sentence alone.
    """
    values = answer.prediction.values
    days, often, spent = (amount(axis, values[axis], unit) for axis in AXES)
    if 1 < values["frequency"] <= 10:
        often = f"{words.small(int(values['frequency']))} {unit}"
    if kind == "clusters":
        why = f"{days}, {often} and {spent} are nearest to this cluster, and here each cluster is a segment."
    elif scoring is None:
        why = _against_means(values, answer.means, unit)
    else:
        why = _scored(answer.prediction.scores, kind, scoring, days, often, spent)
    waiting = _by_waiting(answer, names)
    return [f"{words.capital(why)} {waiting[0]}", waiting[1]] if waiting else [words.capital(why)]


def _scored(
    scores: Mapping[Axis, int], kind: str, scoring: Scoring, days: str, often: str, spent: str
) -> str:
    r, f, m = (scores[axis] for axis in AXES)
    said = f"{days} is recency score {r}; {often} and {spent} are frequency {f} and spend {m}"
    if kind == "grid":
        return f"{said}, so buying score {(f + m + 1) // 2}."
    best = 1 if scoring.best == "low" else scoring.scale
    return f"{said}, where {best} is best."


def _against_means(values: Mapping[Axis, float], means: Mapping[Axis, float], unit: str) -> str:
    better = [
        _NAMES[axis] for axis in AXES if (values[axis] - means[axis]) * (-1 if axis == "recency" else 1) > 0
    ]
    found = words.listing(better) if 0 < len(better) < len(AXES) else "all three" if better else "nothing"
    days, spent = words.number(means["recency"]), words.money(means["monetary"])
    often = f"{words.number(means['frequency'], 1)} {unit}"
    return (
        f"The averages of all customers are {days} days, {often} and {spent}; better than average: {found}."
    )


def _by_waiting(answer: Any, names: Sequence[str]) -> list[str]:
    recency = [change for change in answer.changes if change.axis == "recency"]
    if not recency:
        return []
    change = recency[0]
    name, until = _name(names, change.segment), amount("recency", change.value)
    if change.direction == "higher":
        return [f"From {until} on, it would be ", name]
    ago = int(answer.prediction.values["recency"] - change.value)
    days = f"{words.small(ago)} {'day' if ago == 1 else 'days'}"
    return [f"The recency cut point is {until}: {days} earlier this was ", name]


def margin(prediction: Any, clusters: int) -> str:
    """``0.70, clear``."""
    return customers_words.margin(prediction.margin, clusters)


def inside(in_range: Mapping[Axis, bool]) -> str:
    """``All three values``, or which are not."""
    outside = [_NAMES[axis] for axis in AXES if not in_range[axis]]
    if not outside:
        return "All three values"
    return f"{words.capital(words.listing(outside))} {'is' if len(outside) == 1 else 'are'} outside"


def beyond(axis: Axis, value: float, ends: AxisRange) -> str | None:
    """Say that a value lies outside what training saw; None where it does not."""
    if ends.min <= value <= ends.max:
        return None
    said = _BEYOND[axis][value > ends.max].format(unit=ends.unit)
    return f"{said} The answer is an extrapolation: treat it with care."


def hint(axis: Axis, ends: AxisRange) -> str:
    """``1 to 374 in the data``."""
    said = words.money_sum if axis == "monetary" else words.number
    return f"{said(ends.min)} to {said(ends.max)} in the data"


def changes_finding(found: Sequence[Any]) -> str:
    """Say what the list of changes lists."""
    return (
        "The smallest change to one value; the other two stay the same."
        if found
        else "No change to a single value leads to another segment."
    )


def distances_finding(names: Sequence[str], distances: Sequence[float]) -> str:
    """Say how much nearer the first cluster is than the next; both sorted."""
    said = f"Closest to {names[0]}"
    if len(names) < 2 or distances[0] <= 0:
        return f"{said}."
    times = distances[1] / distances[0]
    if times < 1.05:
        return f"{said}, but the next is about as near."
    return f"{said}; the next is {words.number(times, 1)} times as far."


def people_finding(answer: Any, names: Sequence[str], start: str | None) -> str:
    """Say who is nearest, and whether the form and the stored answers agree where they must.

    Parameters
    ----------
    answer : services.serving.predictions.what_if.Answer
    names : sequence of str
        Of the segments.
    start : str or None
        Id of the customer whose values the form began with.
    """
    first = answer.people[0]
    if first.values == answer.prediction.values:
        alike = (first.cluster, first.segment) == (answer.cluster, answer.segment)
        stored = "is in the same segment and cluster" if alike else "is in another segment or cluster"
        if first.customer_id == start:
            return f"{start}, the customer you started from, has exactly these values and {stored}."
        return f"{first.customer_id} has exactly these values and {stored}."
    same = sum(person.segment == answer.segment for person in answer.people)
    name = _name(names, answer.segment)
    if len(answer.people) == 1:
        return f"The only customer is {'in' if same else 'not in'} {name}."
    among, are = words.small(len(answer.people)), "is" if same == 1 else "are"
    many = words.capital(words.small(same)) if same else "None"
    return f"{many} of the {among} nearest {are} in {name} too."


def _name(names: Sequence[str], segment: int) -> str:
    return names[segment] if segment >= 0 else "no segment"
