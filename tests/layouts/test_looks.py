"""Cards that show their table by their address: each has one name of its own on its page."""

from __future__ import annotations

from collections import Counter

import pytest

from layouts import frame
from layouts.parts.cards import in_address
from services.site.tabs import TABS


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_no_two_cards_of_a_page_have_one_name_in_addresses(tab):
    parts = [part for part in frame(tab).layout()._traverse() if hasattr(part, "data-card")]
    named = Counter(getattr(part, "data-card") for part in parts)
    assert all(named), named
    assert {name: times for name, times in named.items() if times > 1} == {}


def test_a_card_is_called_by_its_title():
    assert in_address("Size against revenue") == "size-against-revenue"
    assert in_address("What a 3-D picture’s worth?") == "what-a-3-d-picture-s-worth"
