"""Numbers and days of services in English and in another language."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from services.core.language.messages import ENGLISH, Language, use
from services.core.language.written import day, number


@pytest.fixture
def german():
    use(Language("de"))
    yield
    use(ENGLISH)


def test_numbers_are_written_as_python_writes_them_in_english():
    numbers = [number(each) for each in (0, 12, 1234, 1234567)]
    assert numbers == ["0", "12", "1,234", "1,234,567"]
    assert [number(2.675, 2), number(0.5, 1), number(-1234.5, 2)] == [f"{2.675:,.2f}", "0.5", "-1,234.50"]


def test_a_day_is_written_out():
    assert day(date(2011, 12, 9)) == day(datetime(2011, 12, 9, 23, 59)) == "9 December 2011"


def test_another_language_has_its_own_signs_and_months(german):
    assert number(1234.5, 2) == "1.234,50"
    assert "Dezember 2011" in day(date(2011, 12, 9))
