"""Money at stake is one figure, wherever it stands."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from services.cli.churning import _said
from services.serving.churn.people import answer as at_risk
from services.serving.churn.people import listed_at_risk, scores
from services.serving.customers import churn
from services.serving.release.stake import at_stake, total_at_stake
from services.web.exports.customers import lines
from tests.running import ROOT


def test_tab_list_file_page_api_and_command_say_the_same_of_every_customer(release):
    found, of = at_risk(release, {}), scores(release)
    rows = np.arange(release.count)
    told = listed_at_risk(release, found, rows)
    file = list(csv.DictReader(io.StringIO("".join(lines(release, rows, found)).lstrip("\ufeff"))))
    for row in rows.tolist():
        own = churn.own_churn(release, row)
        money = [of.usual[row], of.loss[row]]
        assert [own.usual, own.loss] == money
        assert [told[row][name] for name in ("usual_spend", "expected_loss")] == money
        assert [churn.as_contract(own)[name] for name in ("usual_spend", "expected_loss")] == money
        assert [float(file[row][name]) for name in ("usual_spend", "expected_loss")] == money
        assert _said("c", own).endswith(
            f"Expected loss: {money[1]:,.2f} of {money[0]:,.2f} usual spend in 90 days."
        )


def test_campaigns_sum_the_figures_of_their_customers_and_nothing_without_any(release):
    rows, of = np.arange(0, release.count, 3), scores(release)
    totals = total_at_stake(release, rows)
    assert [totals.usual, totals.loss] == pytest.approx([of.usual[rows].sum(), of.loss[rows].sum()])
    nobody = total_at_stake(release, np.array([], int))
    assert (nobody.usual, nobody.loss, nobody.horizon) == (0.0, 0.0, 90)


def test_who_spent_less_than_nothing_has_nothing_at_stake(release, monkeypatch):
    owed = dict(release.customers) | {"monetary": -np.asarray(release.customers["monetary"])}
    monkeypatch.setattr(release, "customers", owed)
    found = at_stake(release)
    assert not found.usual.any()
    assert not found.loss.any()


def test_a_release_without_chances_has_no_money_at_stake(release, monkeypatch):
    monkeypatch.setattr(release, "overview", release.overview.model_copy(update={"churn": None}))
    assert at_stake(release) is None
    assert total_at_stake(release, np.arange(3)) is None


def test_one_place_alone_asks_for_usual_spend():
    asking = [
        path.relative_to(ROOT).as_posix()
        for room in ("services", "layouts", "callbacks")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "services.core.churn.loss" in path.read_text("utf-8")
    ]
    assert asking == ["services/serving/release/stake.py"]
