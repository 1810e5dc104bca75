"""The pages of customers say nothing untrue; what is broken on purpose is found."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from services.releases import read_current
from services.serving.release.loaded import Loaded
from tests.truth.customers.checking import page_faults
from tests.truth.customers.rendered import pages


@pytest.fixture(scope="module")
def release(models):
    return Loaded(models, read_current(models))


@pytest.fixture(scope="module")
def told(release):
    return pages(release)


@pytest.fixture(scope="module")
def people():
    """Whoever is counted: once, not for each broken sentence."""
    return {}


@pytest.mark.slow
def test_the_pages_of_a_dozen_unlike_customers_say_nothing_untrue(release, told, people):
    assert len({said.search for said in told}) >= 10
    assert page_faults(release, told, people) == []


BROKEN = [
    # where, what of the text, and what it becomes
    ("reason", r"[\d,]+ days ago", "999 days ago"),
    ("reason", r"ordered \w+ times", "ordered 77 times"),
    ("reason", r"for £[\d,.]+", "for £1.00"),
    ("reason", r"gap of [\d.]+", "gap of 99"),
    ("reason", r"within the \d+", "within the 1"),
    ("segment", r".+", "Hibernated"),
    ("margin", r"clear", "borderline"),
    ("with_order", r"keeps", "leaves"),
    ("without", r"\d+ \w+ \d{4}", "1 Jan 2031"),
    ("expected", r"In rhythm", "Silent"),
    ("expected", r"\d+ of 100", "99 of 100"),
    ("monetary", r"(top|better than) \d+", r"\1 51"),
    ("frequency squares", r"^\d", "9"),
    ("months", r"most in \w+", "most in Foo"),
    ("months", r"Spend in \w+", "Spend in 99"),
    ("history", r"in \w+ of", "in 99 of"),
    ("gaps", r"half are \d+", "half are 999"),
    ("favourites", r"^\d+ products", "999 products"),
    ("values", r"spends £\d+", "spends £9"),
    ("distances", r"is [\d.]+ times", "is 9.9 times"),
    ("orders", r"£[\d,.]+\.$", "£0.01."),
    ("orders table", r'"amount": [\d.]+', '"amount": 0.5'),
    ("similar", r"^\w+ of", "Nobody of"),
    ("similar-div", r"\[\"\d+\", \"[\w-]+\", \d+", '["12346", "lost", 0'),
    ("crossing-div", r'"said": "[^"]+"', '"said": "£0.01 more"'),
    ("offers new best", r"^\w+ product", "Nine product"),
    ("offers list new recent-popularity", r"by [\d,]+ customer", "by 9,999 customer"),
    ("offers record new best", r"bought [\d.]+ on average", "bought 9.99 on average"),
    ("crumb", r"[\d,]+$", "1"),
    ("gaps-table", r", \d+\]", ", 0]"),
    ("months", r".*", "Nobody spends more."),
]


@pytest.mark.slow
@pytest.mark.parametrize(("where", "part", "broken"), BROKEN)
def test_a_broken_sentence_of_a_page_is_found(release, told, people, where, part, broken):
    said = next(each for each in told if each.where == where and re.search(part, each.text))
    untrue = replace(said, text=re.sub(part, broken, said.text, count=1))
    assert page_faults(release, [untrue], people) != []
