"""What the cards of groups, sets and bundles say."""

import pytest

from layouts.baskets.bundles import finding as bundles_finding
from layouts.baskets.groups import groups_finding, groups_note, sets_finding
from layouts.baskets.rules import scatter_finding
from layouts.plain import plain
from services.serving.rules.best import FrequentSet
from services.serving.rules.bundles import Bundle, Favourite
from services.serving.rules.groups import Group, Groups
from services.serving.rules.scatter import LiftClass
from tests.overviews import cluster
from tests.truth.said import text_of


@pytest.mark.parametrize(
    ("whole", "does"), [("invoice", "546 invoices hold "), ("customer", "546 customers bought ")]
)
def test_the_most_frequent_set_is_told_by_what_one_basket_is_of(whole, does):
    first = FrequentSet((("A", "Red bag"), ("B", "Blue bag")), 546, 0.03)
    says, names, end = sets_finding([first], whole)
    assert (says, names.children, end) == (does, "Red bag and Blue bag", ".")


@pytest.mark.parametrize(
    ("sizes", "lead"),
    [
        ((4,), "The only group: four"),
        ((4, 3), "The largest group: four"),
        ((4, 4), "One of the largest groups: four"),
    ],
)
def test_a_group_is_called_the_largest_only_where_it_alone_is(sizes, lead):
    groups = tuple(
        Group("Tea", tuple((str(at), "Tea cup", 5) for at in range(size)), (), 3.0) for size in sizes
    )
    assert text_of(plain(groups_finding(Groups(1, groups)))).startswith(f"{lead} products around “Tea”")


@pytest.mark.parametrize(
    ("groups", "end"), [(6, "product."), (7, "One more in the table."), (9, "Three more in the table.")]
)
def test_the_note_says_how_many_groups_are_in_the_table_alone(groups, end):
    tea = Group("Tea", (("1", "Tea cup", 5),) * 3, (), 3.0)
    assert groups_note(Groups(2, (tea,) * groups)).endswith(end)


def test_groups_that_would_be_too_large_to_tell_apart_are_not_said_to_be_chance():
    assert groups_finding(Groups(3, (), crowded=True)).startswith("More than nine products are linked")
    assert groups_finding(Groups(3, ())).startswith("No three products")


@pytest.mark.parametrize(
    ("whole", "says"),
    [
        (
            "invoice",
            "Tea cup are sold together in 84 invoices; most often in cluster A, in 54.0 % of its invoices.",
        ),
        (
            "customer",
            "Tea cup were bought by 84 customers; most often in cluster A, by 54.0 % of its customers.",
        ),
    ],
)
def test_a_bundle_is_sold_in_invoices_and_bought_by_customers(whole, says):
    best = Favourite(cluster("c1", "A", "Regular"), 54, 100, None)
    found = [Bundle((("1", "Tea cup"),), 84, 0.5, None, best)]
    assert text_of(plain(bundles_finding(found, whole))) == says


def test_rules_that_are_not_drawn_are_counted_among_those_that_strong_ones_are_told_of():
    classes = [LiftClass(1, 3, 2_045, 0.2, 0.9), LiftClass(3, 6, 955, 0.21, 0.9)]
    assert scatter_finding(classes, "customer", 6_658).replace("\u00a0", " ") == (
        "955 rules of 9,658 have a lift of 3 or more, in up to 21.0 % of customers. "
        "Not shown: 6,658 rules with the lowest lift."
    )
