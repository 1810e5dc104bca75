"""What the card of frequent sets says."""

import pytest

from layouts.baskets.groups import sets_finding
from services.serving.rules.best import FrequentSet


@pytest.mark.parametrize(
    ("whole", "does"), [("invoice", "546 invoices hold "), ("customer", "546 customers bought ")]
)
def test_the_most_frequent_set_is_told_by_what_one_basket_is_of(whole, does):
    first = FrequentSet((("A", "Red bag"), ("B", "Blue bag")), 546, 0.03)
    says, names, end = sets_finding([first], whole)
    assert (says, names.children, end) == (does, "Red bag and Blue bag", ".")
