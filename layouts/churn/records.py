"""The sentences on how far the chances of churn were right on earlier days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from layouts import words
from layouts.churn.words import WARNED_FROM
from services.core.language.again import again
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.overview.churn import Churn, Cut
    from services.serving.churn.grouped import Confusion

NO_THRESHOLD = later("At these costs nobody is contacted, so there is no threshold to look back with.")


def of_bands(churn: Churn) -> str:
    """Say how the mean kept, and how many bands were off by more than five points."""
    held = [each for each in churn.bands if each.customers and each.predicted is not None]
    people = sum(each.customers for each in held)
    predicted = sum(each.customers * (each.predicted or 0) for each in held) / people
    happened = sum(each.left for each in held) / people
    off = sum(abs(100 * (each.left / each.customers - (each.predicted or 0))) > WARNED_FROM for each in held)
    return plural(
        "Predicted {predicted} on average, happened {happened}; {n} of {bands} bands was off by more than 5 "
        "points.",
        "Predicted {predicted} on average, happened {happened}; {n} of {bands} bands were off by more than 5 "
        "points.",
        off,
        n=words.small(off),
        predicted=words.share(predicted),
        happened=words.share(happened),
        bands=words.small(len(held)),
    )


def of_bands_note(churn: Churn) -> str:
    """Say whom the bands are made of."""
    days = words.listing([words.date(each.day) for each in churn.cuts])
    people = sum(each.customers for each in churn.bands)
    said = plural(
        "{n} score of customers at the end of {days}, each made only with what was known then. Bars are 95 "
        "% intervals; on the dotted line a prediction is right. A triangle is off by more than 5 points.",
        "{n} scores of customers at the end of {days}, each made only with what was known then. Bars are 95 "
        "% intervals; on the dotted line a prediction is right. A triangle is off by more than 5 points.",
        people,
        n=words.number(people),
        days=days,
    )
    return f"{said} {again(churn.season)}" if churn.season else said


def of_cuts(cuts: Sequence[Cut]) -> str:
    """Say how far the mean was off at the worst of the earlier days."""
    worst = max(abs(points(each)) for each in cuts)
    return _("The mean prediction was off by up to {points} points.", points=words.number(worst, 1))


def points(cut: Cut) -> float:
    """Return by how many points more left at a cut than was predicted."""
    return 100 * (cut.left / cut.customers - cut.predicted)


def of_cuts_note(cut: Cut) -> str:
    """Say how good the chances were at the last cut."""
    return _(
        "On {day} the Brier score was {brier} (lower is better; giving everybody the same chance: {base}) "
        "and the slope of the calibration line {slope} (1 is right; below it the chances are too extreme).",
        day=words.date(cut.day),
        brier=words.number(cut.brier, 3),
        base=words.number(cut.brier_base, 3),
        slope=words.number(cut.slope, 2),
    )


def of_models(churn: Churn) -> str:
    """Say what is served, and what it beat."""
    names = {each.id: each.name for each in churn.models}
    model, day = again(names[churn.served or ""]), words.date(churn.cuts[-1].day)
    return _("{model} is in use. Scores are of {day}.", model=model, day=day)


def of_confusion(found: Confusion, percent: int, day: str) -> str:
    """Say what the threshold of the page would have done at the last earlier day."""
    flagged = found.flagged_left + found.flagged_stayed
    return plural(
        "With a threshold of {share} on {day}, {n} customer would have been contacted, of whom {left} did "
        "not order; {missed} who did not order would have been missed.",
        "With a threshold of {share} on {day}, {n} customers would have been contacted, of whom {left} did "
        "not order; {missed} who did not order would have been missed.",
        flagged,
        n=words.number(flagged),
        share=words.share(percent / 100),
        day=words.date(day),
        left=words.number(found.flagged_left),
        missed=words.number(found.missed),
    )
