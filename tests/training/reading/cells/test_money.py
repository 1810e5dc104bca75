"""The money of a line: less its discount, in one currency."""

from decimal import Decimal

import pytest

from services.core import presets
from services.core.refusals import Refusal
from services.core.text.currencies import currency, united
from services.training.ledger.cleaned import clean_transactions
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reading import ReadOptions, read_customers
from tests.training.written import column


def lines(read, header, rows, **options):
    return read(
        f"customer\tdate\torder\t{header}\n"
        + "".join(f"a\t2023-01-02\t{n}\t{row}\n" for n, row in enumerate(rows)),
        **options,
    )


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            ["2\t5\t1", "2\t5\t", "-2\t5\t1", "2\t5\t-1", "2\t5\t10", "2\t5\t-"],
            ["9", "10", "-9", "9", "0", "10"],
        ),
        (["2\t5\t10%", "2\t5\t0%", "2\t5\t"], ["9", "10", "10"]),
        (["2\t5\t0.25", "2\t5\t0", "-2\t5\t0.15"], ["7.5", "10", "-8.5"]),
        (["2\t5\t0", "1\t5\t0"], ["10", "5"]),
    ],
)
def test_a_discount_is_taken_off_the_line(read, engine, rows, found):
    report = lines(read, "quantity\tprice\tdiscount", rows)
    assert column(engine, "amount") == [Decimal(each) for each in found]
    assert report.detected.money == "quantity × price − discount"
    assert any("--columns discount=-" in warning for warning in report.warnings) == any(
        "%" in row or "0." in row for row in rows
    )


def test_a_discount_that_cannot_be_says_why(read, engine):
    lines(read, "quantity\tprice\tdiscount", ["1\t5\t2", "1\t5\t7", "1\t5\tten", "1\t5\t10%"])
    assert column(engine, "unreadable") == [
        None,
        "discount is more than the line costs",
        "discount is not a number",
        "discount is a percentage",
    ]


@pytest.mark.parametrize(
    ("header", "rows", "found"),
    [
        ("amount", ["$5", "$6"], "$"),
        ("amount", ["$5", "US$6", "7 USD", "8"], "USD"),
        ("amount", ["5,00 €", "EUR 6,00"], "EUR"),
        ("amount\tcurrency", ["$5\tCAD", "6\tcad", "7\t"], "CAD"),
        ("amount\tcurrency", ["5\tEuro", "6\t€"], "EUR"),
        ("quantity\tprice", ["2\t£5", "1\t£6"], "GBP"),
        ("amount", ["5", "6"], None),
    ],
)
def test_one_currency_is_kept_and_said(read, engine, header, rows, found):
    assert lines(read, header, rows).detected.currency == found
    assert set(column(engine, "currency")) == {found}


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        (
            "amount\tcurrency",
            ["5\tUSD", "6\tUSD", "7\tEUR"],
            r"USD \(2 rows, 11.00\) and EUR \(1 row, 7.00\)",
        ),
        ("amount", ["5 USD", "7 €"], r"EUR .* and USD"),
        ("amount", ["$5", "$6", "CA$7"], r"\$ .* and CAD .*--only-currency USD;"),
        ("amount\tcurrency", ["$5\tEUR", "5\tEUR"], "EUR/"),
    ],
)
def test_two_currencies_are_a_question(read, header, rows, words):
    with pytest.raises(Refusal, match=words) as refused:
        lines(read, header, rows)
    assert refused.value.option == "--only-currency"


def test_a_currency_that_the_file_lacks_is_refused(read):
    with pytest.raises(Refusal, match=r"No line of the file is in GBP.*It has USD, EUR"):
        lines(read, "amount\tcurrency", ["5\tUSD", "6\tUSD", "7\tEUR"], only_currency="GBP")
    with pytest.raises(Refusal, match="The file names no currency"):
        lines(read, "amount", ["5"], only_currency="GBP")


def test_the_rows_of_other_currencies_fall_to_a_rule_with_their_money(engine, tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text(
        "customer,date,amount,currency\na,2023-01-02,5,USD\nb,2023-01-03,7,EUR\nc,2023-01-04,2,\n"
    )
    options = TrainOptions(reading=ReadOptions(only_currency="€"))
    found = clean_transactions(
        [path], engine, presets.load("standard"), options, tmp_path / "scratch", Progress(None)
    )
    assert (found.kept, found.rejected["currency"], found.revenue) == (1, 2, "7.00")
    assert [(each.rule, each.rows, each.amount) for each in found.left_out] == [("currency", 2, None)]
    assert found.report.detected.currency == "EUR"


def test_the_spend_of_a_table_of_customers_is_in_one_currency(engine, tmp_path):
    path = tmp_path / "customers.csv"
    table = "customer,recency,frequency,monetary\na,1,2,$5.50\nb,3,1,"
    path.write_text(table + "$7")
    assert read_customers(path, engine, ReadOptions(), tmp_path / "scratch").detected.currency == "$"
    assert engine.execute("SELECT sum(monetary) FROM read_customers").fetchone() == (Decimal("12.5"),)
    path.write_text(table + "€7")
    with pytest.raises(Refusal, match=r"several currencies.*\$ \(1 row\) and EUR \(1 row\)"):
        read_customers(path, engine, ReadOptions(), tmp_path / "scratch")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("€", "EUR"),
        ("us$", "USD"),
        ("Rs.", "rs"),
        ("kr", "kr"),
        ("US dollar", "USD"),
        ("usd", "USD"),
        ("x", None),
    ],
)
def test_a_currency_is_known_by_sign_code_and_name(text, code):
    assert currency(text) == code


def test_a_shared_sign_is_one_currency_with_its_usual_one_alone():
    assert united({"$", "USD", "CAD"}) == {"$": "USD", "USD": "USD", "CAD": "CAD"}
    assert united({"$", "CAD"}) == {"$": "$", "CAD": "CAD"}
    assert united({"kr"}) == {"kr": "kr"}


def test_a_discount_of_one_is_not_the_whole_price_and_what_it_was_taken_for_is_said(read, engine):
    report = read(
        "customer,date,item,quantity,price,discount\na,2023-01-05,x,2,10,0\nb,2023-01-06,y,1,10,1\n"
    )
    assert [float(money) for money in column(engine, "amount")] == [20, 9]
    assert any("nothing but 0 and 1" in warning for warning in report.warnings)
