"""Who churned by the table of customers that a release was made of, persona by persona."""

from __future__ import annotations

import numpy as np
import pytest

from callbacks.churn.view import show
from layouts.churn.told import finding
from services.serving.churn.told import ToldGroup, told_by_group, told_churn
from tests.training.ledger.test_customer_table import HEADER, table, train_on
from tests.truth.said import text_of

pytestmark = pytest.mark.usefixtures("little_evidence")


def rows_with(words):
    return [[*row, words[place % len(words)]] for place, row in enumerate(table())]


@pytest.mark.parametrize("words", [("1", "0", ""), ("Yes", "no", "N/A"), ("TRUE", "false", "")])
def test_a_table_that_says_who_churned_is_counted_by_persona(tmp_path, words):
    release = train_on(tmp_path, rows_with(words), [*HEADER, "Churn"])
    said = told_churn(release)
    ids = [release.id_of(row) for row in range(release.count)]
    expected = {row[0]: (1, 0, -1)[place % 3] for place, row in enumerate(table())}
    assert dict(zip(ids, said.tolist(), strict=True)) == expected
    shares = told_by_group(said, release.customers["segment"])
    for each in shares:
        inside = said[release.customers["segment"] == each.place]
        assert (each.churned, each.customers) == ((inside == 1).sum(), (inside >= 0).sum())
    page = text_of(show(release, "")["missing"]).replace("\u00a0", " ")
    assert "A table of customers has no individual orders" in page
    assert "20 of 40 customers churned, 50 %; no segment is shown to churn more often than the rest." in page
    assert "Churned, by segment" in page
    assert "Churned, by cluster" not in page  # personas are clusters by other names


def test_a_column_of_other_words_is_not_used_and_the_reader_is_told(tmp_path):
    release = train_on(tmp_path, rows_with(("gold", "0")), [*HEADER, "Churn"])
    assert told_churn(release) is None
    assert any("holds words other than yes and no" in each for each in release.manifest.warnings)
    assert "Back to Segments" in text_of(show(release, "")["missing"])


def test_a_table_without_such_a_column_says_nothing_of_it(tmp_path):
    release = train_on(tmp_path, table())
    assert "churned" not in release.customers
    assert "Churned" not in text_of(show(release, "")["missing"])


def test_a_persona_that_churns_more_often_than_the_rest_is_named_where_that_is_proven():
    churned = np.repeat(np.array([1, 0, 1, 0], "i1"), [80, 20, 100, 900])
    places = np.repeat(np.array([0, 1], "i2"), [100, 1_000])
    shares = told_by_group(churned, places)
    assert [(each.place, each.verdict) for each in shares] == [(0, "more"), (1, "less")]
    assert finding(shares, ["Gone", "Loyal"], "segment").replace("\u00a0", " ") == (
        "180 of 1,100 customers churned, 16 %; more often than the rest: Gone (80 %)."
    )
    assert finding([], [], "segment") == "The table does not say whether anybody in a group churned."
    assert ToldGroup(0, 1, 4, 0.0, 1.0, "cannot tell").share == 0.25
