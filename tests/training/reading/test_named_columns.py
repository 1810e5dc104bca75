"""What is said of columns: a role that none has, and quantity and price that make the money."""

from decimal import Decimal

import pytest

from services.core.refusals import Refusal
from services.training.reading import ReadOptions, read_customers
from services.training.reading.columns.addresses import parse_columns
from tests.training.written import column

HEAD = "customer,date,quantity,price,total\n"
ROW = "a,2011-01-02,2,1.50,99\n"
MADE = Decimal("3.00")


@pytest.mark.parametrize(
    "columns",
    [
        {"quantity": "quantity", "price": 4},
        {"amount": "-"},
        {"quantity": "quantity", "price": "price", "amount": "-"},
    ],
)
def test_named_quantity_and_price_or_no_amount_make_the_money_and_it_is_shown(read, engine, columns):
    seen = read(HEAD + ROW, columns=columns).detected
    assert column(engine, "amount") == [MADE]
    assert (seen.money, seen.ignored) == ("quantity × price", ["total"])
    assert "amount" not in seen.columns


@pytest.mark.parametrize(
    "columns", [{}, {"quantity": "quantity"}, {"quantity": "quantity", "price": "price", "amount": "total"}]
)
def test_an_amount_that_is_named_or_found_is_the_money(read, engine, columns):
    seen = read(HEAD + ROW, columns=columns).detected
    assert column(engine, "amount") == [99]
    assert (seen.money, seen.columns["amount"]) == ("amount", "total")


def test_blanks_of_an_amount_that_is_not_asked_make_no_row_unreadable(read):
    assert read(HEAD + "a,2011-01-02,2,1.50,\n" + ROW, columns={"amount": "-"}).unreadable == 0


@pytest.mark.parametrize("role", ["invoice", "product", "description", "country", "opted_out"])
def test_any_role_may_be_left_to_no_column(read, engine, role):
    name = {"opted_out": "unsubscribed"}.get(role, role)
    report = read(f"customer,date,amount,{name}\na,2011-01-02,1,x\n", columns={role: "-"})
    assert not report.ledger[role]
    assert report.detected.ignored == [name]


def test_positions_go_with_a_role_that_no_column_has_in_a_file_without_header(read, engine):
    read(ROW, columns={"customer": 1, "date": 2, "quantity": 3, "price": 4, "invoice": "-"})
    assert column(engine, "amount") == [MADE]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"customer": "-"}, "needs a column for customer, so --columns customer=- is not possible"),
        ({"date": "-"}, "needs a column for date"),
        ({"amount": "-", "price": "-"}, "No column was found for price."),
        ({"amount": "-", "quantity": "-", "price": "-"}, "No column was found for quantity, price"),
        ({"colour": "-"}, "“colour” is not a column role"),
    ],
)
def test_what_a_training_cannot_do_without_is_refused(read, columns, words):
    with pytest.raises(Refusal, match=words) as refused:
        read(HEAD + ROW, columns=columns)
    assert (refused.value.field, refused.value.option) == ("columns", "--columns")


def test_a_table_of_customers_needs_all_three_figures(engine, tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text("customer,recency,frequency,monetary\na,1,2,3\n")
    with pytest.raises(Refusal, match="needs a column for monetary"):
        read_customers(path, engine, ReadOptions(columns={"monetary": "-"}), tmp_path / "scratch")


def test_an_invoice_that_the_file_does_not_name_stays_unknown(read, engine):
    read("customer,invoice,date,amount\nC1,,2011-01-02,1\nC1,7,2011-01-02,1\n")
    assert column(engine, "invoice") == [None, "7"]


def test_a_role_that_is_named_twice_is_refused_rather_than_the_last_one_taken():
    with pytest.raises(Refusal, match="names customer twice") as refused:
        parse_columns("customer=Customer, date=2,customer =Client")
    assert refused.value.option == "--columns"


PIECES = "receipt,customer,date,item,price,colour\n1,a,2011-01-02,Tea,2.50,red\n1,a,2011-01-02,Tea,2.50,red\n"


def test_a_price_is_the_money_of_a_row_that_is_one_piece(read, engine):
    report = read(PIECES)
    assert column(engine, "amount") == [Decimal("2.5")] * 2
    assert any("each row was read as one piece" in warning for warning in report.warnings)


def test_a_price_beside_what_may_count_pieces_is_a_question_with_both_answers(read, engine):
    counted = PIECES.replace("colour", "bits").replace("red", "3")
    with pytest.raises(Refusal, match="no quantity") as asked:
        read(counted)
    assert asked.value.choices == ("quantity=bits", "amount=price")
    for said, amount in (({"quantity": "bits"}, "7.5"), ({"amount": "price"}, "2.5")):
        read(counted, columns=said)
        assert column(engine, "amount") == [Decimal(amount)] * 2


def test_cents_that_a_name_tells_are_hundredths(read, engine):
    report = read("customer,date,amount_cents\na,2011-01-02,1250\nb,2011-01-03,-99\n")
    assert column(engine, "amount") == [Decimal("12.5"), Decimal("-0.99")]
    assert "The column “amount_cents” holds cents, so its numbers were divided by 100." in report.warnings


def test_what_has_decimals_is_not_taken_for_cents(read, engine):
    report = read("customer,date,amount in cents\na,2011-01-02,12.50\n")
    assert column(engine, "amount") == [Decimal("12.5")]
    assert any("speaks of cents" in warning for warning in report.warnings)
