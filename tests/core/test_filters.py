"""The parameter ``attribute``: any header and any cell come back from an address as they went into it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.core.filters import attribute_of, attribute_text
from services.core.text.addresses import query_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(column=TEXTS.filter(bool), value=TEXTS)
@example(column="Shop: tier %3A", value="a:b&c=d+e%#;é 🎁 عضو")
@example(column="%253a", value="")
def test_an_attribute_in_an_address_is_read_as_it_was_written(column, value):
    query = urlencode([("attribute", attribute_text(column, value))], doseq=True)
    (written,) = query_of(f"?{query}")["attribute"]
    assert attribute_of(written) == (column, value)


@pytest.mark.parametrize(
    ("written", "pair"),
    [
        ("Tier:Gold", ("Tier", "Gold")),
        ("Tier:", ("Tier", "")),
        ("Shop%3a size:M:L", ("Shop: size", "M:L")),
        ("100%:yes", ("100%", "yes")),
        ("Tier", None),
        (":x", ("", "x")),
    ],
)
def test_what_people_type(written, pair):
    assert attribute_of(written) == pair
