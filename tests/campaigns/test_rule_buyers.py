"""The buyers of a rule, against a count over the ledger itself."""

from __future__ import annotations

from urllib.parse import parse_qs

import numpy as np
import pytest

from callbacks.audiences.view import described
from services.campaigns.selection import selected
from services.core.refusals import Refusal
from tests.campaigns.listed import NOBODY_OUT, Listed
from tests.serving.shops import purchases, shop, table_shop


def bought() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for customer, _invoice, _moment, lines in purchases():
        found.setdefault(customer, set()).update(product for product, _, _ in lines)
    return found


@pytest.fixture(scope="module")
def codes() -> list[str]:
    """Two products that rules name and that not everybody has."""
    release, has = shop(), bought()
    items = release.overview.items
    rules = np.concatenate([release.rules["antecedents"].ravel(), release.rules["consequents"].ravel()])
    named = [items[place].product for place in np.unique(rules).tolist() if place >= 0]
    return [code for code in named if any(code not in theirs for theirs in has.values())][:2]


@pytest.mark.parametrize("buyers", ["not-yet", "all", "antecedents"])
def test_buyers_are_those_of_the_ledger_whenever_they_bought(codes, buyers):
    first, second = codes
    query = parse_qs(f"save=rule&antecedent={first}&consequent={second}&buyers={buyers}")
    view = selected(shop(), query, NOBODY_OUT)
    fits = {
        "not-yet": lambda has: first in has and second not in has,
        "all": lambda has: {first, second} <= has,
        "antecedents": lambda has: first in has,
    }[buyers]
    expected = {customer for customer, has in bought().items() if fits(has)}
    assert {shop().id_of(row) for row in view.rows.tolist()} == expected
    assert 0 < len(expected) < 40
    again = selected(shop(), parse_qs(view.query), NOBODY_OUT)
    assert np.array_equal(again.rows, view.rows)


def test_all_antecedents_have_to_be_bought(codes):
    first, second = codes
    query = f"save=rule&antecedent={first}&antecedent={second}&consequent={second}&buyers=antecedents"
    view = selected(shop(), parse_qs(query), NOBODY_OUT)
    both = {customer for customer, has in bought().items() if {first, second} <= has}
    assert {shop().id_of(row) for row in view.rows.tolist()} == both


def test_a_group_narrows_the_buyers_and_who_opted_out_is_left_out(codes):
    release = shop()
    asked = f"save=rule&antecedent={codes[0]}&consequent={codes[1]}&buyers=antecedents"
    everybody = selected(release, parse_qs(asked), NOBODY_OUT)
    cluster = release.clusters[0]
    some = selected(release, parse_qs(f"{asked}&cluster={cluster.id}"), NOBODY_OUT)
    inside = release.customers["cluster"][everybody.rows] == 0
    assert np.array_equal(some.rows, everybody.rows[inside])
    assert described(release, some).endswith(f"; Cluster {cluster.name}")
    out = selected(release, parse_qs(asked), Listed(release.id_of(int(everybody.rows[0]))))
    assert (len(out.rows), out.left_out) == (len(everybody.rows) - 1, 1)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("consequent=A", "both sides"),
        ("antecedent=nonsense&consequent=A", "contains the product “nonsense”"),
        ("antecedent=A&antecedent=B&antecedent=C&antecedent=D&consequent=E", "more than 3 products"),
    ],
)
def test_what_is_no_rule_is_refused(query, sentence):
    with pytest.raises(Refusal, match=sentence):
        selected(shop(), parse_qs(f"save=rule&{query}"), NOBODY_OUT)


def test_buyers_that_there_are_not_are_refused(codes):
    query = parse_qs(f"save=rule&antecedent={codes[0]}&consequent={codes[1]}&buyers=others")
    with pytest.raises(Refusal, match="Buyers of a rule cannot be"):
        selected(shop(), query, NOBODY_OUT)


def test_a_table_of_customers_has_no_rules():
    with pytest.raises(Refusal, match="No rule of this release"):
        selected(table_shop(), parse_qs("save=rule&antecedent=A&consequent=B"), NOBODY_OUT)
