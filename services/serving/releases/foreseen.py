"""What a release's predictions of its customers were worth: chances of no order, and expected spend."""

from __future__ import annotations

from dataclasses import dataclass

from services.releases.overview.churn import Cut, Score
from services.serving.churn.people import why_not
from services.serving.release.expected import valued, why_no_value
from services.serving.release.loaded import Loaded


@dataclass(frozen=True)
class Chances:
    """How the served chances of no order did at the last earlier day, which did not choose the model.

    Attributes
    ----------
    model : str
        Its name.
    cut : Cut
    score : Score
        Of that model at that day.
    """

    model: str
    cut: Cut
    score: Score


@dataclass(frozen=True)
class Intervals:
    """Intervals of spend in 90 days that were stated at earlier days, and those that held."""

    stated: int
    held: int


@dataclass(frozen=True)
class Foreseen:
    """What is known of a release's predictions.

    Attributes
    ----------
    chances : Chances or None
    spend : Intervals or None
        None where no earlier day was tried, too.
    lacks : list of str
        Why something is not predicted, a sentence each.
    """

    chances: Chances | None
    spend: Intervals | None
    lacks: list[str]


def foreseen(release: Loaded) -> Foreseen:
    """Return what a release's predictions were worth at earlier days."""
    lacks = [why for why in (why_not(release), why_no_value(release)) if why]
    return Foreseen(_chances(release), _spend(release), lacks)


def _chances(release: Loaded) -> Chances | None:
    churn = release.overview.churn
    if churn is None or churn.missing is not None or not churn.cuts:
        return None
    cut = churn.cuts[-1]
    name = next(model.name for model in churn.models if model.id == churn.served)
    return Chances(name, cut, next(score for score in cut.scores if score.model == churn.served))


def _spend(release: Loaded) -> Intervals | None:
    value = valued(release)
    tried = [] if value is None else [each for each in value.tried if each.spend is not None]
    if not tried:
        return None
    held = sum(each.spend.held for each in tried if each.spend is not None)
    return Intervals(sum(each.customers for each in tried), held)
