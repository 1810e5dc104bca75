"""assets/grid.js: how numbers, money, shares and days are written, by the site's locale and currency."""

import pytest

SPACE = "\u00a0"


@pytest.fixture(scope="module")
def desk(site_in):
    return site_in()


def written(desk, how, *given):
    return desk.run("(how, ...given) => window.dashAgGridFunctions[how](...given)", how, *given)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([4339], "4,339"),
        ([1234.5678, 2], "1,234.57"),
        ([12, 1], "12.0"),
        ([-247], "−247"),
        ([0], "0"),
        ([None], "–"),
    ],
)
def test_numbers_are_grouped_and_have_the_decimals_asked_for(desk, given, text):
    assert written(desk, "number", *given) == text


def test_a_number_without_a_limit_says_so_and_one_that_is_none_is_a_dash(desk):
    assert desk.run("() => window.dashAgGridFunctions.number(Infinity)") == "no limit"
    assert desk.run("() => window.dashAgGridFunctions.number(NaN)") == "–"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([0.2], "20"),
        ([0.0107, 2], "1.07"),
        ([-0.5], "−50"),
        ([0], "0"),
        ([0.004], "under 1"),
        ([0.0004, 1], "under 0.1"),
        ([0.996], "over 99"),
        ([0.9996, 1], "over 99.9"),
        ([1], "100"),
    ],
)
def test_shares_are_percentages_that_do_not_break_from_their_sign(desk, given, text):
    assert written(desk, "share", *given) == f"{text}{SPACE}%"


def test_no_share_is_a_dash(desk):
    assert written(desk, "share", None) == "–"


@pytest.mark.parametrize(
    ("locale", "currency", "text", "whole"),
    [
        ("en-GB", "GBP", "£1,797.24", "£1,797"),
        ("de-DE", "EUR", f"1.797,24{SPACE}€", f"1.797{SPACE}€"),
        ("en-GB", "JPY", "JP¥1,797", "JP¥1,797"),
    ],
)
def test_money_is_written_as_the_site_writes_it(site_in, locale, currency, text, whole):
    desk = site_in(locale, currency)
    assert written(desk, "money", 1797.24) == text
    assert written(desk, "moneySum", 1797.24) == whole


def test_money_given_back_has_a_true_minus(desk):
    assert written(desk, "money", -3.5) == "−£3.50"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5_824_000, "£5.82m"),
        (999_500, "£1.00m"),
        (999_499, "£999k"),
        (10_000, "£10k"),
        (9_999, "£9,999"),
        (-627_400, "−£627k"),
        (0, "£0"),
    ],
)
def test_sums_in_small_places_are_cut_to_thousands_and_millions(desk, value, text):
    assert written(desk, "moneyShort", value) == text


def test_a_short_sum_has_its_letter_before_a_currency_that_follows(site_in):
    desk = site_in("de-DE", "EUR")
    assert written(desk, "moneyShort", 5_824_000) == f"5,82m{SPACE}€"


@pytest.mark.parametrize(
    ("locale", "text"), [("en-GB", "9 Dec 2011"), ("de-DE", "9. Dez. 2011"), ("en-US", "Dec 9, 2011")]
)
@pytest.mark.parametrize("value", ["2011-12-09", "2011-12-09T00:30:00", "2011-12-09T23:59:59"])
def test_a_day_is_the_shop_s_own_wherever_its_reader_is(site_in, locale, text, value):
    desk = site_in(locale)
    assert written(desk, "day", value) == text


def test_no_day_is_a_dash(desk):
    assert written(desk, "day", None) == "–"


def test_a_page_that_names_no_locale_writes_in_british_english(site_in):
    desk = site_in("", "")
    assert written(desk, "money", 1234.5) == "£1,234.50"


def test_a_conviction_without_limit_always_holds(desk):
    assert written(desk, "conviction", None) == "always"
    assert written(desk, "conviction", 1.25) == "1.3"


@pytest.mark.parametrize(
    ("value", "text"), [(0.012345, "0.012"), (1.5e-9, "1.5e-9"), (0.5, "0.5"), (None, "–")]
)
def test_probabilities_keep_two_digits(desk, value, text):
    assert written(desk, "probability", value) == text


def test_a_probability_has_the_reader_s_sign(site_in):
    assert written(site_in("de-DE", "EUR"), "probability", 0.012345) == "0,012"


@pytest.mark.parametrize(
    ("state", "days", "text"),
    [
        ("in-rhythm", None, "In rhythm"),
        ("due", 0, "Due"),
        ("overdue", 1, "Overdue by 1 day"),
        ("silent", 1200, "Silent, overdue by 1,200 days"),
        (None, None, "–"),
    ],
)
def test_a_rhythm_is_told_with_the_days_that_a_customer_is_overdue(desk, state, days, text):
    assert written(desk, "rhythm", state, {"overdue_days": days}) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.00123, "1 in 810"), (0.04, "1 in 25"), (0.51, "likely"), (1e-7, "under 1 in a million"), (None, "–")],
)
def test_the_risk_of_a_fluke_is_told_as_odds(desk, value, text):
    cell = desk.draw(
        "(q) => window.dashAgGridComponentFunctions.FlukeCell({ value: q, data: { p_value: 0.01 } })", value
    )
    assert cell.inner_text() == text
