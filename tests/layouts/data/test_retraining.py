"""The card that says whether it is time for another release."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from layouts.data.retraining import Retraining, retraining
from services.core.drift import Drift, Drifted
from services.serving.releases.drifting import Newer


def newer(recency, segments):
    made = SimpleNamespace(id="20261201T000000Z-3fa9c1", made_at=datetime(2026, 12, 1, tzinfo=UTC))
    figures = {"recency": Drift(0.3, 0.2, recency), "segments": Drift(0.1, None, segments)}
    return Newer(made, Drifted(figures, 0.0))


def said(**known):
    return str(
        retraining(Retraining(**{"age": 3, "stale_after": 7, "newer": None, "retrain_at": "large", **known}))
    )


def test_without_a_newer_release_the_age_of_the_data_decides():
    assert "No newer release can be used" in said()
    assert "sd-light-ok" in said(age=7)
    assert "sd-light-warn" in said(age=8)
    assert "The data ended 8 days ago. Bring newer sales and train on them." in said(age=8)
    assert "sd-light-ok" in said(age=5_000, stale_after=None)


@pytest.mark.parametrize(
    ("recency", "retrain_at", "colour", "advice"),
    [
        ("none", "some", "ok", "No figure shows a shift. Publish it when you want its newer sales."),
        ("some", "large", "warn", "recency somewhat. There is no hurry to publish it"),
        ("some", "some", "warn", "recency somewhat. Check that its file is complete, then publish it."),
        ("large", "large", "bad", "recency a lot. Check that its file is complete, then publish it."),
    ],
)
def test_a_newer_release_is_judged_by_its_shift_and_the_rule(recency, retrain_at, colour, advice):
    shown = said(newer=newer(recency, "none"), retrain_at=retrain_at)
    assert f"sd-light-{colour}" in shown
    assert advice in shown
    assert "/releases?with=20261201T000000Z-3fa9c1" in shown


def test_each_figure_that_shifted_is_named():
    assert "recency a lot and segments somewhat." in said(newer=newer("large", "some"))
