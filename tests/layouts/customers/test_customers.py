"""What the tab Customers says of a customer: a sentence for every count, every case."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from dash import html

from layouts.customers import cards as customers_cards
from layouts.customers import findings
from layouts.customers import states as customers_answers
from layouts.customers import words as customers_words
from layouts.customers.frame import layout
from layouts.ids import Customers
from tests.overviews import cluster, segment

CHAMPIONS = segment("champions", "Champions", cells=[(5, 5)], customers=884)
LOYAL = segment("loyal", "Loyal", cells=[(4, 4)], customers=560)
CLUSTER = cluster("c1", "A", "Frequent big spenders")
LIMIT = "longer than the 33 days a customer can wait and stay in Champions"
BEST = "most in Nov 2011: £5.00."
RECORD = SimpleNamespace(level=80, intervals=1638, held=1298)
EXPECTED = SimpleNamespace(low=date(2011, 12, 14), high=date(2012, 2, 2), record=RECORD)


def rhythm(id="in-rhythm", name="In rhythm", **changed):
    state = SimpleNamespace(id=id, name=name, tried=1_942, ordered=576)
    rest = {"overdue_from": date(2012, 2, 11), "overdue_days": 0, "expected": EXPECTED, "horizon": 90}
    return SimpleNamespace(**{"state": state, **rest, **changed})


def profile(**changed):
    values = {"recency": 2, "frequency": 7, "monetary": 4310.0}
    return SimpleNamespace(
        **{
            "customer_id": "12347",
            "values": values,
            "scores": dict.fromkeys(values, 5),
            "top": {"recency": 0.04, "frequency": 0.16, "monetary": 0.004},
            "segment": CHAMPIONS,
            "cluster": CLUSTER,
            "distances": [0.99],
            "margin": 0.43,
            "country": "Iceland",
            "orders": 7,
            "products": 103,
            "first_purchase": datetime(2010, 12, 7, 14, 57),
            "last_purchase": datetime(2011, 12, 7, 15, 52),
        }
        | changed
    )


def standing(turns=((date(2012, 1, 10), 34, LOYAL),), who=None, **changed):
    return SimpleNamespace(
        **{
            "profile": who or profile(),
            "orders": [1],
            "scale": 5,
            "best": "high",
            "unit": "orders",
            "as_of": datetime(2011, 12, 10, 12, 50),
            "turns": [SimpleNamespace(on=on, recency=day, segment=segment) for on, day, segment in turns],
            "usual_order": 584.91,
            "after": CHAMPIONS,
            "any_order_keeps": False,
            "gaps": [],
            "usual_gap": 58.5,
            "rhythm": rhythm(),
            "no_rhythm": "",
            "churn": None,
            "no_churn": "Nobody’s chance of no order is known.",
            "looked": None,
        }
        | changed
    )


def head(shown):
    return customers_answers.head(shown, customers_answers.looks([CHAMPIONS, LOYAL], [CLUSTER]))


def said(content):
    """Read a sentence of texts and components as a reader does."""
    if isinstance(content, list | tuple):
        return "".join(said(part) for part in content)
    return (
        said(content.children)
        if isinstance(content, html.B | html.Span | html.Div | html.Button)
        else str(content or "")
    )


def test_the_reason_is_the_segment_its_evidence_and_what_to_expect():
    assert said(customers_words.reason(standing())) == (
        "Champions: last ordered 2 days ago (as of 10 Dec 2011), ordered seven times in a year, for "
        "£4,310.00. The usual gap of 58.5 days is longer than the 33 days a customer can wait and stay in "
        "Champions, so expect Loyal from 10 January 2012 without another order."
    )


def test_who_orders_often_enough_is_told_apart():
    often = standing(usual_gap=9)
    assert "The usual gap of 9 days is within the 33 days" in said(customers_words.reason(often))


def test_one_order_one_day_ago_is_singular_and_expects_nothing():
    once = profile(values={"recency": 1, "frequency": 1, "monetary": 10.0}, orders=1,
                   first_purchase=datetime(2011, 12, 9))  # fmt: skip
    only = standing(who=once, usual_gap=None, turns=())
    assert (
        said(customers_words.reason(only))
        == "Champions: ordered once, 1 day ago (as of 10 Dec 2011), for £10.00."
    )


def test_without_dates_or_a_segment_nothing_is_made_up():
    bare = standing(
        who=profile(first_purchase=None, segment=None, country=None),
        orders=[],
        usual_gap=None,
        rhythm=None,
        no_rhythm="A table of customers has no single orders.",
        turns=(),
    )
    assert said(customers_words.reason(bare)).startswith(
        "No segment: last ordered 2 days ago (as of 10 Dec 2011), ordered seven times, for"
    )
    assert "no single orders" in said(customers_words.expected(bare))
    shown = head(bare)
    assert (shown["country"], shown["first"]) == ("unknown", "unknown")
    assert "table of customers" in shown["missing"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "An order before 10 Jan 2012 of the usual £584.91 keeps the customer in Champions."),
        ({"turns": ()}, "An order of the usual £584.91 keeps the customer in Champions."),
        ({"any_order_keeps": True}, "Any order before 10 Jan 2012 keeps the customer in Champions."),
        ({"any_order_keeps": True, "turns": ()}, "Any order keeps this customer in Champions."),
        ({"after": LOYAL}, "Another order of the usual £584.91 would move this customer to Loyal."),
        ({"after": None}, "Another order of the usual £584.91 would move this customer to no segment."),
    ],
)
def test_what_an_order_does_is_said_for_each_case(changed, sentence):
    assert said(customers_words.with_order(standing(**changed))) == sentence


def test_the_segments_that_waiting_brings_stand_with_their_days():
    turns = (
        (date(2012, 1, 10), 34, LOYAL),
        (date(2012, 2, 18), 73, None),
        (date(2013, 1, 1), 400, CHAMPIONS),
    )
    text = said(head(standing(turns=turns))["without"])
    assert text == "Loyal from 10 Jan 2012, No segment from 18 Feb 2012, by today’s cut points."
    assert head(standing(turns=()))["without"] == "Without an order, nothing changes."
    # centres of clusters may lie beyond what anybody waited
    assert head(standing(turns=(), looked=631))["without"] == (
        "Without an order, nothing changes up to 631 days after the last one, the longest wait in the data."
    )


def test_shares_are_never_better_than_the_top_one_per_cent():
    assert customers_words.score(5, 0.0002) == "Score 5, top 1\u00a0%"
    assert customers_words.score(None, 0.5) == "Top 50\u00a0%"


def test_a_share_beyond_the_half_counts_those_who_are_worse_not_those_who_tie():
    assert customers_words.score(2, 0.7) == "Score 2, better than 30\u00a0%"
    # four in ten may have one order: whoever has one is not among the bottom 1 %
    assert customers_words.score(1, 1.0) == "Score 1, better than almost nobody"


def test_a_margin_under_a_tenth_is_borderline():
    assert customers_words.margin(0.0999, 4) == "0.10, borderline"
    assert customers_words.margin(0.1, 4) == "0.10, clear"
    assert customers_words.margin(0.0, 1) == "Only one cluster"


def test_the_best_score_fills_all_squares_whichever_end_is_best():
    ones = profile(scores={"recency": 1, "frequency": 1, "monetary": 4})
    low = head(standing(who=ones, scale=4, best="low"))["squares"]
    assert [low[axis]["--on"] for axis in low] == [4, 4, 1]
    high = head(standing(who=ones))["squares"]
    assert [high[axis] for axis in high] == [
        {"--on": 1, "--of": 5},
        {"--on": 1, "--of": 5},
        {"--on": 4, "--of": 5},
    ]


def gaps_of(*days):
    return [SimpleNamespace(days=each, until=datetime(2011, 1, 26)) for each in days]


@pytest.mark.parametrize(
    ("days", "allowed", "sentence"),
    [
        ((50, 71, 63, 54, 90, 37), 33, f"Every gap was {LIMIT}; half are 58 days or shorter."),
        ((1, 2), 33, f"No gap was {LIMIT}; half are 1 day or shorter."),
        ((1, 40), 33, f"One of two gaps was {LIMIT}; half are 20 days or shorter."),
        ((1, 40, 41), 33, f"Two of three gaps were {LIMIT}; half are 40 days or shorter."),
        ((40,), 33, f"The only gap, 40 days, was {LIMIT}."),
        ((1,), 33, f"The only gap, 1 day, was not {LIMIT}."),
        ((1,), None, "The only gap was 1 day."),
        ((1, 3), None, "Half are 2 days or shorter."),
    ],
)
def test_gaps_are_compared_with_what_the_segment_allows(days, allowed, sentence):
    assert findings.gaps(gaps_of(*days), allowed, "Champions") == sentence


@pytest.mark.parametrize(
    ("same", "of", "sentence"),
    [
        (5, 5, "The five nearest are all in Loyal too."),
        (4, 5, "Four of the five nearest are in Loyal too."),
        (1, 5, "One of the five nearest is in Loyal too."),
        (0, 5, "None of the five nearest is in Loyal."),
        (1, 1, "The nearest is in Loyal too."),
        (0, 1, "The nearest is not in Loyal."),
    ],
)
def test_the_nearest_are_counted_in_grammar(same, of, sentence):
    assert findings.similar(same, of, "Loyal") == sentence


@pytest.mark.parametrize(
    ("months", "sentence"),
    [
        ([("2011-10", 0.0), ("2011-11", 5.0)], "All of the spend was in Nov 2011."),
        ([("2011-10", 2.0), ("2011-11", 5.0)], f"Spend in both months, {BEST}"),
        (
            [("2011-09", 2.0), ("2011-10", 0.0), ("2011-11", 5.0)],
            f"Spend in two of three months, {BEST}",
        ),
        ([("2011-10", 0.0)], "Every order was free."),
    ],
)
def test_the_best_month_is_named(months, sentence):
    assert findings.months(months) == sentence


def test_a_distance_is_compared_only_where_there_is_something_to_compare():
    assert findings.distance("A", None) == "Nearest to A."
    assert findings.distance("A", 1.01) == "Nearest to A, but the next cluster is about as near."
    assert findings.distance("A", 1.44) == "Nearest to A; the next cluster is 1.4 times as far."
    assert findings.distance("A", 200) == "Nearest to A; the next cluster is more than ten times as far."


def test_a_customer_without_gaps_or_products_is_told_what_would_bring_them():
    bare = standing(gaps=[], usual_gap=None)
    assert customers_cards.gaps(bare)["gaps_hidden"] is True
    nothing = customers_cards.favourites(bare, SimpleNamespace(favourites=[]))
    assert nothing["favourites_finding"] == (
        "This customer’s orders name no products, so there are no favourites."
    )
    assert nothing["parts"] == {}
    alone = customers_cards.similar([CHAMPIONS], bare, SimpleNamespace(similar=[]))
    assert "one customer" in alone["similar_finding"]


def test_many_orders_are_a_bar_few_are_squares():
    best = SimpleNamespace(description="JAM", orders=3, pieces=None, amount=9.0)
    few = customers_cards.favourites(standing(), SimpleNamespace(favourites=[best]))
    assert few["parts"][Customers.FAVOURITES]["rows"][0][1][:3] == ["squares", 3, 7]
    many = customers_cards.favourites(standing(who=profile(orders=210)), SimpleNamespace(favourites=[best]))
    assert many["parts"][Customers.FAVOURITES]["rows"][0][1][0] == "track"
    assert "bar" in many["favourites_note"]


def test_the_page_before_a_look_up_offers_customers_to_begin_with():
    offered = str(customers_answers.before([SimpleNamespace(customer_id="a/b & c", segment=LOYAL)]))
    assert "/customers?id=a%2Fb%20%26%20c" in offered
    assert "Loyal" in offered


def test_the_frame_holds_every_place_once():
    named = [part.id for part in layout()._traverse() if getattr(part, "id", None)]
    assert len(named) == len(set(named))
    assert set(Customers) <= set(named)
