"""What Help says of a release, counted again from its columns."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from callbacks.help.view import shown
from layouts import words
from layouts.help.frame import layout
from layouts.help.method import cards, limits
from layouts.help.words import FACTS, facts
from layouts.plain import plain
from services.core.glossary import glossary
from services.core.rfm.scoring import Scale
from services.releases.overview.groups import Outliers
from services.serving.help.method import method
from services.serving.release.loaded import Loaded
from tests.layouts.data.pages import everything, text
from tests.releases.tiny import make_tiny_release

ZONE = "Europe/London"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    return Loaded(models, make_tiny_release(models, 30))


@pytest.fixture(scope="module")
def found(release):
    return method(release, ZONE)


def listed(release):
    """The method card's facts by name."""
    parts = everything(cards(method(release, ZONE)))
    names = [text(each) for each in parts if type(each).__name__ == "Dt"]
    return dict(zip(names, [text(each) for each in parts if type(each).__name__ == "Dd"], strict=True))


def test_the_method_card_counts_what_the_columns_hold(release):
    told, columns, manifest = listed(release), release.customers, release.manifest
    countries = len(np.unique(columns["country"][columns["country"] >= 0]))
    assert told["Customers"] == f"{len(columns['recency'])} in {countries} countries"
    assert told["Orders"] == words.number(int(columns["orders"].sum()))
    assert told["Revenue, purchases only"] == words.money_sum(float(columns["monetary"].sum()))
    assert told["Clusters"].startswith("2, K-means on recency, log(frequency + 1) and log(spend + 1)")
    assert len(np.unique(columns["cluster"])) == 2
    rejected = sum(manifest.rows.rejected.values())
    assert int(told["In the file"]) == int(told["Used"]) + rejected
    assert told["No customer"].startswith(str(manifest.rows.rejected["no_customer"]))


def test_the_cut_points_of_the_card_give_every_customer_the_score_that_they_have(release):
    scoring, columns = release.overview.scoring, release.customers
    scale = Scale(scoring.scale, scoring.best, {axis: tuple(edges) for axis, edges in scoring.edges.items()})
    for axis, name in {"recency": "r", "frequency": "f", "monetary": "m"}.items():
        assert (scale.of(axis, columns[axis]) == columns[name]).all()
    told = listed(release)
    assert told["Cut points, frequency"] == "1, 2, 3 and 4 orders"
    assert told["Cut points, recency"] == f"{int(np.median(columns['recency']))} days"
    assert told["Scores"] == "1 to 5, 5 is best"


def test_the_card_says_how_good_the_intervals_were_that_were_tried(release):
    told = listed(release)
    assert (
        told["Next order, 80\u00a0% intervals"]
        == "1,298 held (79\u00a0%) of 1,638 intervals tested on earlier days"
    )
    assert told["Basket rules"] == "2 from 1 product set"
    spend = words.money_short(10 * sum(range(1, release.count + 1)))
    assert told["Expected spend"] == (
        f"{spend} in the 90 days after 9 Dec 2011, without new customers; on two earlier days such totals "
        "were 10\u00a0% too low to 10\u00a0% too high"
    )


def test_the_figures_of_words_are_those_of_the_columns(release, found):
    told, columns = facts(found), release.customers
    recency, spend = (float(np.median(columns[axis])) for axis in ("recency", "monetary"))
    assert told["recency"].startswith(f"The median is {words.number(recency, int(recency % 1 > 0))} days")
    assert told["spend"].endswith(f"the median is {words.money(spend)}.")
    states = np.bincount(columns["rhythm"], minlength=4) if "rhythm" in columns else []
    for state, count in zip(("in-rhythm", "due", "overdue", "silent"), states, strict=False):
        besides = ", not counting the silent" if state == "overdue" else ""
        assert told[state] == f"{words.count(int(count), 'customer')}{besides}."
    rows = release.manifest.rows
    assert told["left-out"] == f"{rows.read - rows.kept} of {rows.read} rows."


def test_limits_are_said_once_and_follow_from_the_release(found):
    said = limits(found)
    assert len(said) == len(set(said))
    span = (found.found.manifest.data_to.date() - found.found.manifest.data_from.date()).days + 1
    assert any(f"span {words.days(span)}: under two years" in each for each in said) == (span < 730)
    assert set(found.found.manifest.warnings) <= set(said)


def test_every_figure_belongs_to_a_word_of_the_glossary_and_has_its_place(found):
    assert set(FACTS) <= set(glossary())
    ids = {getattr(each, "id", None) for each in everything(layout())}
    assert {f"help-{word}-fact" for word in FACTS} <= ids


def test_every_word_of_the_glossary_stands_on_the_page():
    said = text(layout())
    assert [word.id for word in glossary().values() if word.word not in said or word.says not in said] == []


def test_what_the_callback_answers_is_plain(release):
    answer = plain(shown(release, ZONE))
    assert json.loads(json.dumps(answer)) == answer


def test_what_a_release_has_nothing_of_is_left_blank_and_names_with_commas_stay_apart(found):
    overview = found.found.overview
    nobody = Outliers(customers=0, revenue=0.0, rule="far", unfit=None, set_aside=False, compared=None)
    named = [each.model_copy(update={"name": f"{each.name}, long ago"}) for each in overview.segments]
    scopes = [each.model_copy(update={"baskets": 0}) for each in overview.rule_scopes]
    fields = {"outliers": nobody, "segments": named, "rule_scopes": scopes}
    other = replace(found, found=replace(found.found, overview=overview.model_copy(update=fields)))
    assert (facts(other)["outlier"], facts(other)["basket"]) == ("Nobody.", "")
    assert "Recent, long ago; Distant, long ago" in text(cards(other))
