"""The tab Customers where goods came back."""

import orjson

from callbacks.customers import view as tab
from callbacks.shared.address import one_or_none
from layouts.ids import Customers
from tests.serving.shops import returning_shop, table_shop


def written(shown):
    return orjson.dumps(shown, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS).decode()


def test_who_has_sent_back_everything_is_answered_with_a_sentence():
    answer = written(tab.show(returning_shop(), ["12005"])["answer"])
    assert "All orders of customer 12005 were returned (1 order" in answer
    assert "Similar IDs" not in answer


def test_among_several_they_are_told_from_ids_that_nobody_has():
    answer = written(tab.show(returning_shop(), ["12006 12005 99999"])["answer"])
    assert "1 ID is not in this release." in answer
    assert "1 customer has returned all their orders." in answer


def test_returns_are_listed_beside_the_orders_the_latest_first():
    release = returning_shop()
    shown = tab.cards(release, one_or_none(release, ["12006"]))
    listed = shown["parts"]["parts"][Customers.RETURNS]
    assert [row[0] for row in listed["rows"]] == ["R3", "R2"]
    later, earlier = (row[2] for row in listed["rows"])
    assert later == "no purchase in the file"
    assert " of order 006" in earlier
    assert earlier.count("Thing P") == 1
    assert "Two returns of £" in shown["orders_finding"]
    assert "was taken off the orders." in shown["orders_finding"]


def test_without_returns_nothing_stands_beside_the_orders():
    release = returning_shop()
    shown = tab.cards(release, one_or_none(release, ["12007"]))
    assert Customers.RETURNS not in shown["parts"]["parts"]
    assert "return" not in shown["orders_finding"]


def test_below_the_orders_stands_whether_returns_went_off_them():
    release = returning_shop()
    shown = tab.cards(release, one_or_none(release, ["12006"]))
    assert shown["orders_note"].endswith("Pieces and values are after returns.")
    assert tab.cards(table_shop(), one_or_none(table_shop(), ["12006"]))["orders_note"] == ""


def test_where_returns_are_ignored_the_page_says_so():
    release = returning_shop("ignore")
    shown = tab.cards(release, one_or_none(release, ["12005"]))
    assert shown["orders_note"].endswith("as they were bought; returns are not taken off.")
    assert shown["orders_finding"].endswith("this preset does not take them off the orders.")
