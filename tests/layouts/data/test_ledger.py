"""The tab Data: the ledger at a glance, and how the release was trained."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from dash import dcc, html

from layouts.data import ledger as data_ledger
from layouts.data import shares as data_shares
from layouts.data import training as data_training
from services.releases.overview.groups import Country, NumberOfClusters
from services.releases.overview.ledger import BestSeller, Matched, Returned
from services.serving.release.provenance import Band
from tests.layouts.data.pages import HOURS, THREE, changed, month, parts, rows_of, text, tiny


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return tiny(tmp_path_factory.mktemp("models"))


def test_one_month_is_said_to_be_one(found):
    card = data_ledger.sales(changed(found, months=[month("2011-11", whole=False)]))
    assert "The file covers 141 days of Nov 2011: £10 from 2 orders." in text(card)
    whole = data_ledger.sales(changed(found, months=[month("2011-11")]))
    assert "The file covers one month, Nov 2011: £10 from 2 orders." in text(whole)
    assert "Nov 2011 (faint) is not a whole month" in text(card)
    assert rows_of(card) == [["Nov 2011", "£10", "2", "1"]]


def test_the_best_month_is_found_and_the_table_holds_the_same_numbers(found):
    months = [month("2011-10", revenue=1_500_000.0, orders=7), month("2011-11"), month("2011-12")]
    card = data_ledger.sales(changed(found, months=months))
    assert "Oct 2011 was the best of 3 months: £1.50m from 7 orders." in text(card)
    assert rows_of(card)[0] == ["Oct 2011", "£1,500,000", "7", "1"]
    assert "faint" not in text(card)
    alike = data_ledger.sales(changed(found, months=[month("2011-10"), month("2011-11")]))
    assert "The file covers 2 calendar months: £20 from 4 orders." in text(alike)


def test_order_times_name_the_busiest_day_and_hour_and_the_idle_days():
    card = data_ledger.hours([[10 * orders for orders in row] for row in HOURS])
    assert (
        "Thursday is the busiest day with 80\u00a0% of orders, 12:00 to 13:00 the busiest hour with 60\u00a0%"
        "; none on Monday, Tuesday, Wednesday, Friday and Saturday."
    ) in text(card)
    assert rows_of(card) == [
        ["12:00", "0", "0", "0", "60", "0", "0", "0"],
        ["13:00", "0", "0", "0", "20", "0", "0", "20"],
    ]


def test_no_day_is_the_busiest_of_ten_orders_or_of_two_that_are_written_alike():
    assert "10 orders." in text(data_ledger.hours(HOURS))
    even = [[0] * 24 for _day in range(7)]
    even[0][9] = even[1][9] = 50
    told = text(data_ledger.hours(even))
    assert "9:00 to 10:00 is the busiest hour with 100\u00a0% of orders; none on Wednesday" in told
    assert "busiest day" not in told


def test_returns_are_a_share_of_revenue_by_month(found):
    gone = Returned(lines=3, amount=5.0, invoices=2)
    months = [month("2011-11", returns=5.0), month("2011-12", revenue=0.0)]
    some = changed(found, glance={"returns": gone}, months=months, revenue=10.0)
    card = data_ledger.returns(some)
    assert "£5 came back, 50.0\u00a0% of revenue." in text(card)
    assert "3 rows on 2 invoices" in text(card)
    assert rows_of(card) == [["Nov 2011", "£5", "50.0\u00a0%"], ["Dec 2011", "£0", "–"]]
    assert "£5 came back." in text(data_ledger.returns(replace(some, revenue=0.0)))
    assert "Revenue is not reduced by them." in text(card)


@pytest.mark.parametrize(("unmatched", "said"), [(0, False), (1, True)])
def test_what_returns_took_off_orders_is_told_from_what_matches_no_purchase(found, unmatched, said):
    matched = Matched(
        amount=3.0, pieces=1.0, unmatched_lines=unmatched, unmatched_pieces=1.0, unmatched_amount=2.0
    )
    gone = Returned(lines=3, amount=5.0, invoices=2, matched=matched)
    shown = text(data_ledger.returns(changed(found, glance={"returns": gone}, months=[month("2011-11")])))
    assert "£3 was taken off the orders, at the prices they were bought at." in shown
    assert ("£2 on 1 row matches no purchase in the file" in shown) == said
    assert "not reduced" not in shown


def test_countries_beyond_the_first_are_summed_in_the_picture_and_listed_in_the_table():
    places = [Country(name=f"Land {n}", customers=20 - n, revenue=100.0) for n in range(10)]
    card = data_shares.countries(places)
    assert "2 other countries" in text(card)
    assert len(rows_of(card)) == 10
    one = data_shares.countries(places[:1])
    assert "All customers with a country are in Land 0." in text(one)


def test_the_country_of_most_revenue_is_first_though_others_have_more_customers():
    places = [
        Country(name="Home", customers=60, revenue=300.0),
        *(Country(name=f"Land {n}", customers=4 - n // 4, revenue=10.0) for n in range(9)),
        Country(name="A & B", customers=1, revenue=600.0),
    ]
    card = data_shares.countries(places)
    assert "A & B brings 61\u00a0% of revenue, with 1\u00a0% of customers with a country." in text(card)
    assert [row[0] for row in rows_of(card)][:3] == ["A & B", "Home", "Land 0"]
    links = {part.children: part.href for part in parts(card, dcc.Link)}
    assert links["A & B"] == "/?country=A+%26+B"
    assert len(links) == 8
    (table,) = [
        json.loads(sent) for part in parts(card, html.Div) if (sent := getattr(part, "data-written", ""))
    ]
    assert table["leads"] == "/?country="  # those that the picture sums up have a link there alone
    unpaid = [each.model_copy(update={"revenue": 0.0}) for each in places]
    assert "are in Home." in text(data_shares.countries(unpaid))


def test_products_say_their_share_and_leave_pieces_out_where_there_are_no_quantities():
    goods = [
        BestSeller(
            product=f"p{n}",
            description="<i>LAMP</i>" if n else None,
            orders=1,
            pieces=2.0,
            revenue=30.0 - n,
        )
        for n in range(15)
    ]
    card = data_shares.products(goods, 600.0)
    assert (
        "The 15 best sellers bring 58\u00a0% of revenue; the first alone £30, from a single order."
        in text(card)
    )
    few = text(data_shares.products(goods[:12], 600.0))
    assert "The file has 12 products; the first brings £30, from a single order." in few
    assert rows_of(card)[0] == ["p0", "p0", "£30", "1", "2"]
    assert len(rows_of(data_shares.products(goods, 600.0, ["quantity"]))[0]) == 4
    assert "The one product brings no revenue." in text(data_shares.products(goods[:1], 0.0))


def test_a_number_of_clusters_that_was_given_has_no_evidence_to_show():
    card = data_training.clusters(NumberOfClusters(chosen=3, reason="3 was chosen by hand.", evidence=[]))
    assert "3 was chosen by hand." in text(card)
    assert parts(card, dcc.Graph) == []


def test_the_chosen_number_of_clusters_is_marked_in_picture_and_table():
    card = data_training.clusters(THREE)
    (graph,) = parts(card, dcc.Graph)
    assert [graph.figure["data"][0]["marker"]["size"][place] for place in range(3)] == [6, 11, 6]
    assert [row[0] for row in rows_of(card)] == ["2", "3,\u00a0chosen", "4"]


def test_a_preset_without_scores_says_that_it_has_none(found):
    assert "No scores" in text(data_training.cut_points(replace(found, bands={})))


@pytest.mark.parametrize(
    ("values", "money", "said"),
    [
        (Band(None, 13.6, 1), False, "13 or fewer"),
        (Band(13.6, 33.0, 1), False, "14 to 33"),
        (Band(2.0, 3.0, 1), False, "3"),
        (Band(3.0, 3.0, 0), False, "no value"),
        (Band(179.0, None, 1), False, "180 or more"),
        (Band(None, 248.844, 1), True, "to £248.84"),
        (Band(248.844, 487.118, 1), True, "over £248.84 to £487.12"),
        (Band(2054.82, None, 1), True, "over £2,054.82"),
        (Band(5.0, 5.0, 0), True, "no value"),
    ],
)
def test_a_score_is_written_as_the_values_it_stands_for(values, money, said):
    assert data_training.band(values, money=money) == said
