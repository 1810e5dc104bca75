import math

import pandas as pd
import pytest

from services.training.lines.aggregates import customers, favourites, orders, products
from tests.training.lines.ledgers import kept, row


def test_a_customer_is_summed_over_all_kept_lines():
    table = customers(
        kept(
            [
                row("b", "9", "P1", "2011-02-01"),
                row("a", "1", "P1", "2011-03-01 10:00", 2, "2.50"),
                row("a", "1", "P2", "2011-03-01 10:05", 1, "0.10"),
                row("a", "2", "P1", "2011-04-01 09:00", 3, "0.20"),
                row("a", "C3", "P1", "2011-05-01 09:00", -3, "0.20"),
            ]
        )
    )
    assert table["customer_id"].tolist() == ["a", "b"]
    assert table.loc[0].to_dict() == {
        "customer_id": "a",
        "orders": 2,
        "lines": 3,
        "pieces": 6.0,
        "monetary": 5.7,
        "first_purchase": pd.Timestamp("2011-03-01 10:00"),
        "last_purchase": pd.Timestamp("2011-04-01 09:00"),
        "country": "France",
        "products": 2,
    }


def test_money_is_summed_exactly_before_it_becomes_a_float():
    table = customers(kept([row(invoice=str(n), price="0.1") for n in range(10)]))
    assert table["monetary"].tolist() == [1.0]
    assert sum([0.1] * 10) != 1.0


def test_the_country_is_that_of_the_latest_line_that_names_one():
    rows = [
        row(day="2011-03-01", country="France"),
        row(day="2011-03-02", country="Norway"),
        row(day="2011-03-02", country="Italy"),
        row(day="2011-03-03", country=None),
        row("b", country=None),
    ]
    countries = customers(kept(rows))["country"]
    assert countries[0] == "Norway"
    assert pd.isna(countries[1])


def test_postage_is_paid_for_but_is_no_product_and_no_favourite():
    lines = kept([row(product="P1"), row(product="POST", price="18"), row("b", product="POST")])
    assert customers(lines)[["monetary", "products"]].to_numpy().tolist() == [[20.5, 1], [2.5, 0]]
    assert customers(lines, all_codes=True)["products"].tolist() == [2, 1]
    assert favourites(lines)["product"].tolist() == ["P1"]
    assert favourites(lines, all_codes=True)["product"].tolist() == ["POST", "P1", "POST"]


def test_an_invoice_number_of_two_customers_is_two_orders():
    lines = kept([row("a", "1"), row("b", "1"), row("b", "1", "P2", "2011-03-01 09:58")])
    table = orders(lines)
    assert table[["customer_id", "invoice", "lines", "amount"]].to_numpy().tolist() == [
        # a number that comes back for somebody else is told apart by its day
        ["a", "1 of 2011-03-01", 1, 2.5],
        ["b", "1 of 2011-03-01", 2, 5.0],
    ]
    assert table["bought_at"].tolist() == [pd.Timestamp("2011-03-01 10:00"), pd.Timestamp("2011-03-01 09:58")]
    assert products(lines)["orders"].tolist() == [2, 1]


def test_without_invoices_a_customers_lines_of_one_moment_are_one_order():
    lines = kept(
        [
            row(invoice=None, product="P1"),
            row(invoice=None, product="P2"),
            row("b", invoice=None),
            row(invoice=None, day="2011-03-02 10:00"),
        ]
    )
    assert customers(lines)["orders"].tolist() == [2, 1]
    assert orders(lines)["invoice"].tolist() == [
        "2011-03-01 10:00:00",
        "2011-03-02 10:00:00",
        "2011-03-01 10:00:00",
    ]


def test_a_ledger_without_quantities_has_unknown_pieces_and_prices_not_zero():
    lines = kept([row(quantity=None, price=None, amount=3)])
    assert math.isnan(customers(lines)["pieces"][0])
    assert math.isnan(products(lines)["price"][0])


def test_favourites_come_by_orders_then_amount_then_code():
    rows = [
        row(invoice="1", product="P1", price="9"),
        row(invoice="1", product="P2", price="1"),
        row(invoice="2", product="P2", price="1"),
        row(invoice="2", product="P4", price="5"),
        row(invoice="2", product="P3", price="5"),
        row(invoice="2", product="P3", price="0"),
    ]
    table = favourites(kept(rows))
    assert table["product"].tolist() == ["P2", "P1", "P3", "P4"]
    assert table["place"].tolist() == [1, 2, 3, 4]
    assert table.loc[0, ["orders", "pieces", "amount"]].tolist() == [2, 2.0, 2.0]
    assert favourites(kept(rows), most=1)["product"].tolist() == ["P2"]


def test_a_product_bears_its_latest_description_and_its_median_price():
    rows = [
        row(day="2011-03-03", description="Lamp", price="1"),
        row(day="2011-03-02", description="Zebra lamp", price="2"),
        row(day="2011-03-03", description="Blue lamp", price="4"),
        row(day="2011-03-04", description=None, price="5"),
    ]
    table = products(kept(rows))
    assert table[["product", "description", "orders", "price"]].to_numpy().tolist() == [
        ["P1", "Lamp", 1, 3.0]
    ]


@pytest.mark.parametrize(
    ("codes", "no_products"),
    [
        (["22423", "85123A", "DCGS0076", "POST", "M", "m", "C2", "gift_0001_40", "BANK CHARGES"], 6),
        (["22423", "22424", "ADJUST2", "CRUK", "PADS", "AMAZONFEE", "B", "D", "S", "DOT"], 8),
        # where products have names and no codes, a name is a product
        (["milk", "bread", "B", "M", "Postage"], 0),
    ],
)
def test_codes_of_fees_are_no_products_and_words_are_where_all_codes_are_words(codes, no_products):
    numbered = ["22423"] if codes[0] == "22423" else []
    rows = [row(product=code) for code in codes]
    rows += [row(product=code, invoice=str(n)) for code in numbered for n in range(2, 12)]
    table = products(kept(rows))
    assert table["product"].tolist() == sorted(codes)
    assert (~table["sold"]).sum() == no_products


def test_a_ledger_without_products_has_customers_and_orders_only():
    lines = kept([row(product=None), row(product=None, invoice="2")])
    assert customers(lines)[["orders", "products"]].to_numpy().tolist() == [[2, 0]]
    assert favourites(lines).empty
    assert products(lines).empty
