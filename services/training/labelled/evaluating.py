"""How good each kind of model is: on folds that keep equal rows on one side, and on plain ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from services.core.labelled.candidates import (
    CANDIDATES,
    THREADS,
    Candidate,
    LibraryMissing,
    nearest,
    pipeline,
)
from services.core.labelled.columns import Feature
from services.core.labelled.copies import Labels, splits
from services.core.labelled.objectives import Objective, measured
from services.core.labelled.threshold import Fitted, fit
from services.core.language.messages import _

FOLDS = 5

#: Is told the name of what is tried.
Tell = Callable[[str], None]
WAYS = ("plain", "grouped")


@dataclass(frozen=True)
class Table:
    """A table that is ready to be learned from, its rows in their canonical order.

    Attributes
    ----------
    features : list of Feature
    frame : DataFrame, shape (rows, features)
    ends, groups : ndarray of int, shape (rows,)
        1 for who churned; one number for equal rows.
    """

    features: Sequence[Feature]
    frame: pd.DataFrame
    ends: Labels
    groups: Labels


@dataclass(frozen=True)
class Tried:
    """How a kind of model did: means over the folds, by way, and what it takes.

    ``score`` is that of the objective on the folds that keep equal rows on one side.
    """

    candidate: Candidate
    measures: dict[str, dict[str, float]]
    score: float
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Give it as the command prints it."""
        return {
            "name": self.candidate.name.text,
            "id": self.candidate.id,
            **self.measures,
            "score": self.score,
            "seconds": round(self.seconds, 1),
        }


def try_candidates(
    table: Table, objective: Objective, seed: int, tell: Tell, ids: Sequence[str]
) -> tuple[list[Tried], list[str]]:
    """Try each kind of model on rows that it was not trained on.

    Returns
    -------
    list of Tried
        In the order of ``ids``.
    list of str
        A sentence for each that could not be tried.
    """
    tried, missing = [], []
    for candidate in (CANDIDATES[each] for each in ids):
        tell(candidate.name())
        began = perf_counter()
        try:
            found = {way: _folds(table, candidate, objective, seed, way) for way in WAYS}
        except LibraryMissing as lacking:
            missing.append(
                _(
                    "{model} was not tried: {library} cannot be loaded ({why}).",
                    model=candidate.name(),
                    library=lacking.library,
                    why=lacking.why,
                )
            )
            continue
        measures = {way: _means([each for each, _score in folds]) for way, folds in found.items()}
        score = float(np.mean([score for _each, score in found["grouped"]]))
        tried.append(Tried(candidate, measures, score, perf_counter() - began))
    return tried, missing


def fit_served(table: Table, candidate: Candidate, objective: Objective, seed: int) -> Fitted:
    """Fit the kind of model that is served on all rows, and choose its threshold inside them."""
    with threadpool_limits(THREADS):
        return fit(
            pipeline(table.features, candidate.make(seed)),
            table.frame,
            table.ends,
            table.groups,
            objective,
            seed,
        )


def meter_of_copies(table: Table, seed: int) -> dict[str, float]:
    """Return the F1 of the one nearest neighbour by way: they part where copies leak."""
    found = {}
    for way in WAYS:
        scores = []
        for train, held in splits(table.groups, table.ends, FOLDS, seed, together=way == "grouped"):
            model = pipeline(table.features, nearest()).fit(table.frame.iloc[train], table.ends[train])
            scores.append(Objective().score(table.ends[held], model.predict(table.frame.iloc[held])))
        found[way] = float(np.mean(scores))
    return found


def _folds(
    table: Table, candidate: Candidate, objective: Objective, seed: int, way: str
) -> list[tuple[dict[str, float], float]]:
    """Measure a kind of model on each fold; also score it by the objective."""
    found = []
    with threadpool_limits(THREADS):
        for train, held in splits(table.groups, table.ends, FOLDS, seed, together=way == "grouped"):
            fitted = fit(
                pipeline(table.features, candidate.make(seed)),
                table.frame.iloc[train],
                table.ends[train],
                table.groups[train],
                objective,
                seed,
            )
            chances = fitted.pipeline.predict_proba(table.frame.iloc[held])[:, 1]
            ends = table.ends[held]
            chosen = (chances >= fitted.threshold).astype(np.int64)
            found.append((measured(ends, chances, fitted.threshold), objective.score(ends, chosen)))
    return found


def _means(folds: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([fold[name] for fold in folds])) for name in folds[0]}
