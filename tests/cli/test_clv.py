"""``clv``: the published figures from the file as it is, and what is refused."""

from __future__ import annotations

import pytest

from services.training.options import TrainOptions
from services.training.valuing import value_file
from tests.cli.commands import run

NAMES = {
    "until", "unit", "customers", "repeat_customers", "models", "chosen", "holdout", "refused", "warnings",
}  # fmt: skip
HELD = {"model", "days", "expected", "happened", "correlation", "pit", "bought_within", "auc"}


@pytest.mark.slow
def test_the_published_figures_come_from_the_file_as_it_is(real_data):
    found = run(
        "clv", real_data / "cdnow_sample.txt", "--until", "1997-09-30", "--unit", "week", "--json"
    ).json
    assert set(found) == NAMES
    assert (found["customers"], found["repeat_customers"]) == (2_357, 946)
    models = found["models"]
    for name, parameters, likelihood in (
        ("bg_nbd", {"r": 0.2425945, "alpha": 4.4136019, "a": 0.7929199, "b": 2.4258881}, -9582.429),
        ("mbg_nbd", {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}, -9582.136),
        ("pareto_nbd", {"r": 0.5533, "alpha": 10.578, "s": 0.6062, "beta": 11.669}, -9594.976),
        ("gamma_gamma", {"p": 6.2496, "q": 3.7442, "gamma": 15.4435}, -4055.918),
    ):
        assert models[name]["parameters"] == pytest.approx(parameters, rel=1e-3), name
        assert models[name]["log_likelihood"] == pytest.approx(likelihood, abs=1e-3), name
        assert models[name]["refused"] is None
    assert (found["chosen"], found["refused"], found["warnings"]) == ("bg_nbd", None, [])
    assert set(found["holdout"]) == HELD
    assert (found["holdout"]["days"], found["holdout"]["happened"]) == (273, 1_882)


def shop(folder, days, spend=lambda who, day: 10 + who % 7 + day % 5):
    """A file in which customer n orders on each day of ``days(n)``."""
    rows = [
        f"c{who},{who}-{day},2024-{1 + day // 28:02d}-{1 + day % 28:02d},{spend(who, day)}.00"
        for who in range(60)
        for day in days(who)
    ]
    path = folder / "orders.csv"
    path.write_text("\n".join(["customer,invoice,date,amount", *rows]), "utf-8")
    return path


def test_one_order_each_is_refused_in_a_sentence_and_the_command_is_done(tmp_path):
    ran = run("clv", shop(tmp_path, lambda who: [who]), "--until", "2024-02-20", "--json")
    assert ran.code == 0
    found = ran.json
    assert found["refused"].startswith("Fewer than 30 customers have ordered on more than one day")
    assert (found["chosen"], found["holdout"]) == (None, None)
    assert all(each["parameters"] is None for each in found["models"].values())


def test_orders_of_one_value_and_nobody_who_stops_are_refused_and_still_scored(tmp_path):
    path = shop(tmp_path, lambda who: range(who % 9, 280, 9 + who % 20), spend=lambda _who, _day: 20)
    found = value_file([path], TrainOptions(), tmp_path, unit="week")
    assert found.holdout is None  # nothing comes after the last day
    assert found.as_json()["chosen"] is None
    told = run("clv", path, "--until", "2024-06-01").out
    assert "gamma_gamma: Repeat orders are all of the same value" in told
    assert "This data does not show when customers stop buying" in told
    assert "days after, nbd expected" in told


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--until", "2023-12-31"), 2, "The orders go from 2024-01-01 to 2024-02-23."),
        (("--until", "2030-01-01"), 2, "Choose a day between them."),
        (("--until", "soon"), 2, "--until"),
        (("--unit", "month"), 2, "--unit"),
    ],
)
def test_what_cannot_be_fitted_is_refused(tmp_path, words, code, sentence):
    path = shop(tmp_path, lambda who: [who % 50, 50 - who % 50])
    ran = run("clv", path, *words)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err


def test_a_file_that_is_not_there_is_refused(tmp_path):
    ran = run("clv", tmp_path / "nothing.csv", "--json")
    assert ran.code == 2
    assert "nothing.csv" in ran.json["refused"]["message"]
