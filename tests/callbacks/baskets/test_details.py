"""What the tab Baskets says of chance, and the details that a row of its table opens."""

from __future__ import annotations

import pytest

from callbacks.baskets import steps as baskets
from callbacks.baskets.cards import show_group
from layouts.baskets.rules import rules_finding
from services.serving.rules.find import RuleFilters, find
from services.serving.rules.sets import of_one_set
from tests.callbacks.baskets.shown import show, show_following
from tests.callbacks.baskets.test_baskets import text
from tests.serving.rules.rulebook import release_of_baskets


@pytest.fixture(scope="module")
def release():
    return release_of_baskets()


def test_where_no_rule_is_beyond_chance_none_is_said():
    release = release_of_baskets()
    release.rules["finding"][:] = False
    assert text(show(release, "")["rules_finding"]).startswith("No rule is clearly stronger than chance")
    assert not show_following(release, RuleFilters())["data"]["groups"]["groups"]
    assert "No product set is clearly beyond chance." in text(show_group(release, "all")["clusters"])


def test_a_row_opens_all_rules_of_its_products_and_nothing_else_does(release):
    found = find(release, RuleFilters())
    row = max(found, key=lambda each: len(of_one_set(release, int(each))))
    shown = text(baskets.details(release, "", {"row": str(row), "press": 1}))
    same = of_one_set(release, int(row)).tolist()
    assert len(same) > 2
    for other in same:
        counts = f"({release.rules['count'][other]} of {release.rules['antecedent_count'][other]})"
        assert counts in shown
    customers, largest = (int(release.rules[name][row]) for name in ("customers", "largest_count"))
    assert f"by {customers} customers; the one with most of these invoices has {largest}." in shown
    assert "Zhang" in shown
    assert "Fisher’s exact test compares the customers" in shown
    elsewhere = find(release, RuleFilters("cluster:c1"))[0]
    for odd in ("", "-1", "x", "٣", "9" * 5_000, str(elsewhere)):
        assert baskets.details(release, "", {"row": odd, "press": 1}) == []
    assert show(release, "")["details"] == []


def test_details_of_an_older_release_have_what_it_knows():
    older = release_of_baskets()
    row = str(find(older, RuleFilters())[0])
    for name in ("customers", "largest_count", "chance_lift", "finding", "q_value", "p_value", "held_up"):
        del older.rules[name]
    shown = text(baskets.details(older, "", {"row": row, "press": 1}))
    assert "Bought together in 48 invoices." in shown
    assert "Lift by chance" not in shown


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (["Cup"], "Cup: 81\u00a0% of its invoices also hold Pot, 9.0 times as often as all invoices."),
        (
            ["Cup", "Lid"],
            "Cup and Lid: 81\u00a0% of their invoices also hold Pot, 9.0 times as often as all invoices.",
        ),
    ],
)
def test_one_product_has_its_invoices_and_several_have_theirs(left, said):
    best = {"antecedents": left, "consequents": ["Pot"], "confidence": 0.81, "lift": 9.0}
    assert text(rules_finding([best], "invoice")) == said
    judged = text(rules_finding([best | {"chance_lift": 2.13}], "invoice"))
    assert judged == f"{said[:-1]} (by chance: 2.1 times)."
