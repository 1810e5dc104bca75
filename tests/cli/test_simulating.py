"""``simulate-campaign``: campaigns tried on past customers, and what cannot be tried."""

from __future__ import annotations

import pytest

from services.campaigns.trying import tried
from tests.cli.commands import run
from tests.serving.shops import shop, table_shop

NAMES = {"false_verdicts", "coverage", "power", "power_by_orders", "smallest_effect", "trials"}


@pytest.fixture(scope="module")
def models():
    return shop().folder.parents[1]


def test_the_answer_is_that_of_the_function_which_the_site_asks_too(models):
    asked = ("simulate-campaign", "--size", 120, "--draws", 20, "--models", models, "--json")
    found = run(*asked, "--holdout", "0.5").json
    assert set(found) == NAMES
    assert run(*asked, "--holdout", 50).json == found
    here = tried(shop(), 120, 0.5, 20)
    assert found == {name: getattr(here, name) for name in NAMES}
    assert found["trials"] == 80


def test_an_effect_is_found_and_told_without_json_a_line_a_figure(models):
    asked = ("simulate-campaign", "--size", 120, "--draws", 20, "--models", models, "--holdout", 50)
    ran = run(*asked, "--effect", 500)
    assert ran.code == 0
    assert "power: 1\n" in ran.out
    small = run("simulate-campaign", "--size", 30, *asked[3:])
    assert "smallest_effect: not known" in small.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--size", 100, "--holdout", 60), "between 5 and 50 %"),
        (("--size", 100, "--holdout", "0.01"), "between 5 and 50 %"),
        (("--size", 100, "--holdout", "some"), "plain digits"),
        (("--size", 1, "--holdout", 20), "2<=x<=20000"),
        (("--size", 100, "--holdout", 20, "--draws", 19), "20<=x<=5000"),
        (("--size", 100, "--holdout", 20, "--effect", 0), "above 0"),
        (("--size", 100), "--holdout"),
    ],
)
def test_what_cannot_be_tried_is_refused(models, words, sentence):
    ran = run("simulate-campaign", *words, "--models", models)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err


def test_a_release_without_orders_of_an_earlier_month_is_refused():
    models = table_shop().folder.parents[1]
    ran = run("simulate-campaign", "--size", 100, "--holdout", 20, "--json", "--models", models)
    assert ran.code == 2
    assert "no orders from an earlier month" in ran.json["refused"]["message"]
