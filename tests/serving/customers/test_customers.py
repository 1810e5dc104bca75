"""One customer as a release knows it: compared with the shop's purchases, added up again."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from statistics import median

import numpy as np
import pytest

from services.core.refusals import NotFound, Refusal
from services.core.vocabulary import AXES
from services.serving.customers import orders as customer_orders
from services.serving.customers import profile as customers
from services.serving.customers.near_ids import close_by
from services.serving.customers.page import details, standing
from tests.serving.shops import AS_OF, AWKWARD, purchases, shop, table_shop

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "\x00",
    "12005\x00",
    "../../etc/passwd",
    "%00",
    "\u202e50021",
    "\ud800",
    "x" * 1_000_000,
    "",
    "   ",
)


@pytest.fixture(scope="module")
def release():
    return shop()


def bought(customer):
    """Give the purchases of one customer: moment, invoice, lines."""
    return [(moment, invoice, lines) for who, invoice, moment, lines in purchases() if who == customer]


def worth(lines):
    return sum(round(pieces * price, 4) for _, pieces, price in lines)


def test_every_customer_is_found_and_adds_up(release):
    known = {who for who, *_ in purchases()}
    assert {release.id_of(row) for row in range(release.count)} == known
    for customer in known:
        orders = bought(customer)
        found = customers.profile(release, customer)
        last = max(moment for moment, *_ in orders)
        assert found.customer_id == customer
        assert found.values["recency"] == (AS_OF - last).days
        assert found.values["frequency"] == found.orders == len(orders)
        assert found.values["monetary"] == pytest.approx(sum(worth(lines) for *_, lines in orders))
        assert (found.first_purchase, found.last_purchase) == (min(m for m, *_ in orders), last)
        assert found.products == len({product for *_, lines in orders for product, *_ in lines})
        assert found.country == "France"


def test_c2_an_id_is_found_in_every_spelling_a_spreadsheet_makes_of_it(release):
    for row in range(release.count):
        customer = release.id_of(row)
        number = f"{customer}.0" if customer.isdigit() else customer
        for typed in (customer, f"  {customer} ", f"\u00a0{customer}\t", number):
            assert customers.profile(release, typed).row == row


def test_the_share_at_least_as_good_counts_ties(release):
    spent = release.customers["monetary"]
    waited = release.customers["recency"]
    for row in range(release.count):
        found = customers.at(release, row)
        assert found.top["monetary"] == pytest.approx(np.mean(spent >= spent[row]))
        assert found.top["recency"] == pytest.approx(np.mean(waited <= waited[row]))


def test_orders_are_the_invoices_oldest_first(release):
    customer = AWKWARD[3]
    listed = customer_orders.orders(release, customers.profile(release, customer).row)
    expected = sorted(bought(customer))
    assert [(order.bought_at, order.invoice) for order in listed] == [(m, i) for m, i, _ in expected]
    assert [order.lines for order in listed] == [3] * len(expected)
    assert [order.pieces for order in listed] == [sum(n for _, n, _ in lines) for *_, lines in expected]
    assert [order.amount for order in listed] == pytest.approx([worth(lines) for *_, lines in expected])


def test_favourites_are_counted_by_order(release):
    customer = AWKWARD[0]
    held = Counter(product for *_, lines in bought(customer) for product in {each for each, *_ in lines})
    found = customer_orders.favourites(release, customers.profile(release, customer).row)
    assert {each.product: each.orders for each in found} == dict(held)
    assert [each.orders for each in found] == sorted(held.values(), reverse=True)
    assert found[0].description == f"Thing {found[0].product}"


def test_the_most_similar_are_the_nearest_of_all_without_the_customer_itself(release):
    raw = np.stack([np.asarray(release.customers[axis], float) for axis in AXES], axis=1)
    points = release.transform(raw)
    for row in (0, 7, release.count - 1):
        found = customers.similar(release, customers.at(release, row))
        distances = np.linalg.norm(points - points[row], axis=1)
        distances[row] = np.inf
        assert [each.distance for each in found] == pytest.approx(np.sort(distances)[:5])
        assert row not in {each.row for each in found}


def test_an_unknown_id_is_refused_with_ids_close_by(release):
    with pytest.raises(
        NotFound, match=r"No customer 12139 in this release\. Similar IDs: .*12039"
    ) as refused:
        customers.profile(release, "12139")
    assert refused.value.exit_code == 1


def test_two_swapped_digits_come_first_of_what_is_close_by(release):
    assert close_by(release, "12300")[0] == "12030"
    assert close_by(release, "12003")[0] == "12030"
    assert len(close_by(release, "1203")) == 3


@pytest.mark.parametrize("typed", ["nobody", "99999", "1", "120", "x" * 64, "ab\0"])
def test_what_no_slip_makes_an_id_has_no_id_close_by(release, typed):
    assert close_by(release, typed) == []
    with pytest.raises(NotFound) as refused:
        customers.profile(release, typed)
    assert "Similar IDs" not in str(refused.value)


@pytest.mark.parametrize(
    "typed", ["1039", "112039", "12939", "1203", "12039.5", "012039", "2039", "120399", "102039"]
)
def test_one_slip_is_close_by(release, typed):
    assert "12039" in close_by(release, typed, most=40)


@pytest.mark.parametrize("typed", HOSTILE)
def test_c3_whatever_is_typed_is_an_id_or_nobody(release, typed):
    with pytest.raises(NotFound) as refused:
        customers.profile(release, typed)
    assert len(str(refused.value)) < 300
    assert str(refused.value).encode()
    assert customers.complete(release, typed) == []


def test_typing_offers_ids_that_begin_so_then_ids_that_hold_it(release):
    assert customers.complete(release, "1203") == [f"1203{last}" for last in range(8)]
    assert customers.complete(release, "1203", most=3) == ["12030", "12031", "12032"]
    assert customers.complete(release, "12") == sorted(customers.complete(release, "12"))
    holding = customers.complete(release, "23", most=50)
    assert set(holding) == {release.id_of(row) for row in range(release.count) if "23" in release.id_of(row)}
    assert customers.complete(release, "é") == [AWKWARD[2]]
    assert customers.complete(release, "nobody") == customers.complete(release, " ") == []


def test_an_end_and_the_next_beginning_are_no_id(release):
    ids = [release.id_of(row) for row in range(release.count)]
    for first, second in pairwise(ids):
        across = first[-2:] + second[:2]
        assert customers.complete(release, across, 50) == [
            *(each for each in ids if each.startswith(across)),
            *(each for each in ids if across in each and not each.startswith(across)),
        ]


def test_pasted_ids_are_found_once_in_their_order_and_unknown_ones_named(release):
    found, unknown = customers.several(release, ["12031\n12030, 12031; 99999\t12006.0"])
    assert [each.customer_id for each in found] == ["12031", "12030", "12006"]
    assert unknown == ["99999"]


def test_an_id_with_blanks_is_one_id_where_there_is_such_a_customer(release):
    found, unknown = customers.several(release, [AWKWARD[1], AWKWARD[4]])
    assert [each.customer_id for each in found] == [AWKWARD[1], AWKWARD[4]]
    assert unknown == []
    assert [each.customer_id for each in customers.several(release, ["12030 12031"])[0]] == ["12030", "12031"]


def test_blanks_separate_beside_commas_where_they_part_known_ids(release):
    found, unknown = customers.several(release, [f"12030 12031, {AWKWARD[4]}; none such, 12032 99999"])
    assert [each.customer_id for each in found] == ["12030", "12031", AWKWARD[4], "12032"]
    assert unknown == ["none such", "99999"]


def test_an_id_longer_than_ids_are_is_refused_and_not_cut(release):
    for typed in ("9" * 65, "12030," + "9" * 65, "12030 " + "9" * 65):
        with pytest.raises(Refusal, match=r"An ID has at most 64 characters\."):
            customers.several(release, [typed])
    with pytest.raises(NotFound, match=r"^An ID has at most 64 characters\.$"):
        customers.profile(release, "12030" + " " * 60 + "x")
    assert customers.several(release, [" " * 70 + "12030"])[0][0].customer_id == "12030"
    assert customers.several(release, ["9" * 64]) == ([], ["9" * 64])


def test_c5_too_many_ids_are_refused_with_the_number_that_is_allowed(release):
    with pytest.raises(Refusal, match=r"That is 201 IDs\. Up to 200 can be looked up at once"):
        customers.several(release, [",".join(str(number) for number in range(201))])
    with pytest.raises(Refusal, match="too much text"):
        customers.several(release, ["1," * 500_000])


def test_the_command_line_gets_exact_numbers_and_iso_dates(release):
    found = customers.profile(release, "12030")
    answer = json.loads(json.dumps(customers.as_contract(release, found), allow_nan=False))
    assert answer["monetary"] == release.customers["monetary"][found.row]
    assert answer["last_purchase"] == found.last_purchase.isoformat()
    assert answer["rfm_class"] == "".join(str(answer["scores"][letter]) for letter in "rfm")
    assert answer["segment"] == found.segment.name


def test_without_dates_and_scores_the_command_line_says_null():
    release = table_shop()
    answer = customers.as_contract(release, customers.profile(release, "12030"))
    assert (answer["scores"], answer["rfm_class"], answer["first_purchase"]) == (None, None, None)
    assert answer["last_purchase"]


def test_months_have_no_holes_and_hold_every_order(release):
    for row in range(release.count):
        shown = standing(release, customers.at(release, row))
        months = details(release, shown).months
        assert [name for name, _ in months] == sorted({name for name, _ in months})
        assert months[0][0] == f"{shown.profile.first_purchase:%Y-%m}"
        assert months[-1][0] == "2024-12"
        assert len(months) == 12 - shown.profile.first_purchase.month + 1
        assert sum(spent for _, spent in months) == pytest.approx(shown.profile.values["monetary"])


def test_the_history_ends_with_the_segment_of_today(release):
    for row in range(release.count):
        profile = customers.at(release, row)
        history = details(release, standing(release, profile)).history
        assert release.segments[history[-1][1]] is profile.segment
        assert history[-1][0] == "2024-12-31"
        assert len(history) <= 12
        known = [(day, index) for day, index, _ in history if index >= 0]
        assert known[0][0] >= profile.first_purchase.date().isoformat()
        changes = [one[1] != other[1] for one, other in pairwise(known)]
        told = [cause is not None for _, index, cause in history if index >= 0]
        assert told[1:] == changes


def test_a_release_from_before_causes_were_kept_shows_the_history_without_them(release, monkeypatch):
    older = {name: column for name, column in release.customers.items() if "snapshot_f" not in name}
    monkeypatch.setattr(release, "customers", older)
    history = details(release, standing(release, customers.at(release, 0))).history
    assert {cause for _, _, cause in history} == {None}


def test_the_days_foretold_are_those_on_which_a_release_without_new_orders_would_score_so(release):
    for row in range(release.count):
        shown = standing(release, customers.at(release, row))
        for turn in shown.turns:
            assert turn.on == (shown.profile.last_purchase + timedelta(days=turn.recency)).date()
            values = shown.profile.values | {"recency": turn.recency}
            raw = np.array([[values[axis] for axis in AXES]])
            assert release.segments[int(release.segmentation.segment(raw)[0])] is turn.segment
            assert turn.on > AS_OF.date() or turn.recency > shown.profile.values["recency"]


def test_the_segments_spend_an_order_is_the_median_over_its_customers(release):
    shown = standing(release, customers.profile(release, "12030"))
    alike = [
        customers.at(release, row)
        for row in range(release.count)
        if customers.at(release, row).segment is shown.profile.segment
    ]
    expected = median(each.values["monetary"] / each.orders for each in alike)
    assert details(release, shown).segment_order == pytest.approx(expected)


def test_lines_are_what_an_order_adds_where_lines_are_counted():
    release = shop("quartile")
    shown = standing(release, customers.profile(release, "12030"))
    assert shown.unit == "lines"
    assert shown.profile.values["frequency"] == 3 * shown.profile.orders
    raw = np.array(
        [[0, shown.profile.values["frequency"] + 3, shown.profile.values["monetary"] + shown.usual_order]]
    )
    assert release.segments[int(release.segmentation.segment(raw)[0])] is shown.after
