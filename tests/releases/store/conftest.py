"""Two hosts that share a store."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from services.core.labelled.candidates import CANDIDATES, pipeline
from services.core.labelled.columns import Feature
from services.releases import training_lock
from services.releases.labelled.store import labelled_root, save_model
from tests.releases.store.hosts import Host


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


@pytest.fixture
def hosts(store, tmp_path):
    return [Host(tmp_path / name, store.as_uri()) for name in ("a", "b")]


@pytest.fixture
def labelled():
    """Gives a function that stores a small churn model."""
    frame = pd.DataFrame({"Tenure": np.arange(20.0)})
    model = CANDIDATES["random_forest"].make(0).set_params(n_estimators=2)
    fitted = pipeline([Feature("Tenure", "number")], model).fit(frame, (frame["Tenure"] < 9).astype(int))
    fields = {
        "source": "table.csv",
        "sha256": "0" * 64,
        "target": "Churn",
        "churned": "yes",
        "id_column": None,
        "features": [
            {"name": "Tenure", "kind": "number", "words": [], "low": 0.0, "middle": 9.0, "high": 19.0}
        ],
        "served": "random_forest",
        "threshold": 0.5,
        "seed": 0,
    }

    def save(models):
        with training_lock(labelled_root(models)):
            return save_model(models, datetime.now(UTC), fields, fitted, {}, {})

    return save
