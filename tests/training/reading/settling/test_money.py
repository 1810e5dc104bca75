"""A line's money: an order's total is not summed by line, and where the file does not tell it is asked."""

import random
from decimal import Decimal

import pytest

from services.core.refusals import Refusal
from services.training.reading.columns.addresses import parse_columns
from tests.training.written import column

HEAD = "Order ID,Customer ID,Date,SKU,Quantity,Price,Total\n"
REPEATED = [
    "1,U1,2023-01-05,A1,1,10.00,30.00",
    "1,U1,2023-01-05,B2,2,10.00,30.00",
    "2,U2,2023-02-05,A1,1,10.00,10.00",
    "3,U3,2023-03-05,B2,4,10.00,57.50",
    "3,U3,2023-03-05,E5,1,17.50,57.50",
]


def total(engine):
    return engine.execute("SELECT sum(amount) FROM read_lines WHERE unreadable IS NULL").fetchone()[0]


def test_a_total_on_each_line_is_the_orders_and_said_with_both_sums(read, engine):
    for rows in (REPEATED, random.Random(2).sample(REPEATED, 5)):
        report = read(HEAD + "\n".join(rows))
        assert total(engine) == Decimal("97.50")
        assert (report.detected.money, report.detected.columns["order_total"]) == (
            "quantity × price",
            "Total",
        )
        assert report.warnings[-1] == (
            "The column “Total” repeats one value on every line of an order, so it is the order's total. "
            "quantity × price was used as the line amount: 97.50 in all. If “Total” is the line amount, add "
            "--columns amount=Total (185.00 over 5 lines)."
        )


def test_whoever_says_that_it_is_the_lines_money_is_followed(read, engine):
    read(HEAD + "\n".join(REPEATED), columns={"amount": "Total"})
    assert total(engine) == Decimal("185.00")


@pytest.mark.parametrize("blank", ["", "0.00"])
def test_a_total_on_the_first_line_only_is_the_orders(read, engine, blank):
    rows = [
        *REPEATED[:1],
        REPEATED[1].replace("30.00", blank),
        *REPEATED[2:4],
        REPEATED[4].replace("57.50", blank),
    ]
    report = read(HEAD + "\n".join(rows))
    assert (total(engine), report.unreadable) == (Decimal("97.50"), 0)


def test_a_total_with_postage_is_asked_about_where_few_orders_tell_and_taken_where_several_do(read, engine):
    few = [row.replace("30.00", "34.90").replace("57.50", "62.40") for row in REPEATED]
    with pytest.raises(
        Refusal, match=r"the 2 orders of several lines.* 97.50 .*204.60 over 5 lines"
    ) as refused:
        read(HEAD + "\n".join(few))
    assert refused.value.choices == ("amount=-", "amount=Total")
    for answer, right in zip(refused.value.choices, ("97.50", "204.60"), strict=True):
        read(HEAD + "\n".join(few), columns=parse_columns(answer))
        assert total(engine) == Decimal(right)
    more = [*few, "4,U1,2023-03-06,A1,1,10.00,20.00", "4,U1,2023-03-06,C3,1,5.00,20.00"]
    read(HEAD + "\n".join(more))
    assert total(engine) == Decimal("112.50")


def test_a_line_total_that_is_quantity_times_price_is_the_money(read, engine):
    rows = [
        "1,U1,2023-01-05,A1,1,10.00,10.00",
        "1,U1,2023-01-05,B2,2,10.00,20.00",
        "2,U2,2023-02-05,A1,3,10.00,30.00",
    ]
    report = read(HEAD + "\n".join(rows))
    assert (report.detected.money, report.detected.reasons["amount"]) == ("amount", "it is quantity × price")


def test_of_two_columns_of_money_the_orders_total_is_left(read, engine):
    head = "order_id,customer,date,product,amount,total\n"
    rows = [
        f"{n},U{n},2023-01-0{n},{item},{price},{18 + n}.00"
        for n in range(1, 5)
        for item, price in (("A", 10), ("B", 8 + n))
    ]
    report = read(head + "\n".join(rows))
    assert total(engine) == sum(18 + n for n in range(1, 5))
    assert report.detected.columns["amount"] == "amount"
    assert "“total” repeats one value on every line" in " ".join(report.warnings)


def test_two_columns_that_nothing_tells_apart_are_one_question_with_both_sums(read, engine):
    text = "customer,date,Net sales,Gross sales\nU1,2023-01-05,10.00,11.90\nU2,2023-01-06,20.00,23.80\n"
    with pytest.raises(
        Refusal, match=r"“Net sales” adds up to 30.00. The column “Gross sales” adds up to 35.70"
    ) as refused:
        read(text)
    assert refused.value.choices == ("amount=Net sales", "amount=Gross sales")
    read(text, columns=parse_columns(refused.value.choices[1]))
    assert total(engine) == Decimal("35.70")


def test_equal_columns_are_no_question(read, engine):
    read("customer,date,amount,Amount\nU1,2023-01-05,10.00,10.00\n")
    assert total(engine) == 10


@pytest.mark.parametrize("name", ["Total", "Order Total"])
def test_an_orders_total_without_prices_is_counted_once_and_shared_out_by_pieces(read, engine, name):
    head = f"order,customer,date,product,quantity,{name}\n"
    rows = [
        f"{n},U{n},2023-01-0{n},{item},{pieces},{10 * n}.01"
        for n in range(1, 5)
        for item, pieces in (("A", 1), ("B", 2))
    ]
    for written in (rows, random.Random(5).sample(rows, len(rows))):
        report = read(head + "\n".join(written))
        assert engine.execute(
            "SELECT invoice, sum(amount) FROM read_lines GROUP BY ALL ORDER BY ALL"
        ).fetchall() == [(str(n), Decimal(f"{10 * n}.01")) for n in range(1, 5)]
        assert engine.execute("SELECT sum(amount) FROM read_lines WHERE product = 'B'").fetchone()[
            0
        ] == pytest.approx(Decimal("66.69"), abs=Decimal("0.01"))
        assert "counted once an order" in report.warnings[-1]


def test_an_order_total_is_the_money_where_a_row_is_an_order(read, engine):
    report = read("order,customer,date,Order total\n1,U1,2023-01-05,10.00\n2,U1,2023-01-06,12.00\n")
    assert (total(engine), report.detected.money, report.warnings) == (22, "amount", [])


def test_pieces_of_one_price_on_a_receipt_are_no_total(read, engine):
    read(
        "receipt,customer,date,item,amount\n1,U1,2023-01-05,Tea,2.50\n1,U1,2023-01-05,Tea,2.50\n2,U2,2023-01-06,Mug,9\n"
    )
    assert total(engine) == 14


PRICES = "order,customer,date,sku,quantity,Price\n"
GROWS = [("A", 1, 6), ("A", 3, 18), ("B", 2, 9), ("B", 4, 18), ("C", 1, 5), ("C", 5, 25)]


def test_a_price_that_grows_with_the_pieces_is_the_lines_money(read, engine):
    rows = [f"{n},U{n},2023-01-05,{sku},{pieces},{price}.00" for n, (sku, pieces, price) in enumerate(GROWS)]
    report = read(PRICES + "\n".join(rows))
    assert (total(engine), report.detected.money) == (81, "amount")
    read(PRICES + "\n".join(rows), columns={"price": "Price"})
    assert total(engine) == sum(pieces * price for _sku, pieces, price in GROWS)


def test_a_price_that_grows_for_one_product_is_a_question(read):
    rows = [
        f"{n},U{n},2023-01-05,{sku},{pieces},{price}.00" for n, (sku, pieces, price) in enumerate(GROWS[:2])
    ]
    with pytest.raises(
        Refusal, match=r"worth 24.00: add --columns amount=Price.*worth 60.00: add --columns price=Price"
    ):
        read(PRICES + "\n".join(rows))


def test_a_price_of_one_piece_is_multiplied(read, engine):
    read(PRICES + "1,U1,2023-01-05,A,1,6.00\n2,U2,2023-01-05,A,3,6.00\n3,U2,2023-01-06,A,10,5.00\n")
    assert total(engine) == 74


def test_equal_candidates_for_the_customer_are_no_question_and_unlike_ones_are(read, engine):
    head = "customer_id,member_id,date,amount\n"
    read(head + "1,m1,2023-01-05,5\n2,m2,2023-01-05,5\n1,m1,2023-01-06,5\n")
    assert column(engine, "customer_id") == ["1", "2", "1"]
    with pytest.raises(
        Refusal, match=r"“customer_id” holds 2 different values.*“member_id” holds 3"
    ) as refused:
        read(head + "1,m1,2023-01-05,5\n2,m2,2023-01-05,5\n1,m3,2023-01-06,5\n")
    assert refused.value.choices == ("customer=customer_id", "customer=member_id")


def test_an_amount_that_never_grows_with_the_pieces_is_a_question(read, engine):
    rows = [
        f"{n},U{n},2023-01-05,{sku},{pieces},{6 + len(sku)}.00"
        for n, (sku, pieces, _price) in enumerate(GROWS)
    ]
    text = "order,customer,date,sku,quantity,Amount\n" + "\n".join(rows)
    with pytest.raises(Refusal, match=r"--columns price=Amount; .*--columns amount=Amount"):
        read(text)
    read(text, columns={"price": "Amount"})
    assert total(engine) == 7 * 16


def test_a_cell_that_is_missing_or_no_number_makes_no_total_of_a_column(read, engine):
    head = "order,customer,date,product,amount\n1,U1,2023-01-05,A,x\n1,U1,2023-01-05,B,5.00\n"
    assert read(head + "2,U2,2023-01-06,A,4.00\n").unreadable == 1
    assert read(head.replace(",x", ",")).reasons == {"no amount": 1}
    with pytest.raises(Refusal, match="in the only order of several lines"):
        read(head.replace(",x", ",").replace("amount", "Total"))


def test_a_total_of_what_is_left_after_the_discount_is_the_orders(read, engine):
    head = "order,customer,date,sku,quantity,price,discount,Total\n"
    rows = "1,U1,2023-01-05,A,2,10.00,1.50,23.50\n1,U1,2023-01-05,B,1,5.00,0,23.50\n"
    report = read(head + rows)
    assert total(engine) == Decimal("23.50")
    assert "23.50 in all" in " ".join(report.warnings)


ONE = (
    "Order ID,Customer ID,Date,SKU,Item Total,Amount\n"
    "1,U1,2023-01-05,A1,20.00,22.00\n"
    "1,U1,2023-01-05,B2,20.00,18.00\n"
)


def test_a_single_order_of_equal_lines_does_not_tell_what_a_total_is(read):
    with pytest.raises(Refusal) as asked:
        read(ONE)
    assert {"amount=Item Total", "order_total=Item Total"} & set(asked.value.choices)


def test_an_order_has_but_one_total(read, engine):
    rows = [f"{n},U{n},2023-01-0{n},{sku},{20 * n},{40 * n}" for n in (1, 2, 3) for sku in ("A1", "B2")]
    read("Order ID,Customer ID,Date,SKU,Item Total,Order Total\n" + "\n".join(rows))
    assert total(engine) == Decimal("240.00")


def test_one_value_on_lines_that_happen_to_cost_the_same_is_a_question(read):
    content = (
        "customer,order no,date,product,price,quantity,Total\na,1,2023-01-05,CUP,10,2,45\n"
        "a,1,2023-01-05,BOWL,20,1,45\nb,2,2023-01-06,BOWL,20,3,60\n"
    )
    with pytest.raises(
        Refusal, match=r"“Total” repeats one value .* in the only order .* 100\.00 in all.*\(150\.00 over 3"
    ) as asked:
        read(content)
    assert asked.value.choices == ("amount=-", "amount=Total")
    assert read(content.replace("45", "20")).detected.money == "amount"
