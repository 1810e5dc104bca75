"""Plans: every segment and cluster of every preset has one, and what the data says is counted by hand."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from layouts.playbooks import words as said
from services.core import presets
from services.core.playbooks import assigned, strategies
from services.core.refusals import NotFound, Refusal
from services.serving.playbooks.ahead import Ahead, ahead
from services.serving.playbooks.plans import KINDS, Part, group, groups
from services.serving.playbooks.prompt import messages, suggest, taken
from services.serving.release.loaded import Loaded
from services.site.language_model import LanguageModel, ModelUnusable
from tests.releases.tiny import make_tiny_release
from tests.site.model_server import TEXTS, WRITTEN, serve_model
from tests.training.ledger.test_customer_table import table
from tests.training.ledger.test_customer_table import train_on as train_on_table
from tests.training.test_run import ledger, train_on

pytestmark = pytest.mark.usefixtures("little_evidence")
ROWS = ledger(120)


def trained(folder, preset, **options):
    if presets.load(preset).rfm.table if isinstance(preset, str) else False:
        return Loaded(folder / "models", train_on_table(folder, table(), preset=preset, k=3).id)
    return Loaded(folder / "models", train_on(folder, ROWS, preset=preset, **options).id)


@pytest.fixture(scope="module")
def standard(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("standard"), "standard", k=3)


@pytest.mark.parametrize("preset", sorted(presets.shipped()))
def test_every_segment_and_cluster_of_every_preset_has_a_plan_from_the_data(tmp_path, preset, standard):
    release = standard if preset == "standard" else trained(tmp_path, preset)
    for kind in KINDS:
        found = groups(release, kind)
        named = release.segments if kind == "segment" else release.clusters
        assert [each.id for each in found] == [entry.id for entry in named]
        for each in found:
            assert all((each.strategy.goal, each.strategy.message, each.strategy.offer))
            assert said.who(each, "orders").endswith(".")
    shipped = assigned().get(preset, {})
    assert {each.id: each.strategy.id for each in groups(release, "segment") if shipped} == dict(shipped)


def test_what_stands_out_is_told_and_what_does_not_is_left_out(standard):
    one = replace(groups(standard, "segment")[0], hours=None)
    assert (said.products(one), said.distinctive(one), said.price(one), said.when(one)) == ("", "", "", "")
    lamp = {"product": "A", "description": "LAMP", "customers": 31, "times": 2.14}
    told = replace(
        one,
        products=[lamp, lamp | {"description": "MUG", "times": None}],
        words=[{"word": "tin", "customers": 40, "times": 1.3}],
        price=Part(2, 0.42, 0.3),
        hours=Part(18, 0.5, 0.2),
        weekday=Part(4, 0.3, 0.1),
        edges=[1.25, 2.5],
    )
    assert said.products(told) == (
        "More often than in other customers’ orders: LAMP (2.1 times as often, 31 customers); "
        "MUG (bought by nobody else, 31 customers)."
    )
    assert (
        said.distinctive(told)
        == "Words found more often in the names of its products: tin (1.3 times as often)."
    )
    assert said.price(told) == "42\u00a0% of its items cost over £2.50; 30\u00a0% of others’ do."
    assert said.when(told) == (
        "Orders come more often than others’ between 18:00 and 20:00 (50\u00a0% against 20\u00a0%) and on "
        "Fridays (30\u00a0% against 10\u00a0%)."
    )


def test_plans_speak_of_orders_that_any_preset_counts_and_of_no_points():
    texts = " ".join(f"{each.goal} {each.message} {each.offer}" for each in strategies().values())
    assert not re.search(r"points|second order|third|fourth", texts)


def test_of_fewer_than_five_customers_nothing_is_told_but_their_plan(standard):
    small = [each for kind in KINDS for each in groups(standard, kind) if each.figures.customers < 5]
    assert small
    for each in small:
        assert each.few
        assert (each.products, each.words, each.price, each.hours, each.weekday) == ([], [], None, None, None)
        assert each.strategy.goal


def test_a_preset_of_ones_own_goes_by_where_its_segments_lie(tmp_path, standard):
    preset = presets.load("standard").model_copy(update={"id": "our-shop", "version": 2})
    release = trained(tmp_path, preset, k=3)
    found = {each.id: each.strategy.id for each in groups(release, "segment")}
    assert found["champions"] in ("vip", "loyal")
    assert found["lost"] in ("lost", "hibernating")
    empty = [each for each in groups(release, "segment") if not each.figures.customers]
    assert {each.strategy.id for each in empty} <= {"at-risk", "regular"}
    assert "No customer is in this group now." in {said.who(each, "orders") for each in empty}


def test_a_ledger_without_products_and_times_has_plans_alone(tmp_path):
    rows = [[row[6], row[4][:10], f"{float(row[5]) * row[3]:.2f}"] for row in ROWS]
    release = Loaded(
        tmp_path / "models", train_on(tmp_path, rows, header=["customer", "date", "amount"], k=2).id
    )
    for each in groups(release, "cluster"):
        assert (said.products(each), said.price(each), each.hours, said.unreported(each)) == (
            "",
            "",
            None,
            "",
        )


def test_a_release_made_before_has_plans_and_says_what_training_again_would_add(tmp_path):
    release = Loaded(tmp_path, make_tiny_release(tmp_path, 20))
    for kind in KINDS:
        for each in groups(release, kind):
            assert each.strategy.goal
            assert "Train again" in said.unreported(each)


def test_a_group_that_is_not_there_is_not_found(standard):
    with pytest.raises(NotFound, match="no segment “nope”"):
        group(standard, "segment", "nope")


def told_of(release, each):
    return messages(each, said.told(each, release.overview.axes["frequency"].unit, ahead(release, each)))


def test_a_model_is_told_averages_of_groups_alone(standard):
    large = [each for kind in KINDS for each in groups(standard, kind) if not each.few]
    assert large
    ids = {bytes(name).decode() for name in standard.customers["customer_id"]}
    invoices = {row[0] for row in ROWS}
    for each in large:
        conversation = told_of(standard, each)
        whole = json.dumps(conversation, ensure_ascii=False)
        assert said.who(each, "orders") in whole
        numbers = {part.strip('.,;:()£%"\\') for part in whole.replace("\\n", " ").split()}
        assert not numbers & ids
        assert not numbers & invoices
        for product in each.products or []:
            assert product["customers"] >= 5


def test_a_model_is_told_averages_of_risk_and_value(tmp_path):
    release = Loaded(tmp_path, make_tiny_release(tmp_path, 20))
    first = groups(release, "segment")[0]
    rows = np.flatnonzero(release.customers["segment"] == 0)
    found = ahead(release, first)
    assert found.chance == pytest.approx(float(release.customers["churn"][rows].mean()), rel=1e-5)
    assert found.expected == pytest.approx(float(release.customers["expected_spend_quarter"][rows, 0].mean()))
    assert said.outlook(found) in told_of(release, first)[1]["content"]
    assert said.outlook(Ahead(90, 0.25, 120.0, 98.0)).replace("\u00a0", " ") == (
        "Average per customer for 90 days: a chance of no order of 25 %, a usual spend of £120 and an "
        "expected spend of £98."
    )
    assert said.outlook(None) == ""


def test_what_staff_wrote_is_not_sent(standard, tmp_path):
    from services.site.state import State
    from services.site.versions.playbooks import SavedPlaybooks

    state = State(tmp_path)
    each = next(each for each in groups(standard, "segment") if not each.few)
    texts = dict.fromkeys(TEXTS, "Ask Zebediah about it.")
    SavedPlaybooks(state).save(each.subject("standard"), texts, "Zebediah", 0)
    with serve_model() as model:
        suggest(LanguageModel(model.url, "m"), each, said.told(each, "orders", None))
        assert "Zebediah" not in json.dumps(model.asked[0][2])
    state.close()


def test_of_fewer_than_five_customers_nothing_is_sent(standard):
    small = next(each for kind in KINDS for each in groups(standard, kind) if each.few)
    with serve_model() as model:
        with pytest.raises(Refusal, match="fewer than five"):
            suggest(LanguageModel(model.url, "m"), small, said.told(small, "orders", None))
        assert model.asked == []


def test_an_answer_is_taken_from_within_what_stands_around_it():
    assert taken(f"Here you are:\n```json\n{WRITTEN}\n```") == TEXTS
    assert taken(json.dumps(TEXTS | {"goal": " Two\nlines. ", "more": 1}))["goal"] == "Two lines."


@pytest.mark.parametrize(
    "answer",
    [
        "no object",
        "}{",
        "{}",
        json.dumps(TEXTS | {"goal": ""}),
        json.dumps(TEXTS | {"offer": ["a"]}),
        json.dumps(TEXTS | {"message": "x" * 601}),
    ],
)
def test_an_answer_without_the_three_texts_is_refused(answer):
    with pytest.raises(ModelUnusable):
        taken(answer)
