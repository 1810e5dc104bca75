"""The Clusters tab as functions: every state, from an address to components."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs

import numpy as np
import plotly.graph_objects as go
import pytest
from dash import no_update
from dash._utils import to_json

from callbacks.clusters.wiring import choose_k, draw, show_k, show_served
from layouts import words
from layouts.clusters.profiles import profile_card
from layouts.clusters.rules import rule_text
from layouts.clusters.words import (
    DISSOLVED,
    FEWEST,
    RECOVERED,
    TOO_FEW,
    against,
    price_text,
    verdict,
)
from layouts.plain import plain
from services.core.clusters import comparison, evidence, recommending
from services.serving.clusters.report import Times, look_at, profiles, report_of, times
from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release
from tests.training.test_run import ledger, train_on


def loaded(folder, rows, **options):
    return Loaded(folder / "models", train_on(folder, rows, **options).id)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return loaded(tmp_path_factory.mktemp("full"), ledger(90), k=3)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    rows = [[row[6], row[4][:10], f"{float(row[5]) * row[3]:.2f}"] for row in ledger(30)]
    return loaded(tmp_path_factory.mktemp("bare"), rows, header=["customer", "date", "amount"], k=2)


def text(part) -> str:
    return json.dumps(plain(part), ensure_ascii=False, default=str)


def figures(part):
    """All figures among plain components."""
    if isinstance(part, dict):
        if part.get("type") == "Graph":
            yield part["props"]["figure"]
        for value in part.values():
            yield from figures(value)
    elif isinstance(part, list):
        for value in part:
            yield from figures(value)


def test_a_release_without_a_report_says_so_and_offers_no_k(tmp_path):
    old = Loaded(tmp_path, make_tiny_release(tmp_path))
    shown = show_served(old)
    assert "no report on its clusters" in text(shown["served"])
    assert (shown["options"], shown["bar_hidden"]) == ([], True)
    assert show_k(old, "?k=3") == {"k": None, "notes": [], "tried": []}
    assert choose_k(old, "3", "") is no_update
    assert draw(old) is no_update


def test_all_figures_are_figures(release, bare):
    for of in (release, bare):
        parts = plain(
            [show_served(of)["served"], show_k(of, "")["tried"], show_k(of, "?k=5")["tried"], draw(of)]
        )
        found = list(figures(parts))
        assert len(found) > 10
        for figure in found:
            # plotly.py does not know the colours that the browser mixes
            go.Figure(json.loads(re.sub(r"color-mix\([^\"]*\)", "#123456", json.dumps(figure))))


def test_the_served_clusters_are_described_and_linked(release):
    shown = text(show_served(release)["served"])
    for cluster in release.clusters:
        assert cluster.name in shown
        assert words.count(cluster.customers, "customer") in shown
    report = report_of(release)
    for row, cluster in zip(report["segments"], release.clusters, strict=True):
        for count, segment in zip(row, release.segments, strict=False):
            assert (f"/?segment={segment.id}&cluster={cluster.id}" in shown) == bool(count)


def test_a_preview_says_that_it_is_one_and_how_to_serve_it(release):
    shown = show_k(release, "?k=5")
    assert shown["k"] == "5"
    assert "not in use; train with --k 5 to use it" in text(shown["notes"])
    assert "Preview of 5 clusters, not in use" in text(shown["tried"])
    served = show_k(release, "")
    assert (served["k"], served["notes"]) == ("3", [])
    assert "Preview" not in text(served["tried"])


@pytest.mark.parametrize(
    ("search", "k", "said"),
    [
        ("?k=4&k=5", "5", "k is given 2 times, so the last one counts. Give it once."),
        ("?k=4&K=5", "4", "There is no parameter “K” here, so it was left out."),
        ("?k=", "3", "k has no value, so it was left out."),
    ],
)
def test_what_an_address_cannot_mean_is_said(release, search, k, said):
    shown = show_k(release, search)
    assert shown["k"] == k
    assert said in text(shown["notes"])


@pytest.mark.parametrize("asked", ["12", "1", "many", "-3", "3.0", "", "٣"])
def test_a_k_that_was_not_tried_is_left_out_with_a_note(release, asked):
    looked = look_at(release, report_of(release), {"k": [asked]})
    assert looked.k == 3
    assert "that was tried" in looked.note


def test_choosing_writes_the_address_once_and_keeps_the_rest(release):
    assert choose_k(release, "3", "?k=3") is no_update
    assert choose_k(release, "5", "?k=5") is no_update
    assert choose_k(release, None, "") is no_update
    written = choose_k(release, "5", "?release=a&k=4")
    assert parse_qs(written[1:]) == {"release": ["a"], "k": ["5"]}
    assert choose_k(release, "3", "?k=4") == ""


def test_what_the_ledger_lacks_is_said(bare):
    shown = text(show_served(bare)["served"])
    for sentence in (
        "The file has no product prices.",
        "The file has no country with at least five customers of this cluster.",
        "The file has dates without a time of day.",
        "No product with enough orders is bought clearly more often here than by customers overall.",
        "A comparison needs at least 50 customers with different values.",
    ):
        assert sentence in shown


def test_of_few_customers_no_number_is_praised(release, bare):
    assert (FEWEST, TOO_FEW()) == (comparison.FEWEST, recommending.TOO_FEW.text)
    assert (DISSOLVED, RECOVERED) == (evidence.DISSOLVED, evidence.RECOVERED)
    shown = text(show_k(bare, "")["tried"])
    assert report_of(bare)["evidence"]["customers"] < 50
    assert TOO_FEW() in shown
    for praise in ("favour", "points to", "highest with", "reduce it only", "would split off"):
        assert praise not in shown
    assert "favour" in text(show_k(release, "")["tried"])
    assert TOO_FEW() not in text(show_k(release, "")["tried"])


def test_times_are_shares_of_the_clusters_orders_against_those_of_all(release):
    found = times(report_of(release), "weekdays")
    assert found.shares.sum(axis=1) == pytest.approx(1)
    assert found.everybody.sum() == pytest.approx(1)
    row, place = found.furthest()
    assert found.ratio[row, place] == pytest.approx(found.shares[row, place] / found.everybody[place])


@pytest.mark.parametrize(
    ("own", "everybody", "said"),
    [
        (
            (0.24, 0.76),
            (0.22, 0.78),
            "More often than others on Mondays (24\u00a0% against 22\u00a0% of all).",
        ),
        ((0.224, 0.776), (0.22, 0.78), "No day or month stands out."),
    ],
)
def test_a_time_is_named_only_where_the_written_shares_differ(release, own, everybody, said):
    shares, due = np.array([own]), np.array(everybody)
    found = Times(shares, due, shares / due)
    same = Times(np.array([due]), due, np.ones((1, 2)))
    when = {"weekdays": found, "hours": None, "months": same}
    profile = profiles(release, report_of(release))[0]
    assert said in text(profile_card(profile, "orders", when, None, 0))


def test_too_few_orders_for_any_day_are_too_few_to_tell(release):
    unknown = Times(np.array([[0.5, 0.5]]), np.array([0.5, 0.5]), np.full((1, 2), np.nan))
    when = {"weekdays": unknown, "hours": None, "months": unknown}
    profile = profiles(release, report_of(release))[0]
    assert "The file has too few orders to tell." in text(profile_card(profile, "orders", when, None, 0))


def test_shares_that_are_written_alike_are_no_finding():
    assert price_text((0, 0.364, 0.36), (1.25, 2.95)) == "No price band stands out."
    assert price_text((0, 0.37, 0.36), (1.25, 2.95)) == (
        "37\u00a0% of its items cost up to £1.25; 36\u00a0% of all do."
    )
    assert against(0.084, 0.08) == "8\u00a0%, as of all"


def test_shares_of_all_profiles_add_up(release):
    found = profiles(release, report_of(release))
    assert sum(each.share for each in found) == pytest.approx(1)
    assert sum(each.revenue_share for each in found) == pytest.approx(1)


def test_the_answers_stay_small(release):
    size = len(to_json(show_served(release))) + len(to_json(show_k(release, "?k=10")))
    assert size < 120_000


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ({"recency": [None, 158]}, "last order at most 158 days ago"),
        ({"recency": [158, None]}, "last order 159 days ago or more"),
        ({"recency": [30, 90]}, "last order 31 to 90 days ago"),
        ({"frequency": [None, 1]}, "at most 1 order"),
        ({"frequency": [7, None]}, "8 orders or more"),
        ({"frequency": [2, 3]}, "3 orders"),
        ({"monetary": [836, None]}, "spent over £836"),
        ({"monetary": [None, 12.5]}, "spent £12.50 or less"),
        ({"monetary": [10, 20]}, "spent over £10, up to £20"),
        ({"monetary": [10, None], "recency": [None, 5]}, "last order at most 5 days ago, spent over £10"),
        ({}, "any customer"),
    ],
)
def test_a_range_is_said_in_whole_days_orders_and_money(box, said):
    assert rule_text([box], "orders") == said


def test_alternatives_are_joined_and_lines_are_lines():
    boxes = [{"frequency": [None, 4]}, {"monetary": [5, None]}]
    assert rule_text(boxes, "lines") == "at most 4 lines; or spent over £5"
    assert rule_text([], "orders") == "no short rule describes this cluster"


def test_jaccard_is_judged_as_hennig_does():
    assert [verdict(value) for value in (0.49, 0.5, 0.74, 0.75)] == [
        "dissolved",
        "unsteady",
        "unsteady",
        "stable",
    ]
