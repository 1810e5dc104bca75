"""What the card "Expected spend" says of a customer, and how far totals were off in words."""

from __future__ import annotations

from datetime import date

import plotly.graph_objects as go
import pytest

from layouts.customers import figures, value
from layouts.ids import Customers
from layouts.parts import expecting
from services.serving.release.expected import Interval, OwnValue, Total

SEEN = date(2011, 12, 9)


def own(high=1166.0, intervals=3364, held=2658):
    spend = (Interval(513.0, 0.0, high), Interval(1450.0, 120.0, 3826.0))
    return OwnValue(SEEN, (Interval(1.24, 0, 3), Interval(4.96, 1, 9)), spend, 80, intervals, held, [])


def total(*off):
    return Total(513.0, SEEN, 90, list(off))


def test_spend_is_an_interval_with_its_average_and_its_record():
    shown = value.shown(own(), total(-0.49), "")
    assert shown["value_finding"] == (
        "Expected spend in the 90 days after 9 Dec 2011: £0 to £1,166, £513 on average."
    )
    assert shown["value_note"] == (
        "Bars: where the spend of 80 of 100 such customers lies; the line is the average. Days with an order "
        "expected: 1.2 in 90 days, 5.0 in 365. 79 of 100 such intervals for 90 days held (3,364 tested on "
        "earlier days). For all customers together, on one earlier day such a total was 49\u00a0% too low."
    )
    table = shown["parts"][Customers.VALUE_TABLE]
    assert table["rows"] == [["90 days", 513.0, 0.0, 1166.0], ["365 days", 1450.0, 120.0, 3826.0]]
    go.Figure(shown["value"])


def test_who_will_hardly_order_is_not_given_an_interval_of_nothing():
    said = value.finding(own(high=0.0))
    assert said == (
        "At least nine in ten such customers spend nothing in the 90 days after 9 Dec 2011; the average is "
        "£513."
    )


def test_what_was_not_tried_has_no_record():
    said = value.note(own(intervals=0, held=0), total())
    assert "held" not in said
    assert said.endswith("For all customers together, such totals could not be tested on earlier days.")


def test_where_nothing_is_expected_the_card_is_the_sentence():
    shown = value.shown(None, None, "Too few customers.")
    assert (shown["value_finding"], shown["value_note"]) == ("Too few customers.", "")
    assert (shown["value"], shown["parts"]) == (figures.NOTHING, {})


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([-0.39, -0.22, -0.09], "9 % to 39 % too low"),
        ([0.24, 0.012, -0.11], "11 % too low to 24 % too high"),
        ([0.04, 0.2], "4 % to 20 % too high"),
        ([0.051, 0.049], "5 % too high"),
        ([0.001, -0.002], "right"),
        ([0.0, -0.1], "up to 10 % too low"),
    ],
)
def test_the_span_of_what_totals_were_off_by(shares, said):
    assert expecting.by(shares).replace("\u00a0", " ") == said
