"""Whether a row is a sale, from a file to its ledger: by every column that says so."""

import pytest

from services.training.reading.report import ReadOptions


def said(ledger):
    return " ".join(ledger.report.warnings)


TWO = """order,customer,date,order status,payment status,delivery status,amount
1,A,2024-01-03,Completed,Paid,Delivered,10
2,A,2024-02-03,Completed,Refunded,Delivered,500
3,B,2024-02-09,Processing,Failed,,30
4,B,2024-03-05,Processing,Paid,Pending,40
5,C,2024-03-11,Completed,Paid,Returned to sender,24
6,C,2024-03-29,Completed,Paid,In transit,75
7,C,2024-03-29,On ice,Paid,In transit,1
"""


def test_every_column_of_statuses_can_say_that_nothing_was_sold(ledger_of):
    ledger = ledger_of(TWO)
    assert ledger.revenue == "126.00"
    assert ledger.statuses == {
        "Completed / Paid / Returned to sender": 1,
        "Completed / Refunded": 1,
        "Processing / Failed": 1,
    }
    assert "the columns “order status”, “payment status” and “delivery status” say" in said(ledger)
    assert "1 row was kept although" in said(ledger)
    assert "“On ice / Paid” 1" in said(ledger)


def test_a_part_of_a_status_or_all_of_it_is_kept_or_dropped(ledger_of):
    assert ledger_of(TWO, keep_status=("refunded",)).revenue == "626.00"
    assert ledger_of(TWO, keep_status=("Completed / Refunded",)).revenue == "626.00"
    assert ledger_of(TWO, drop_status=("On ice",)).revenue == "125.00"
    alone = ReadOptions(columns={"status": "order status"})
    assert ledger_of(TWO, reading=alone).revenue == "680.00"


def test_a_cancelled_order_is_reported_under_the_column_that_says_so(ledger_of):
    ledger = ledger_of(
        "order,customer,date,financial status,cancelled at,amount\n"
        "1,A,2024-01-03,PAID,,10\n2,A,2024-02-03,PAID,2024-02-04,500\n"
    )
    assert ledger.statuses == {"PAID / cancelled": 1}
    assert "the columns “financial status” and “cancelled at” say" in said(ledger)


KINDS = """{column},number,date,customer,product,quantity,price,amount
{sale},I1,2024-01-03,A,MUG,2,10.00,20.00
{sale},I2,2024-01-04,B,MUG,3,10.00,30.00
{back},N1,2024-01-15,B,MUG,{sign}1,10.00,{sign}10.00
{none},Q1,2024-01-16,C,MUG,5,10.00,50.00
{sale},I3,2024-01-17,C,MUG,1,10.00,10.00
"""


@pytest.mark.parametrize(
    ("column", "sale", "back", "none"),
    [
        ("Document Type", "Invoice", "Credit Note", "Quote"),
        ("Type", "SALE", "REFUND", "Payment"),
        ("Belegart", "Rechnung", "Gutschrift", "Angebot"),
        ("거래유형", "판매", "반품", "견적"),
    ],
)
def test_a_refund_without_a_minus_is_read_as_one_with_it(ledger_of, column, sale, back, none):
    kinds = {"column": column, "sale": sale, "back": back, "none": none}
    plain, signed = (ledger_of(KINDS.format(**kinds, sign=sign)) for sign in ("", "-"))
    assert plain.revenue == signed.revenue == "50.00"
    assert plain.rejected == signed.rejected
    assert plain.statuses == {none: 1}
    assert "counted as negative, -10.00 in all" in said(plain)
    assert "minus" not in said(signed)


@pytest.mark.parametrize("values", [("Visa", "Cash", "Draft"), ("Product", "Variable", "Return case")])
def test_kinds_of_products_and_payments_change_nothing(ledger_of, values):
    one, two, three = values
    ledger = ledger_of(KINDS.format(column="Type", sale=one, back=two, none=three, sign=""))
    assert ledger.revenue == "120.00"
    assert not ledger.statuses


def test_what_a_column_says_was_given_back_is_said_with_its_sum(ledger_of):
    ledger = ledger_of(
        "order,customer,date,status,total,refund amount\n1,A,2024-01-03,paid,20.00,0.00\n"
        "2,B,2024-01-04,partially refunded,30.00,30.00\n3,C,2024-01-05,paid,10.00,4.00\n"
        "4,C,2024-01-06,refunded,10.00,10.00\n"
    )
    assert "The column “refund amount” says that 34.00 on 2 rows was given back; it is not" in said(ledger)
    assert "The column “refund amount” says how much" in said(ledger)
    pieces = ledger_of(
        "order,customer,date,product,quantity,price,quantity refunded\n1,A,2024-01-03,MUG,2,10,1\n"
    )
    assert "“quantity refunded” says that 1 piece on 1 row was given back" in said(pieces)


@pytest.mark.parametrize(
    ("column", "values"),
    [("Test", ("false", "true")), ("Mode", ("Live", "Test")), ("Refunded", ("No", "Yes"))],
)
def test_tests_and_rows_marked_as_refunded_are_no_sales(ledger_of, column, values):
    no, yes = values
    ledger = ledger_of(
        f"order,customer,date,amount,{column}\n1,A,2024-01-03,10,{no}\n2,B,2024-01-04,999,{yes}\n"
    )
    assert ledger.revenue == "10.00"
    assert ledger.statuses == {f"{column}: {yes}": 1}


def test_the_arm_of_an_experiment_is_no_test(ledger_of):
    ledger = ledger_of("order,customer,date,amount,test\n1,A,2024-01-03,10,0\n2,B,2024-01-04,999,1\n")
    assert ledger.revenue == "1009.00"


YES_OR_NO = """order,customer,date,product,quantity,price,{}
1,A,2024-01-03,Mug,2,50,{no}
2,A,2024-02-03,Pot,1,10,{yes}
3,B,2024-02-09,Cup,1,50,{no}
"""


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("Returned", "Yes", "No"), ("Cancelled", "1", "0"), ("Zurückgegeben", "ja", "nein"),
        ("Refunded?", "TRUE", "FALSE"), ("Order returned", "y", ""),
        ("Livemode", "false", "true"), ("Test", "yes", "no"),
    ],
)  # fmt: skip
def test_yes_and_no_of_what_came_back_work_as_a_status_that_is_named(ledger_of, name, yes, no):
    text = YES_OR_NO.format(name, yes=yes, no=no)
    named = ledger_of(text, reading=ReadOptions(columns={"status": name}))
    assert (named.revenue, named.rejected["status"]) == ("150.00", 1)
    assert f"{name}: {yes}" in said(named)
    found = ledger_of(text)
    assert found.revenue == named.revenue


def test_a_voucher_beside_goods_is_said_with_its_sum(ledger_of):
    rows = "1,A,2024-01-03,Mug,2,50\n1,A,2024-01-03,GUTSCHEIN,1,-10\n"
    rows += "2,B,2024-01-04,Cup,1,50\n2,B,2024-01-04,Gift card,-1,5\n"
    ledger = ledger_of("order,customer,date,product,quantity,price\n" + rows)
    assert ledger.revenue == "150.00"
    told = "2 rows take 15.00 off orders with goods, such as “GUTSCHEIN”, without taking back anything"
    assert told.replace("GUTSCHEIN", "Gift card") in said(ledger) or told in said(ledger)


def test_what_the_customer_bought_and_gives_back_is_no_voucher(ledger_of):
    rows = "1,A,2024-01-03,Mug,2,50\n2,A,2024-01-09,Mug,1,-50\n2,A,2024-01-09,Cup,1,60\n"
    assert "vouchers" not in said(ledger_of("order,customer,date,product,quantity,price\n" + rows))
