"""Sentences of cohorts: what is said of first orders only where it is proven, and periods by their names."""

from datetime import date

import pytest

from layouts.cohorts import kinds as by_kind
from layouts.cohorts import words as said
from layouts.cohorts.cards import Kind


def kind(name, short, of, back, customers, verdict):
    return Kind(name, short, of, "first", "x", back, customers, 0.1, 0.9, verdict)


LESS = kind("First order under £140", "under £140", "value", 32, 100, "less")
MORE = kind("First order £520 or more", "£520 or more", "value", 49, 100, "more")
CAKE = kind("Cakestand", "Cakestand", "product", 60, 100, "more")
OPEN = kind("France", "France", "country", 44, 100, "cannot tell")


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([LESS, MORE, CAKE], "First order £520 or more: 49 % order again within 90 days; under £140: 32 %."),
        ([MORE, CAKE], "Cakestand: 60 % order again within 90 days, against 41 % of all newcomers."),
        ([LESS, OPEN], "First order under £140: 32 % order again within 90 days, against 41 % of all "
                       "newcomers."),
        ([OPEN], "41 % of newcomers order again within 90 days; no kind of first order is shown to "
                 "bring back more or fewer."),
    ],
)  # fmt: skip
def test_a_claim_is_made_of_what_is_proven_alone(kinds, sentence):
    assert by_kind.best(kinds, 0.41, 90).replace("\u00a0", " ") == sentence


@pytest.mark.parametrize(
    ("first", "every", "last_of_it", "days"),
    [
        (date(2011, 12, 1), "month", date(2011, 12, 31), "9 of 31"),
        (date(2011, 10, 1), "quarter", date(2011, 12, 31), "70 of 92"),
        (date(2011, 12, 5), "week", date(2011, 12, 11), "5 of 7"),
    ],
)
def test_a_period_that_runs_says_how_much_of_it_is_known(first, every, last_of_it, days):
    told = said.note(date(2010, 12, 1), every, first, date(2011, 12, 9), capped=None)
    assert f"of which the data covers {days} days; the last row does not count it." in told
    assert "Hatched" not in said.note(date(2010, 12, 1), every, first, last_of_it, capped=None)


def test_the_finding_names_the_months_that_are_there():
    assert said.finding("month", "since January 2011", {1: 0.2, 6: 0.25, 9: 0.3}).replace("\u00a0", " ") == (
        "Of the customers won since January 2011, 20 % ordered in the next month and 25 % in the sixth."
    )
    weekly = said.finding("week", "since the week of 4 April 2011", {1: 0.2})
    assert weekly.endswith("20\u00a0% ordered in the next week.")
    assert said.won("month", date(2011, 1, 1), None) == "since January 2011"
    assert said.won("month", date(2011, 1, 1), date(2011, 5, 1)) == "from January 2011 to May 2011"
    assert said.finding("month", "since January 2011", {}) == (
        "Each cell is the share of a cohort that ordered in that month."
    )


def test_bands_are_said_without_a_gap():
    assert [by_kind.band("items", *ends) for ends in ((None, 7.0), (7.0, 8.0), (8.0, None))] == [
        "up to 6", "7", "8 or more",
    ]  # fmt: skip
    assert [by_kind.band("value", *ends) for ends in ((None, 140.0), (140.0, 230.0), (230.0, None))] == [
        "under £140", "£140 to under £230", "£230 or more",
    ]  # fmt: skip
