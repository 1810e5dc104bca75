"""What a customer sent back, and a look-up of one who has sent back everything."""

from datetime import datetime

import pytest

from services.core.refusals import NotFound
from services.serving.customers import profile as customers
from services.serving.customers.orders import orders
from services.serving.customers.returns import returned_all, returns
from tests.serving.shops import purchases, returning_shop, shop

ALL_RETURNED = (
    "All orders of customer 12005 were returned (1 order, the last return on 29 December 2024), so nothing "
    "is left to count"
)


def test_who_has_sent_back_everything_is_not_said_to_be_unknown():
    release = returning_shop()
    with pytest.raises(NotFound) as refused:
        customers.profile(release, " 12005 ")
    assert str(refused.value) == f"{ALL_RETURNED}."
    assert release.row_of("12005") is None
    with pytest.raises(NotFound, match="No customer 12999 in this release"):
        customers.profile(release, "12999")


def test_returns_stand_beside_orders_with_what_they_took_off():
    release = returning_shop()
    row = release.row_of("12006")
    one, other = returns(release, row)
    assert (one.invoice, one.returned_at, one.lines) == ("R2", datetime(2024, 12, 31, 9), 1)
    assert one.taken == one.amount
    assert (other.invoice, other.pieces, other.amount, other.taken) == ("R3", 2, 3.0, 0.0)
    bought = [lines for who, _, _, lines in purchases() if who == "12006"]
    worth = sum(round(pieces * price, 4) for lines in bought for _, pieces, price in lines)
    assert sum(order.amount for order in orders(release, row)) == pytest.approx(worth - one.taken)
    assert len(orders(release, row)) == len(bought)


def test_where_returns_are_ignored_everybody_is_there_and_nothing_is_taken_off():
    release = returning_shop("ignore")
    row = release.row_of("12005")
    assert [each.taken for each in returns(release, row)] == [None]
    assert len(orders(release, row)) == 1
    assert returned_all(release, "12005") is None


def test_a_release_from_before_returns_were_kept_knows_none(monkeypatch):
    release = shop()
    assert returned_all(release, "12005") is None
    monkeypatch.setattr("services.serving.customers.returns.tables", lambda _release: {"orders"})
    assert returns(release, 0) == []
    assert returned_all(release, "12005") is None
