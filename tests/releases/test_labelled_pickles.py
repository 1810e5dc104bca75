"""Each kind of churn model can be read back, and nothing else can."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import Ridge

from services.core.labelled.candidates import CANDIDATES, pipeline
from services.core.labelled.columns import Feature
from services.releases import pickles

FEATURES = [Feature("Tenure", "number"), Feature("City", "category", ("York", "Bath"))]


@pytest.mark.parametrize("name", CANDIDATES)
def test_a_fitted_model_of_each_kind_answers_the_same_when_it_is_read_back(name):
    draw = np.random.default_rng(1)
    frame = pd.DataFrame(
        {"Tenure": draw.integers(0, 30, 60).astype(float), "City": draw.choice(["York", "Bath"], 60)}
    ).astype({"City": object})
    frame.loc[3, "Tenure"] = np.nan
    model = CANDIDATES[name].make(0)
    if "n_estimators" in (sizes := model.get_params()):
        model.set_params(n_estimators=min(5, sizes["n_estimators"]))
    fitted = pipeline(FEATURES, model).fit(frame, (frame["Tenure"] < 9).astype(int))
    content = pickles.dumps(fitted, pickles.ALLOWED_LABELLED)
    again = pickles.loads(content, pickles.ALLOWED_LABELLED)
    assert np.array_equal(again.predict_proba(frame), fitted.predict_proba(frame))
    with pytest.raises(pickle.UnpicklingError):
        pickles.loads(content)


def test_what_no_candidate_is_made_of_is_refused():
    with pytest.raises(pickle.UnpicklingError, match=r"sklearn\.linear_model\._ridge\.Ridge is not allowed"):
        pickles.dumps(Ridge().fit([[0.0], [1.0]], [0.0, 1.0]), pickles.ALLOWED_LABELLED)
