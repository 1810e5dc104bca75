"""What columns hold, who churned, and which rows are copies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from services.core.labelled.columns import learn, sign_of, typed
from services.core.labelled.copies import canonical, contradicting, copies, groups_of, splits
from services.core.labelled.ends import ends_of, refuse_too_few
from services.core.labelled.published import published
from services.core.refusals import Refusal

CELLS = {
    "Tenure": ["4", "", "N/A", "10.0"],
    "City": ["York", "", "Bath", "York"],
    "Shop": ["1", "1", "1", "1"],
    "Note": ["", "", "", ""],
}


def test_a_column_of_numbers_is_one_of_which_every_filled_cell_is_a_number():
    features, left_out = learn(CELLS, ".")
    assert [(each.name, each.kind, each.words) for each in features] == [
        ("Tenure", "number", ()),
        ("City", "category", ("York", "Bath")),
    ]
    assert (features[0].low, features[0].middle, features[0].high) == (4, 7, 10)
    why = {name: each.why for name, each in left_out.items()}
    assert why == {"Shop": "holds the same value in every row", "Note": "is empty"}
    assert left_out["Note"].said == "The column “Note” is empty and was left out."


def test_texts_of_which_most_stand_once_are_left_out():
    names = [f"name {place}" for place in range(40)]
    features, left_out = learn({"Name": names}, ".")
    assert (features, left_out["Name"].why) == ([], "has 40 different texts in 40 rows")
    assert learn({"Name": names * 2}, ".")[0][0].kind == "category"


def test_cells_that_are_no_numbers_and_new_words_are_counted_and_count_as_blank_and_as_new():
    features, _left_out = learn(CELLS, ".")
    told = typed(features, {"Tenure": ["many", "-", "3"], "City": ["Rome", "", "York"]}, ".")
    assert told.no_numbers == {"Tenure": 1}
    assert told.new_words == {"City": {"Rome": 1}}
    assert np.isnan(told.frame["Tenure"]).tolist() == [True, True, False]
    assert told.frame["City"].tolist() == ["Rome", "", "York"]


def test_a_decimal_comma_is_read_where_the_table_has_one():
    column = ["159,93", "12"]
    assert sign_of([column]) == ","
    assert learn({"Spend": column}, ",")[0][0].high == 159.93


@pytest.mark.parametrize(
    ("cells", "churned", "ends", "value"),
    [
        (["1", "0", "1.0", ""], None, [1, 0, 1, -1], "1"),
        (["Yes", "no", "NO", "yes"], None, [1, 0, 0, 1], "yes"),
        (["active", "Lapsed", "active", ""], "lapsed", [0, 1, 0, -1], "lapsed"),
        (["0", "1"], "0", [1, 0], "0"),
    ],
)
def test_who_churned_is_read_from_two_values(cells, churned, ends, value):
    found, told = ends_of("Churn", cells, churned)
    assert (found.tolist(), told) == (ends, value)


@pytest.mark.parametrize(
    ("cells", "churned", "sentence"),
    [
        (["1", "1"], None, "The column “Churn” has one value; one that says who churned has two"),
        (["1", "2", "3"], None, "has 3 values"),
        (["", ""], None, "is empty; one that says"),
        (["active", "lapsed"], None, "holds “active” and “lapsed”, and it is not clear which"),
        (["active", "lapsed"], "gone", "does not hold “gone”; it holds “active” and “lapsed”."),
    ],
)
def test_a_target_that_does_not_say_who_churned_is_refused(cells, churned, sentence):
    with pytest.raises(Refusal) as told:
        ends_of("Churn", cells, churned)
    assert sentence in str(told.value)


def test_too_few_customers_of_a_kind_are_refused_and_copies_count_once():
    ends = np.array([1] * 25 + [0] * 30)
    groups = np.array([*[0] * 25, *range(1, 31)])
    with pytest.raises(Refusal, match="1 different customer churned and 30 stayed; a model needs 20"):
        refuse_too_few("Churn", ends, groups)
    refuse_too_few("Churn", ends, np.arange(55))


def test_copies_are_rows_equal_in_every_value_blanks_among_them():
    frame = pd.DataFrame({"a": [1.0, np.nan, 1.0, np.nan, 2.0], "b": ["x", "y", "x", "y", "x"]})
    groups = groups_of(frame)
    assert groups[0] == groups[2]
    assert groups[1] == groups[3]
    assert copies(groups) == 2
    assert contradicting(groups, np.array([0, 1, 1, 1, 0])) == 2


def test_grouped_folds_part_no_copies_and_plain_ones_do():
    groups = np.repeat(np.arange(40), 2)
    target = (groups % 4 == 0).astype(int)

    def parted(together):
        cut = splits(groups, target, 5, 0, together=together)
        return sum(len(set(groups[train]) & set(groups[held])) for train, held in cut)

    assert parted(True) == 0
    assert parted(False) > 0


def test_the_order_of_rows_changes_nothing():
    frame = pd.DataFrame({"b": ["x", "", "x"], "a": [2.0, 1.0, np.nan]})
    ends, ids, turned = np.array([1, 0, 0]), ["7", "8", "9"], [2, 0, 1]
    first = canonical(frame, ends, ids, 0)
    other = canonical(frame.iloc[turned], ends[turned], [ids[place] for place in turned], 0)
    assert [ids[place] for place in first] == [ids[turned[place]] for place in other]


def test_published_figures_stand_beside_the_table_they_were_published_for():
    assert published(["Tenure", "Churn"], 5_630) is None
