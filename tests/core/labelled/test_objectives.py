"""What a threshold is chosen for, and that it is chosen on rows of the training alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from services.core.labelled.candidates import CANDIDATES, LibraryMissing, pipeline
from services.core.labelled.columns import Feature
from services.core.labelled.objectives import Objective, measured
from services.core.labelled.threshold import fit

ENDS = [1, 1, 0, 0, 0]


def test_f1_recall_and_profit_by_hand():
    chosen = [1, 0, 1, 0, 0]
    assert Objective().score(ENDS, chosen) == 0.5
    assert Objective(recall=0.5).score(ENDS, chosen) == 0.5  # one of the two that were chosen
    assert Objective(recall=0.9).score(ENDS, chosen) == pytest.approx(-0.4)
    assert Objective(value=100, cost=10).score(ENDS, chosen) == (100 - 20) / 5
    assert Objective().score(ENDS, [0] * 5) == 0
    assert [each.as_json() for each in (Objective(), Objective(recall=0.9), Objective(value=9, cost=1))] == [
        {"name": "f1"},
        {"name": "recall", "recall": 0.9},
        {"name": "profit", "value": 9, "cost": 1},
    ]


def test_measures_by_hand():
    found = measured(np.array(ENDS), np.array([0.9, 0.4, 0.6, 0.1, 0.2]), 0.5)
    assert found["accuracy"] == 0.6
    assert (found["recall"], found["precision"], found["f1"]) == (0.5, 0.5, 0.5)
    assert found["roc_auc"] == pytest.approx(5 / 6)
    assert found["pr_auc"] == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)


@pytest.fixture(scope="module")
def fitted():
    draw = np.random.default_rng(3)
    tenure = draw.integers(0, 30, 200).astype(float)
    ends = ((tenure < 8) | (draw.random(200) < 0.1)).astype(int)
    frame = pd.DataFrame({"Tenure": tenure, "City": draw.choice(["York", "Bath"], 200).astype(object)})
    features = [Feature("Tenure", "number"), Feature("City", "category", ("York", "Bath"))]

    def fitted_for(objective):
        model = pipeline(features, LogisticRegression())
        return fit(model, frame, ends, np.arange(200), objective, 0)

    return fitted_for


def test_a_wished_recall_takes_a_lower_threshold_than_dear_contacts(fitted):
    all_found = fitted(Objective(recall=0.99))
    dear = fitted(Objective(value=10, cost=9))
    assert all_found.threshold < dear.threshold


def test_blanks_and_words_that_training_did_not_see_are_answered(fitted):
    told = fitted(Objective()).pipeline.predict_proba(
        pd.DataFrame({"Tenure": [np.nan, 3.0], "City": ["Rome", ""]})
    )
    assert np.isfinite(told).all()


def test_a_library_that_cannot_be_loaded_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "lightgbm", None)
    with pytest.raises(LibraryMissing, match="lightgbm cannot be loaded"):
        CANDIDATES["lightgbm"].make(0)
