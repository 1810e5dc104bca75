"""One rule for numbers in forms, by the site's locale; what does not follow it is refused, never guessed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.core.text.numbers_typed import BRITISH, notation


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("75", 75.0),
        ("0", 0.0),
        ("007", 7.0),
        ("1797.24", 1797.24),
        ("1,797.24", 1797.24),
        ("1,797", 1797.0),
        ("1,234,567", 1234567.0),
        (" 12.5 ", 12.5),
        ("\u00a012.5\t", 12.5),
        ("0.001", 0.001),
        ("-5", -5.0),
        ("−1,797.24", -1797.24),
        ("- 5", -5.0),
    ],
)
def test_digits_with_a_point_and_commas_where_they_belong_are_a_number(typed, number):
    assert BRITISH.read(typed) == number


ARABIC, FULL_WIDTH = "\u0667\u0665", "\uff17\uff15"
NO_NUMBERS = ["", " ", "abc", "NaN", "Infinity", "-Infinity", "inf", "1e400", "1e5", "+5", "--5", "-"]
NO_NUMBERS += ["12,5", "1.797,24", "1 234", "1\u00a0234", "1,2345", ",123", "12,34,567", "1,797,24", "1,23,4"]
# "0,123" was 123 before; a number of thousands does not begin with a zero, a German fraction does
NO_NUMBERS += ["0,123", "012,345", "1234,567", "5.", ".5", "1.2.3", "0x10", "1_000", ARABIC, FULL_WIDTH, "²"]
NO_NUMBERS += ["£5", "5 days", "5%", "12\n5"]
NO_TEXTS = [True, False, 75, 75.0, None, [75], {"a": 1}]


# A minus is read since ranges are: what takes no number below 0 says so itself.
@pytest.mark.parametrize("typed", [*NO_NUMBERS, *NO_TEXTS])
def test_everything_else_is_refused_with_an_example(typed):
    with pytest.raises(Refusal, match=r"such as 1,797\.24"):
        BRITISH.read(typed)


GROUPS_OF_EACH = {
    "de_DE": ("1.797,24", "1797,24"),
    "fr_FR": ("1\u202f797,24", "1\u00a0797,24", "1 797,24", "1797,24"),
    "sv_SE": ("1\u00a0797,24", "1 797,24"),
    "de_CH": ("1’797.24", "1'797.24", "1797.24"),
    "hi_IN": ("1,797.24",),
    "ar_EG": ("1,797.24",),
}


@pytest.mark.parametrize(
    ("locale", "typed"), [(each, text) for each, all_ in GROUPS_OF_EACH.items() for text in all_]
)
def test_a_locale_reads_its_own_signs(locale, typed):
    assert notation(locale).read(typed) == 1797.24
    assert notation(locale).read(f"−{typed}") == -1797.24


@pytest.mark.parametrize(
    ("locale", "typed", "number"),
    [
        ("de_DE", "1.797", 1797.0),
        ("de_DE", "1,797", 1.797),
        ("de_DE", "12,5", 12.5),
        ("en_GB", "12.5", 12.5),
        ("hi_IN", "12,34,567.5", 1234567.5),
        ("hi_IN", "1,234,567.5", 1234567.5),
        ("fr_FR", "1,797", 1.797),
    ],
)
def test_the_same_text_is_another_number_elsewhere(locale, typed, number):
    assert notation(locale).read(typed) == number


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("de_DE", "1.79"),
        ("de_DE", "1797.24"),
        ("de_DE", "1,797.24"),
        ("de_DE", "1,23,4"),
        ("de_DE", "1.23.4"),
        ("de_DE", "0.123"),
        ("de_DE", "1 797,24"),
        ("fr_FR", "1.797,24"),
        ("fr_FR", "1  797"),
        ("fr_FR", "17 97"),
        ("de_CH", "1,797.24"),
        ("hi_IN", "1,23,4"),
        ("hi_IN", "1,234,56,789"),
        ("en_US", "12,34,567"),
        ("ar_EG", "\u0661\u0662"),
        ("hi_IN", "\u0967\u0968"),
    ],
)
def test_ill_grouped_and_foreign_digits_are_refused_with_the_locales_example(locale, typed):
    written = notation(locale)
    with pytest.raises(Refusal) as refused:
        written.read(typed)
    assert str(refused.value) == f"Type a number such as {written.write(1797.24)}."


@pytest.mark.parametrize(
    ("locale", "currency", "typed"),
    [
        ("en_GB", "GBP", "£1,797.24"),
        ("en_GB", "GBP", "-£1,797.24"),
        ("en_GB", "GBP", "£-1,797.24"),
        ("en_GB", "GBP", "GBP 1797.24"),
        ("de_DE", "EUR", "1.797,24\u00a0€"),
        ("de_DE", "EUR", "1.797,24 EUR"),
        ("en_CA", "USD", "US$1,797.24"),
        ("pl_PL", "PLN", "1 797,24 zł"),
    ],
)
def test_an_amount_may_have_the_sites_currency_before_or_behind(locale, currency, typed):
    assert abs(notation(locale, currency).read_money(typed)) == 1797.24


@pytest.mark.parametrize("typed", ["€5", "£5£", "5 £ £", "£", "£ 5 GBP", "5 p", "$5"])
def test_another_currency_or_two_are_refused(typed):
    with pytest.raises(Refusal):
        BRITISH.read_money(typed)


def test_more_digits_than_a_float_holds_are_a_number_without_limit():
    assert math.isinf(BRITISH.read("9" * 5_000))


@pytest.mark.parametrize(
    ("locale", "number", "text"),
    [
        ("en_GB", 75.0, "75"),
        ("en_GB", 1234567.0, "1,234,567"),
        ("en_GB", 1797.24, "1,797.24"),
        ("en_GB", 1797.2, "1,797.20"),
        ("en_GB", 1e-7, "0.0000001"),
        ("en_GB", -1797.2, "-1,797.20"),
        ("de_DE", 1797.2, "1.797,20"),
        ("hi_IN", 1234567.5, "12,34,567.50"),
        ("fr_FR", 1234567.0, "1\u202f234\u202f567"),
        ("ar_EG", 1797.24, "1,797.24"),
    ],
)
def test_a_number_is_written_as_the_locale_does_in_ascii_digits(locale, number, text):
    assert notation(locale).write(number) == text


LOCALES = [
    "en_GB",
    "en_US",
    "de_DE",
    "de_AT",
    "de_CH",
    "fr_FR",
    "fr_CH",
    "sv_SE",
    "hi_IN",
    "es_ES",
    "pl_PL",
    "ar_EG",
]


@given(st.sampled_from(LOCALES), st.floats(min_value=-1e12, max_value=1e12))
def test_what_is_written_reads_back_to_the_last_digit(locale, number):
    written = notation(locale, "EUR")
    assert written.read(written.write(number)) == number
    assert written.read_money(f"{written.write(number)} €") == number


@given(st.sampled_from(LOCALES), st.text("0123456789.,’' \u00a0\u202f-−", max_size=14))
def test_what_is_read_has_the_digits_that_were_typed(locale, typed):
    written = notation(locale)
    try:
        number = written.read(typed)
    except Refusal:
        return
    whole, _, decimals = typed.partition(written.decimal)
    digits = "".join(sign for sign in whole if sign.isdigit()) + "." + decimals.strip(" \u00a0\u202f")
    assert abs(number) == float(digits.rstrip("."))


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_finite_number_cannot_be_written(number):
    with pytest.raises(ValueError, match="finite"):
        BRITISH.write(number)
