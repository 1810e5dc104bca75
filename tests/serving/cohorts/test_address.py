"""Cohorts by an address: each cell's people are those whose orders say so, and who is left out stays out."""

from datetime import date

import numpy as np
import pytest

from services.core.cohorts.hiding import LEAST
from services.core.refusals import Refusal
from services.serving.cohorts.address import answer, rows_in_cell, why_not
from services.serving.release.loaded import Loaded
from tests.serving.shops import returning_shop, shop, table_shop


def bought(release):
    """The days of each customer's orders, from the tables that the customer's page shows."""
    found = {}
    for customer, at in release.lookup().execute("SELECT customer, bought_at FROM orders ORDER BY bought_at"):
        found.setdefault(customer, []).append(date.fromisoformat(at[:10]))
    return found


@pytest.mark.parametrize("release", [shop(), returning_shop()], ids=["bought", "returned"])
@pytest.mark.parametrize("every", ["month", "quarter"])
def test_the_people_of_each_cell_are_those_whose_orders_say_so(release, every):
    def place(day):
        return (day.year * 12 + day.month - 1) // (1 if every == "month" else 3)

    days, cells = bought(release), 0
    first = min(place(each[0]) for each in days.values())
    whole = answer(release, {"every": [every]})
    for row in range(len(whole.found.sizes)):
        for since in range(len(whole.found.sizes) - row):
            day = whole.first_day(row)
            key = f"{day:%Y-%m}" if every == "month" else f"{day.year}-Q{(day.month + 2) // 3}"
            found = answer(release, {"every": [every], "cell": [f"{key}.{since}"]})
            fit = {
                who
                for who, own in days.items()
                if place(own[0]) == first + row and first + row + since in map(place, own)
            }
            assert whole.found.people[row, since] == len(fit)
            listed = set(rows_in_cell(release, found, "").tolist())
            if whole.out[row, since]:
                assert listed == set()
                assert "left out" in found.withheld
            else:
                assert listed == fit
                assert len(fit) >= LEAST
                cells += 1
    assert cells > 1


def test_money_is_that_of_the_orders():
    release = returning_shop()
    total = release.lookup().execute("SELECT sum(amount) FROM orders").fetchone()[0]
    found = answer(release, {}).found
    assert found.revenue.sum() == pytest.approx(total)
    assert found.revenue.sum() == pytest.approx(release.customers["monetary"].sum())


def test_what_narrows_them_narrows_people_and_cells_alike():
    release = shop()
    best = int((release.customers["segment"] >= 0).argmax())
    segment = release.segments[release.customers["segment"][best]].id
    found = answer(release, {"segment": [segment], "country": ["France"]})
    own = np.flatnonzero(release.customers["segment"] == release.customers["segment"][best])
    assert found.found.sizes.sum() == len(own)
    assert found.asked.pairs == [("every", "month"), ("country", "France"), ("segment", segment)]
    assert found.fits.sum() == (len(own) if len(own) >= LEAST else 0)


def test_a_view_of_under_five_people_lists_nobody():
    release = shop()
    sizes = np.bincount(release.customers["segment"], minlength=len(release.segments))
    few = int(np.flatnonzero((sizes > 0) & (sizes < LEAST))[0])
    found = answer(release, {"segment": [release.segments[few].id]})
    assert found.fits.sum() == 0
    assert found.out[found.found.there()].all()
    assert found.withheld.startswith("Fewer than 5 customers match")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"every": ["year"]}, "“year” is not one of month, quarter, week, so month is shown."),
        (
            {"cell": ["2024-13.1"]},
            "These cohorts have no cell “2024-13.1”. Press a cell to see its customers.",
        ),
        (
            {"cell": ["2024-03.99"]},
            "These cohorts have no cell “2024-03.99”. Press a cell to see its customers.",
        ),
        (
            {"cell": ["2024-03.²"]},
            "These cohorts have no cell “2024-03.²”. Press a cell to see its customers.",
        ),
        ({"product": ["X"]}, "There is no product “X” to choose in this release, so it was left out."),
        (
            {"first": ["value-1"]},
            "There is no first “value-1” to choose in this release, so it was left out.",
        ),
    ],
)
def test_what_an_address_cannot_mean_is_said(query, said):
    assert answer(shop(), query).asked.notes == [said]


def test_a_table_of_customers_has_no_cohorts_and_neither_has_an_older_release():
    with pytest.raises(Refusal, match="Cohorts need the orders themselves"):
        answer(table_shop(), {})
    older = shop()
    older = Loaded(older.folder.parents[1], older.id)
    older.orders = None
    assert why_not(older) == "This release was made before cohorts were counted. Train again to see them."
