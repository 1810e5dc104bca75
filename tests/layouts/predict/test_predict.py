"""What is said of a prediction, and the parts from which the browser builds it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from layouts.predict import answer as view
from layouts.predict import findings
from layouts.predict import words as said
from services.releases.overview.scores import AxisRange, Scoring
from tests.overviews import cluster, segment

STANDARD = Scoring(scale=5, best="high", edges={}, sizes={})
NAMES = ["Loyal", "At risk"]
MEANS = {"recency": 92.4, "frequency": 2.6, "monetary": 1800.0}
ENDS = AxisRange(min=1.0, max=374.0, median=92.0, unit="orders")


def change(axis="recency", direction="lower", value=72.0, segment=0):
    return SimpleNamespace(axis=axis, direction=direction, value=value, segment=segment)


def person(customer_id="12348", recency=75.0, segment=1, cluster=0):
    values = {"recency": recency, "frequency": 4.0, "monetary": 1797.24}
    return SimpleNamespace(customer_id=customer_id, values=values, segment=segment, cluster=cluster)


def answer(*changes, recency=75.0, frequency=4.0, people=(), scores=(2, 4, 4)):
    axes = ("recency", "frequency", "monetary")
    prediction = SimpleNamespace(
        values={"recency": recency, "frequency": frequency, "monetary": 1797.24},
        scores=dict(zip(axes, scores, strict=True)) if scores else None,
        margin=0.7,
    )
    return SimpleNamespace(
        prediction=prediction,
        segment=1,
        cluster=0,
        changes=list(changes),
        people=list(people),
        means=MEANS,
    )


def test_the_sentence_gives_the_scores_and_what_the_customer_was_before():
    text, name, rest = said.sentence(answer(change()), "grid", STANDARD, NAMES, "orders")
    assert text == (
        "75 days is recency score 2; four orders and £1,797.24 are frequency 4 and spend 4, "
        "so buying score 4. The recency cut point is 72 days: three days earlier this was "
    )
    assert (name, rest) == ("Loyal", ".")


def test_without_an_earlier_segment_the_sentence_says_what_comes():
    later = change(direction="higher", value=180.0, segment=-1)
    text, name, rest = said.sentence(answer(later), "grid", STANDARD, NAMES, "orders")
    assert text.endswith("From 180 days on, it would be ")
    assert (name, rest) == ("no segment", ".")


@pytest.mark.parametrize(
    ("kind", "scoring", "scores", "unit", "words"),
    [
        ("score", STANDARD, (2, 4, 4), "orders", "frequency 4 and spend 4, where 5 is best."),
        (
            "rules",
            Scoring(scale=4, best="low", edges={}, sizes={}),
            (3, 2, 1),
            "lines",
            "four lines and £1,797.24 are frequency 2",
        ),
        ("rules", Scoring(scale=4, best="low", edges={}, sizes={}), (3, 2, 1), "lines", "where 1 is best."),
        (
            "means",
            None,
            None,
            "orders",
            "The averages of all customers are 92 days, 2.6 orders and £1,800.00;",
        ),
        ("means", None, None, "orders", "better than average: recency and frequency."),
        ("clusters", None, None, "orders", "each cluster is a segment."),
    ],
)
def test_every_kind_of_segments_has_its_reason(kind, scoring, scores, unit, words):
    (text,) = said.sentence(answer(scores=scores), kind, scoring, NAMES, unit)
    assert words in text
    assert "buying" not in text


def test_against_the_means_all_and_none_are_said_in_words():
    best, worst = answer(scores=None), answer(scores=None, recency=93.0, frequency=2.0)
    best.prediction.values["monetary"] = 1801.0
    assert "better than average: all three." in said.sentence(best, "means", None, NAMES, "orders")[0]
    assert "better than average: nothing." in said.sentence(worst, "means", None, NAMES, "orders")[0]


def test_one_day_and_one_order_are_no_plural():
    one = answer(change(value=0.0), recency=1.0, frequency=1.0)
    text, *_named = said.sentence(one, "grid", STANDARD, NAMES, "orders")
    assert text.startswith("1 day is recency score 2; 1 order and ")
    assert "is 0 days: one day earlier" in text


def test_scores_are_digits_a_class_where_one_is_best_and_nothing_where_there_are_none():
    assert said.score(answer().prediction, "high") == "score 244"
    assert said.score(answer().prediction, "low") == "class 244"
    assert said.score(answer(scores=None).prediction, None) == ""


@pytest.mark.parametrize(
    ("margin", "words"), [(0.7, "0.70, clear"), (0.09, "0.09, borderline"), (0.1, "0.10, clear")]
)
def test_a_margin_is_said_in_words(margin, words):
    assert said.margin(SimpleNamespace(margin=margin), 4) == words


def test_one_cluster_has_no_margin():
    assert said.margin(SimpleNamespace(margin=0.0), 1) == "Only one cluster"


def test_a_value_outside_the_data_is_called_an_extrapolation():
    assert said.beyond("recency", 374.0, ENDS) is None
    longer = said.beyond("recency", 375.0, ENDS)
    assert (
        longer == "Longer than anyone in the data waited. The answer is an extrapolation: treat it with care."
    )
    assert said.beyond("frequency", 400.0, ENDS.model_copy(update={"unit": "lines"})).startswith(
        "More lines than anyone"
    )
    assert said.beyond("monetary", 0.0, ENDS).startswith("Less than anyone in the data spent.")


def test_the_range_names_what_is_outside():
    inside = {"recency": True, "frequency": True, "monetary": True}
    assert said.inside(inside) == "All three values"
    assert said.inside(inside | {"recency": False}) == "Recency is outside"
    assert said.inside(inside | {"recency": False, "monetary": False}) == "Recency and spend are outside"


def test_distances_say_how_much_nearer_the_first_is():
    assert (
        findings.distances_finding(["A", "B"], [0.32, 1.82]) == "Closest to A; the next is 5.7 times as far."
    )
    assert (
        findings.distances_finding(["A", "B"], [1.0, 1.01]) == "Closest to A, but the next is about as near."
    )
    assert findings.distances_finding(["A"], [1.0]) == "Closest to A."
    assert findings.distances_finding(["A", "B"], [0.0, 1.0]) == "Closest to A."


def test_the_customer_asked_from_is_named_and_agreement_is_checked_not_claimed():
    agreeing = answer(people=[person(), person("13134", recency=86.0)])
    assert findings.people_finding(agreeing, NAMES, "12348") == (
        "12348, the customer you started from, has exactly these values and is in the same segment and "
        "cluster."
    )
    assert findings.people_finding(agreeing, NAMES, None).startswith("12348 has exactly these values")
    differing = answer(people=[person(cluster=1)])
    assert findings.people_finding(differing, NAMES, "12348").endswith("is in another segment or cluster.")


def test_without_an_equal_customer_the_nearest_are_counted_by_segment():
    people = [person("a", 80.0), person("b", 81.0, segment=0), person("c", 82.0)]
    assert (
        findings.people_finding(answer(people=people), NAMES, None)
        == "Two of the three nearest are in At risk too."
    )
    assert (
        findings.people_finding(answer(people=people[1:2]), NAMES, None)
        == "The only customer is not in At risk."
    )


def test_the_last_of_the_segments_stands_for_none():
    found = view.segments([segment("loyal", "Loyal", cells=[(5, 5)])])
    assert [each["name"] for each in found] == ["Loyal", "No segment"]


def test_a_segment_that_is_a_cluster_keeps_its_letter_and_its_colour():
    (found, none) = view.clusters_as_segments([cluster("c1", "B", "Small spenders", colour=4)])
    assert (found["name"], found["colour"]) == ("Small spenders", "var(--cluster-4)")
    assert none["name"] == "No segment"


def test_where_the_numbers_come_from_says_whether_they_were_changed():
    assert view.started("12348", False)[-1] == "; drag to try other values."
    assert view.started("12348", True)[-1] == "; changed since then."
    assert view.started("A/1 ?", True)[1].href == "/customers?id=A%2F1%20%3F"
