"""Numbers, money, dates and nothing as text."""

from __future__ import annotations

import datetime as dt
import math
from contextvars import copy_context

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts import words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (words.number(4339), "4,339"),
        (words.number(0.010749, 4), "0.0107"),
        (words.number(-3), "−3"),
        (words.number(-0.0001), "0"),
        (words.number(np.int32(12)), "12"),
        (words.share(0.2041), "20\u00a0%"),
        (words.share(0.2041, 1), "20.4\u00a0%"),
        (words.share(0.005), "under 1\u00a0%"),
        (words.share(0.0051), "1\u00a0%"),
        (words.share(0.0), "0\u00a0%"),
        (words.share(0.0004, 1), "under 0.1\u00a0%"),
        (words.share(0.996), "over 99\u00a0%"),
        (words.share(1.0), "100\u00a0%"),
        (words.change(247), "+247"),
        (words.change(-0.5, 1), "−0.5"),
        (words.change(0.04, 1), "0.0"),
        (words.money(4310), "£4,310.00"),
        (words.money(np.float64(-5.5)), "−£5.50"),
        (words.money_sum(8887208.894), "£8,887,209"),
        (words.money_short(1_170_000), "£1.17m"),
        (words.money_short(999_700), "£1.00m"),
        (words.money_short(627_400), "£627k"),
        (words.money_short(5950.4), "£5,950"),
        (words.money_short(-40_000), "−£40k"),
        (words.money_change(1_280_000), "+£1.28m"),
        (words.currency_symbol(), "£"),
        (words.count(1, "order"), "1 order"),
        (words.count(1494, "customer"), "1,494 customers"),
        (words.count(0, "country", "countries"), "0 countries"),
        (words.days(1), "1 day"),
        (words.days(None), "–"),
        (words.small(7), "seven"),
        (words.small(0), "no"),
        (words.small(11), "11"),
        (words.times(1), "once"),
        (words.times(2), "twice"),
        (words.times(7), "seven times"),
        (words.listing(["A"]), "A"),
        (words.listing(["A", "B", "C"]), "A, B and C"),
        (words.listing([]), "–"),
        (words.day_and_month_short("2011-11-10T12:50:00"), "10 Nov"),
        (words.capital("seven orders"), "Seven orders"),
    ],
)
def test_a_value_is_written_as_the_style_guide_says(written, expected):
    assert written == expected


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(2011, 12, 9, 12, 50),
        "2011-12-09T12:50:00",
        np.datetime64("2011-12-09T12:50:00", "s"),
        dt.datetime(2011, 12, 9, 12, 50, tzinfo=dt.UTC),
    ],
)
def test_a_moment_of_any_type_reads_the_same(value):
    assert words.date(value) == "9 December 2011"
    assert words.date_short(value) == "9 Dec 2011"
    assert words.day_and_month(value) == "9 December"
    assert words.month(value) == "Dec 2011"
    assert words.date_time(value) == "9 Dec 2011, 12:50"


def test_a_date_without_time_is_enough():
    assert words.date(dt.date(2011, 12, 9)) == "9 December 2011"


def test_a_moment_with_a_zone_is_shown_in_the_sites_zone():
    assert words.date_time("2026-07-21T22:45:00+00:00") == "21 Jul 2026, 23:45"


@pytest.mark.parametrize("nothing", [None, math.nan, np.float64("nan")])
@pytest.mark.parametrize(
    "write", [words.number, words.share, words.money, words.money_sum, words.money_short, words.change]
)
def test_nothing_is_a_dash(write, nothing):
    assert write(nothing) == "–"


def test_no_date_is_a_dash():
    assert words.date(None) == words.date(np.datetime64("NaT")) == "–"


@pytest.mark.parametrize("write", [words.number, words.share, words.money, words.money_short])
def test_infinity_is_no_limit(write):
    assert write(math.inf) == "no limit"


def test_another_site_in_the_same_process_writes_its_own_way():
    def german() -> str:
        words.use(words.Manner("de_DE", "EUR", "Europe/Berlin"))
        moment = words.date_time("2026-07-21T22:45:00+00:00")
        return f"{words.money(1234.5)} {words.money_short(1_170_000)} {moment}"

    assert copy_context().run(german) == "1.234,50\u00a0€ 1,17m\u00a0€ 22 Juli 2026, 00:45"
    assert words.money(1234.5) == "£1,234.50"


def test_a_currency_without_pence_has_none():
    def yen() -> str:
        words.use(words.Manner("ja_JP", "JPY", "Asia/Tokyo"))
        return words.money(1234)

    assert copy_context().run(yen).endswith("1,234")


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_every_number_has_words(value):
    for write in (words.number, words.share, words.money, words.money_sum, words.money_short):
        assert write(value)
        assert "-" not in write(value)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.money_sum(12_618.5), "£12,619"),
        (words.money_sum(12_619.499999999998), "£12,620"),
        (words.share(0.125), "13\u00a0%"),
        (words.number(-2.5), "−3"),
        (words.number(1.005, 2), "1.01"),
        (words.money(0.125), "£0.13"),
    ],
)
def test_halves_go_up_as_in_the_browser_and_a_sums_last_bits_do_not_count(said, expected):
    assert said == expected
