"""Finding rules: against a search by hand, refusals, and measures counted again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts import words
from services.core.refusals import NotFound, Refusal
from services.core.rules.measures import MEASURES
from services.serving.release.loaded import Loaded
from services.serving.rules.find import RuleFilters, as_contract, asked, find
from services.serving.rules.scatter import lift_classes, points
from services.serving.rules.table import page
from tests.releases.tiny import make_tiny_release
from tests.serving.rules.rulebook import BASKETS, ITEMS, release_of_baskets


@pytest.fixture(scope="module")
def release() -> SimpleNamespace:
    return release_of_baskets()


def by_hand(release, scope=0, items=(), unpruned=False, **least):
    """One rule after the other, without masks."""
    found = []
    for row in range(len(release.rules["scope"])):
        held = [
            place
            for side in ("antecedents", "consequents")
            for place in release.rules[side][row]
            if place >= 0
        ]
        names = [ITEMS[place] for place in held]
        fits = release.rules["scope"][row] == scope and (unpruned or not release.rules["redundant"][row])
        fits &= all(release.rules[name][row] >= value for name, value in least.items() if value is not None)
        fits &= all(any(text in name.lower() for name in names) for text in items)
        if fits:
            found.append(row)
    return found


bounds = st.one_of(st.none(), st.floats(0, 1))


@given(
    support=st.one_of(st.none(), st.floats(0.06, 1)),
    confidence=bounds,
    lift=st.one_of(st.none(), st.floats(0, 4)),
    items=st.lists(st.sampled_from(["tea", "cup", "plate", "a", "nothing"]), max_size=2, unique=True),
    unpruned=st.booleans(),
    group=st.booleans(),
)
def test_any_filters_find_what_a_search_by_hand_finds(
    release, support, confidence, lift, items, unpruned, group
):
    filters = RuleFilters("cluster:c1" if group else "all", tuple(items), support, confidence, lift, unpruned)
    hand = by_hand(release, int(group), items, unpruned, support=support, confidence=confidence, lift=lift)
    assert find(release, filters).tolist() == hand


def test_every_measure_follows_from_the_counts_of_the_baskets(release):
    rules = release.rules
    n = len(BASKETS)
    for row in find(release, RuleFilters(unpruned=True)):
        antecedents, consequents = (
            {ITEMS[place] for place in rules[side][row] if place >= 0}
            for side in ("antecedents", "consequents")
        )
        a, c, both = (
            sum(items <= basket for basket in BASKETS)
            for items in (antecedents, consequents, antecedents | consequents)
        )
        answer = as_contract(release, int(row))
        assert (answer["antecedent_count"], answer["consequent_count"], answer["count"]) == (a, c, both)
        assert answer["support"] == pytest.approx(both / n)
        assert answer["confidence"] == pytest.approx(both / a)
        assert answer["lift"] == pytest.approx(both * n / (a * c))
        assert answer["leverage"] == pytest.approx(both / n - a * c / n**2)
        sure = both == a
        assert answer["conviction"] == (None if sure else pytest.approx((1 - c / n) / (1 - both / a)))


def test_rules_are_told_by_code_and_by_name_in_plain_types(release):
    answer = as_contract(release, int(find(release, RuleFilters())[0]))
    assert set(answer) >= {"antecedents", "consequents", "antecedent_names", "consequent_names", *MEASURES}
    assert all(type(value) in (list, int, float, bool, type(None)) for value in answer.values())
    assert [ITEMS[int(code)] for code in answer["antecedents"]] == answer["antecedent_names"]


def test_the_strongest_confidence_comes_first(release):
    confidence = release.rules["confidence"][find(release, RuleFilters())]
    assert len(confidence) > 3
    assert (np.diff(confidence) <= 0).all()


def test_c8_asking_below_the_mined_support_is_refused_with_the_mined_value(release):
    with pytest.raises(Refusal, match=r"4\.17 % of baskets \(0\.0416667\)") as refused:
        find(release, RuleFilters(min_support=0.04))
    assert refused.value.field == "min_support"
    assert len(find(release, RuleFilters(min_support=0.0417)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("min_support", 1.1), ("min_support", float("nan")), ("min_confidence", -0.1),
        ("min_confidence", 1.01), ("min_lift", -1.0), ("min_lift", float("inf")),
    ],
)  # fmt: skip
def test_c8_bounds_that_no_rule_can_have_are_refused_beside_their_field(release, name, value):
    with pytest.raises(Refusal) as refused:
        find(release, RuleFilters(**{name: value}))
    assert refused.value.field == name


def test_a_code_means_that_product_alone_and_other_text_any_name_that_holds_it(release):
    assert (
        find(release, RuleFilters(items=("0",))).tolist()
        == find(release, RuleFilters(items=(ITEMS[0].lower(),))).tolist()
    )


def test_a_command_asks_by_cluster_or_by_segment(release):
    assert asked(release, cluster="c1", item="tea", min_lift=2.0) == RuleFilters(
        "cluster:c1", ("tea",), min_lift=2.0
    )
    with pytest.raises(NotFound, match="c9"):
        asked(release, cluster="c9")
    with pytest.raises(Refusal, match="not both"):
        asked(release, cluster="c1", segment="champions")
    with pytest.raises(NotFound, match="for a cluster “c1” by customers"):
        asked(release, cluster="c1", baskets="customers")


def test_a_lift_of_three_is_three_whatever_its_divisions_leave():
    release = release_of_baskets()
    release.rules["lift"] = np.full(len(release.rules["scope"]), np.nextafter(3, 0))
    found = find(release, RuleFilters())
    assert find(release, RuleFilters(min_lift=3.0)).tolist() == found.tolist()
    assert [each.lowest for each in lift_classes(points(release, found, "all"))] == [3]


def test_a_share_of_a_rule_is_rounded_once():
    release = release_of_baskets()
    release.rules["support"][0] = 12 / 1194  # 1.00503 %
    assert words.share(page(release, [0])[0]["support"], 2) == "1.01\u00a0%"


def test_a_ledger_without_products_says_so(tmp_path):
    release = Loaded(tmp_path, make_tiny_release(tmp_path, products=False))
    with pytest.raises(Refusal, match="no column for products"):
        find(release, asked(release))
    with pytest.raises(Refusal, match="no column for products"):
        asked(release, cluster="c1")


def test_a_written_release_answers_as_its_columns_say(tmp_path):
    release = Loaded(tmp_path, make_tiny_release(tmp_path))
    (rule, other) = (as_contract(release, row) for row in find(release, RuleFilters()))
    assert {tuple(rule["antecedents"]), tuple(other["antecedents"])} == {("22423",), ("85123A",)}
