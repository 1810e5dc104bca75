"""What one order is where its number comes back, and what is a product where products have codes or names."""

import random

import pytest

from services.training.lines import aggregates
from services.training.lines.cleaning import clean
from services.training.lines.kept import find_restarts
from tests.training.lines.ledgers import kept, read_lines, row


def orders_of(rows):
    found = aggregates.orders(kept(rows))
    return sorted(zip(found["customer_id"], found["invoice"], found["lines"], strict=True))


def restarts_of(rows):
    found = find_restarts(clean(read_lines(rows)))
    return found.numbers, found.of, found.example


def visits(*told):
    """A line for each ``customer number day``."""
    return [
        row(customer, number, f"P{place}", day=f"2011-{day} 10:00")
        for place, (customer, number, day) in enumerate(each.split() for each in told)
    ]


def test_a_number_of_one_customer_is_one_order_however_many_days_it_takes_up_to_sixty():
    rows = visits("a 1 01-05", "a 1 01-06", "a 1 03-06", "b 2 01-05")
    assert orders_of(rows) == [("a", "1", 3), ("b", "2", 1)]
    assert restarts_of(rows) == (0, 2, None)


def test_a_number_that_comes_back_after_sixty_days_is_an_order_a_day():
    rows = visits("a 7 01-05", "a 7 01-05", "a 7 03-07", *(f"b {number} 01-05" for number in range(20, 40)))
    assert orders_of(rows)[:2] == [("a", "7 of 2011-01-05", 2), ("a", "7 of 2011-03-07", 1)]
    assert restarts_of(rows) == (1, 21, "7")


def test_a_number_that_comes_back_for_another_customer_is_an_order_a_day_and_the_others_are_not():
    rows = visits("a 7 01-05", "b 7 01-05", "a 7 01-06", "c 8 01-05", "c 8 01-06")
    rows += visits(*(f"c {number} 01-05" for number in range(20, 50)))
    assert orders_of(rows)[:3] == [
        ("a", "7 of 2011-01-05", 1),
        ("a", "7 of 2011-01-06", 1),
        ("b", "7 of 2011-01-05", 1),
    ]
    assert ("c", "8", 2) in orders_of(rows)
    shuffled = random.Random(5).sample(rows, len(rows))
    assert orders_of(shuffled) == orders_of(rows)


def test_where_many_numbers_come_back_every_number_is_an_order_a_day():
    # 9 comes back for one customer within sixty days, as it well may where the till begins at 1 each day
    rows = visits("a 1 01-05", "b 1 01-06", "c 9 01-05", "c 9 01-06")
    assert [order for order in orders_of(rows) if order[0] == "c"] == [
        ("c", "9 of 2011-01-05", 1),
        ("c", "9 of 2011-01-06", 1),
    ]


def test_lines_without_a_number_and_lines_that_were_left_out_bear_no_witness():
    rows = [row("a", None), row("b", None), row("a", "1"), row("b", "1", quantity=-1)]
    assert restarts_of(rows) == (0, 1, None)
    assert restarts_of([row("a", None)]) == (0, 0, None)


def sold(*products):
    found = aggregates.products(
        kept([row(product=product, invoice=str(n)) for n, product in enumerate(products)])
    )
    return dict(zip(found["product"], found["sold"], strict=True))


def test_among_codes_postage_fees_and_single_letters_are_no_products_and_all_other_codes_are():
    found = sold("85123A", "TEE-RED", "22423", "POST", "M", "BANK CHARGES", "gift_0001_20", "DCGSSBOY", "C2")
    assert {name for name, product in found.items() if product} == {"85123A", "TEE-RED", "22423", "DCGSSBOY"}


@pytest.mark.parametrize(
    "names", [("Headphones", "Case 11", "Monitor 24", "Manual"), ("D", "Dock 3", "Hub 7", "Post")]
)
def test_a_name_is_a_product_with_or_without_a_digit(names):
    assert all(sold(*names).values())
