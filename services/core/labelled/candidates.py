"""The kinds of models that are tried on a table, and the pipeline that each stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC

from services.core.labelled.columns import MOST_WORDS, Feature
from services.core.language.messages import later

#: Threads of one model. Two that wait for each other on a busy machine took twenty times the processor's
#: time of one; and the other core is the site's.
THREADS = 1


@dataclass(frozen=True)
class Candidate:
    """A kind of model that is tried: its id, its name for readers, and how one is made from a seed.

    ``keeps_rows`` says whether a fitted one holds values of the rows that it was fitted on. Reports have the
    English name, which pages say in the reader's language.
    """

    id: str
    name: later
    make: Callable[[int], Any]
    keeps_rows: bool = False


class LibraryMissing(Exception):
    """A library of a candidate cannot be loaded.

    Parameters
    ----------
    library : str
    why : str
        In the words of who tried.
    """

    def __init__(self, library: str, why: str) -> None:
        super().__init__(f"{library} cannot be loaded ({why})")
        self.library, self.why = library, why


def pipeline(features: Sequence[Feature], model: Any) -> Pipeline:
    """Put a model behind what it needs of a table: blanks filled and marked, words apart, numbers alike.

    Parameters
    ----------
    features : sequence of Feature
    model : estimator
        Not fitted.

    Returns
    -------
    Pipeline
        Takes the frame of ``services.core.labelled.columns.typed``. A word that it did not see stands for
        none of those it knows.
    """
    numbers = [feature.name for feature in features if feature.kind == "number"]
    words = [feature.name for feature in features if feature.kind == "category"]
    filled = Pipeline(
        [("fill", SimpleImputer(strategy="median", add_indicator=True)), ("scale", StandardScaler())]
    )
    apart = OneHotEncoder(handle_unknown="ignore", max_categories=MOST_WORDS, sparse_output=False)
    return Pipeline(
        [
            ("columns", ColumnTransformer([("numbers", filled, numbers), ("words", apart, words)])),
            ("model", model),
        ]
    )


def nearest() -> KNeighborsClassifier:
    """Make the meter of copies: it answers with the end of the one customer most alike."""
    return KNeighborsClassifier(n_neighbors=1)


def _xgboost(seed: int) -> Any:
    try:
        from xgboost import XGBClassifier  # only where one is made: it takes a while
    except Exception as error:  # it says in ways of its own that a library of the system is missing
        raise LibraryMissing("xgboost", _first_line(error)) from error
    return XGBClassifier(n_estimators=500, max_depth=7, learning_rate=0.1, n_jobs=THREADS, random_state=seed)


def _lightgbm(seed: int) -> Any:
    try:
        from lightgbm import LGBMClassifier
    except (ImportError, OSError) as error:  # OSError where libgomp.so.1 is not installed
        raise LibraryMissing("lightgbm", _first_line(error)) from error
    return LGBMClassifier(
        n_estimators=400,
        num_leaves=63,
        min_child_samples=10,
        learning_rate=0.1,
        n_jobs=THREADS,
        random_state=seed,
        deterministic=True,
        force_row_wise=True,
        verbose=-1,
    )


def _boosting(seed: int) -> Any:
    return GradientBoostingClassifier(
        n_estimators=200, max_depth=7, subsample=0.8, max_features=0.5, random_state=seed
    )


def _hist_boosting(seed: int, rounds: int = 200) -> Any:
    return HistGradientBoostingClassifier(
        max_iter=rounds, learning_rate=0.15, early_stopping=False, random_state=seed
    )


def _forest(seed: int, trees: int = 150) -> Any:
    return RandomForestClassifier(trees, max_features=0.4, n_jobs=THREADS, random_state=seed)


def _neighbours(_seed: int) -> Any:
    return KNeighborsClassifier(n_neighbors=9, weights="distance", p=1, algorithm="brute")


def _vectors(_seed: int) -> Any:
    # the ranks of its customers do not change by it: a curve makes chances of its margins
    return CalibratedClassifierCV(SVC(C=10.0, gamma=0.1), method="sigmoid", cv=3, ensemble=False)


def _members(seed: int) -> list[tuple[str, Any]]:
    """Models of different kinds that are there without a further library."""
    return [
        ("hist_boosting", _hist_boosting(seed, 100)),
        ("forest", _forest(seed, 60)),
        ("neighbours", _neighbours(seed)),
    ]


def _stacking(seed: int) -> Any:
    return StackingClassifier(_members(seed), LogisticRegression(), cv=2, stack_method="predict_proba")


def _voting(seed: int) -> Any:
    return VotingClassifier(_members(seed), voting="soft")


CANDIDATES: Mapping[str, Candidate] = {
    each.id: each
    for each in (
        Candidate("xgboost", later("XGBoost"), _xgboost),
        Candidate("lightgbm", later("LightGBM"), _lightgbm),
        Candidate("gradient_boosting", later("Gradient boosting"), _boosting),
        Candidate("hist_gradient_boosting", later("Histogram gradient boosting"), _hist_boosting),
        Candidate("random_forest", later("Random forest"), _forest),
        Candidate("stacking", later("Stacking"), _stacking, keeps_rows=True),
        Candidate("voting", later("Voting"), _voting, keeps_rows=True),
        Candidate("k_nn", later("k nearest neighbours"), _neighbours, keeps_rows=True),
        Candidate("svc", later("Support vector machine"), _vectors, keeps_rows=True),
    )
}


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
