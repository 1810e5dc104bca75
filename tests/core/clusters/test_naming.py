"""Names of clusters: every word true of the members, no two clusters named alike."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.clusters.naming import names
from services.core.clusters.positions import Position, positions
from services.core.clusters.words import words_of

ROWS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 9), st.integers(0, 900).map(float), st.integers(0, 3)),
    min_size=4,
    max_size=40,
)


def at(recency=0.5, frequency=0.5, monetary=0.5, median=3, once=0.0, twice=0.0):
    """A cluster at places of the base, with a median number of orders."""
    place = {"recency": recency, "frequency": frequency, "monetary": monetary}
    return Position({**place, "frequency": float(median)}, place, once, twice)


def texts(found, orders=True, **given_):
    return [name.text for name in names(found, frequency_is_orders=orders, **given_)]


def located(rows):
    """Positions of the groups in rows of R, F, M and group."""
    found = sorted({row[3] for row in rows})
    rfm = pd.DataFrame([row[:3] for row in rows], columns=["recency", "frequency", "monetary"])
    return positions(rfm, np.array([found.index(row[3]) for row in rows], np.int16), len(found))


SHARES = ((1, 0.95, 1), (1, 0.7, 0.95), (2, 0.1, 0.5), (4, 0, 0.3), (9, 0, 0))
BEST = at(0.15, 0.93, 0.93, median=11)
STEADY = at(0.4, 0.7, 0.7, median=4, once=0.01, twice=0.13)
SMALL = at(0.5, 0.17, 0.29, median=1, once=0.57, twice=0.93)
GONE = at(0.89, 0.17, 0.24, median=1, once=0.92, twice=0.99)


def test_clusters_are_named_by_what_is_true_of_their_members():
    assert texts([BEST, STEADY, SMALL, GONE]) == [
        "Frequent big spenders",
        "Steady regulars",
        "Small spenders, one or two orders",
        "One order, long ago",
    ]


def test_each_word_says_in_a_sentence_what_it_means():
    assert names([STEADY, GONE], frequency_is_orders=True)[1].words == (
        ("One order", "at least 90\u00a0% of them ordered once"),
        ("long ago", "their median last order is longer ago than that of two thirds of all customers"),
    )


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (at(0.3, 0.2, 0.5, median=1, once=0.9, twice=1), "Recent one-time buyers"),
        (at(0.3, 0.2, 0.5, median=1, once=0.89, twice=0.9), "Recent buyers, one or two orders"),
        (at(0.5, 0.2, 0.2, median=1, once=0.9, twice=1), "One-time small spenders"),
        (at(0.3, 0.5, 0.2, median=2, once=0.2, twice=0.6), "Recent small spenders"),
        (at(0.95, 0.96, 0.5, median=30), "Very frequent buyers, very long ago"),
        (at(0.5, 0.96, 0.96, median=2, once=0.1, twice=0.8), "Repeat top spenders"),
        (at(0.5, 0.3, 0.5, median=9), "Few orders"),
    ],
)
def test_a_word_is_given_only_where_its_test_holds(found, name):
    assert texts([found]) == [name]


def test_lines_are_not_orders():
    many = at(0.2, 0.9, 0.9, median=300)
    few = at(0.8, 0.2, 0.4, median=1, once=1, twice=1)
    assert texts([many, few], orders=False) == ["Big spenders, many lines", "Few lines, long ago"]


def test_a_name_is_true_of_no_other_cluster():
    # alike but for recency: it has to be said, though spend lies further out
    assert texts([at(0.3, 0.9, 0.99, median=9), at(0.5, 0.9, 0.99, median=9)]) == [
        "Recent frequent buyers",
        "Frequent buyers, not long ago",
    ]


def test_clusters_of_the_same_words_are_told_apart_by_their_order():
    alike = [at(0.5, 0.1, 0.5, median=median) for median in (7, 5, 6)]
    assert texts(alike) == [
        f"Infrequent medium spenders, not long ago, {told}"
        for told in ("most orders", "fewest orders", "2 of 3 by orders")
    ]
    same = texts([BEST, BEST])
    assert same[0] != same[1]


def test_a_name_stays_while_it_is_true():
    kept = ["Frequent big spenders", None]
    assert texts([at(0.1, 0.97, 0.97, median=20), GONE], kept=kept)[0] == "Frequent big spenders"
    assert texts([at(0.1, 0.75, 0.97, median=20), GONE], kept=kept)[0] == "Regular top spenders"


def test_a_name_that_has_come_to_be_true_of_another_cluster_too_changes():
    top = at(0.1, 0.97, 0.97, median=20)
    found = texts([top, at(0.1, 0.85, 0.85, median=9)], kept=["Frequent big spenders", None])
    assert found == ["Very frequent top spenders", "Recent frequent buyers"]


def test_a_name_from_before_is_not_given_to_another_cluster_that_can_have_its_own():
    alone = texts([STEADY, GONE])
    assert alone[1] == "One order, long ago"
    assert texts([STEADY, GONE], elsewhere=["One order, long ago"])[1] == "One-time small spenders"


@given(ROWS, st.booleans())
def test_names_differ_and_every_word_of_them_is_a_true_one(rows, orders):
    found = located(rows)
    named = names(found, frequency_is_orders=orders)
    assert len({name.text for name in named}) == len(found)
    every = [word for words in words_of(frequency_is_orders=orders).values() for word in words]
    tests = {form: word for word in every for form in (word.text, word.before)}
    for position, name in zip(found, named, strict=True):
        assert all(tests[word].holds(position) for word, _ in name.words if word in tests)


@given(ROWS, st.randoms())
def test_names_follow_the_customers_not_the_labels(rows, random):
    groups = sorted({row[3] for row in rows})
    others = random.sample(groups, len(groups))
    moved = [(*row[:3], others[groups.index(row[3])]) for row in random.sample(rows, len(rows))]
    one, two = texts(located(rows)), texts(located(moved))
    first, second = (dict(zip(groups, found, strict=True)) for found in (one, two))
    same = {group: second[others[groups.index(group)]] for group in groups}
    told = [name for name in one if ", group " not in name]
    assert told == [same[group] for group, name in first.items() if name in told]


def test_the_words_of_an_axis_leave_no_place_unnamed():
    for orders in (True, False):
        for words in words_of(frequency_is_orders=orders).values():
            for place in np.linspace(0, 1, 61):
                for median, once, twice in SHARES:
                    assert any(word.holds(at(place, place, place, median, once, twice)) for word in words)
