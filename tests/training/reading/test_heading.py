"""Where a table begins and ends: titles, comments and repeated headers above and in it, sums below it."""

import openpyxl
import pytest

from services.core.refusals import Refusal
from services.training.reading import ReadOptions, read_customers, refuse_unreadable
from tests.training.written import column

HEAD = "customer,order,date,amount\n"
ROWS = "".join(f"K{n % 3},{n},2023-01-{n:02},{n}.50\n" for n in range(1, 9))


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Sales report 2023\n\n", 4),
        ("Sales report,,,\nJanuary to March,2023,,\n,,,\n", 5),
        ("# exported on 2024-01-01\n# customer, date and amount of all\n", 4),
        ("Customer:,all\nDate:,2023-01-31\nTotal:,36.50\n", 5),
        ("What,,When,How much\n", 3),
    ],
)
def test_what_stands_above_the_header_is_skipped_and_said(read, engine, above, line):
    report = read(above + HEAD + ROWS)
    assert (report.rows, report.unreadable, min(column(engine, "line"))) == (8, 0, line)
    assert "above the header and w" in report.warnings[0]


@pytest.mark.parametrize("told", ["sep=;\n", '"sep=;"\n', "\ufeffSEP=;\r\n"])
def test_a_line_that_tells_the_separator_is_followed_and_not_said(read, engine, told):
    report = read(told + (HEAD + ROWS.replace(".", ",")).replace(",", ";").replace(";50", ",50"))
    assert (report.detected.separator, report.rows, report.warnings) == (";", 8, [])
    assert float(max(column(engine, "amount"))) == 8.5


def test_a_line_of_dashes_below_the_header_is_no_row(read):
    report = read(HEAD + "--------,-----,----------,------\n" + ROWS)
    assert (report.rows, report.unreadable) == (8, 0)


def test_the_tab_may_be_told_too(read):
    assert read("sep=\t\n" + (HEAD + ROWS).replace(",", "\t")).detected.separator == "\t"


def test_a_header_that_nobody_knows_is_still_below_its_title(read):
    report = read(
        "Export\nwer,wann,wieviel\na,2023-01-02,1\n",
        columns={"customer": "wer", "date": "wann", "amount": "wieviel"},
    )
    assert (report.rows, report.detected.columns["amount"]) == (1, "wieviel")
    with pytest.raises(Refusal, match="Found: wer, wann, wieviel"):
        read("Export\nwer,wann,wieviel\na,2023-01-02,1\nb,2023-01-02,2\n")


def test_the_header_can_be_named_by_its_line(read, engine):
    content = "customer,date,amount\nold,names,above\ncustomer,date,amount\na,2023-01-02,1\n"
    assert read(content, header_row=3).rows == 1
    assert column(engine, "line") == [4]
    with pytest.raises(Refusal, match="Line 9 cannot be the header") as refused:
        read(content, header_row=9)
    assert refused.value.option == "--header-row"


def test_positions_find_the_data_below_a_title(read, engine):
    report = read("List\na,2023-01-02,1\n", columns={"customer": 1, "date": 2, "amount": 3}, separator=",")
    assert (report.rows, column(engine, "line")) == (1, [2])


def test_a_header_that_stands_again_and_comments_between_rows_are_no_rows(read, engine):
    report = read(HEAD + ROWS + HEAD + "# page 2\n" + ROWS.replace("K", "L"))
    assert (report.rows, report.unreadable) == (16, 0)
    assert report.warnings == ["1 row that repeats the header was skipped."]


@pytest.mark.parametrize(
    "below",
    [
        "Total,,,38.00\n",
        ",,,38.00\n",
        ",,Grand total,38.00\n",
        "Exported on 2024-01-01\n",
        '"Exported on January 1, 2024"\n\nPage 1 of 1\n',
        "Total,,2023-12-31,38.00\n",
        "Gesamtsumme:,8,,38.00\nEnde der Liste\n",
    ],
)
def test_sums_and_notes_below_the_data_are_no_money_and_no_reason_to_refuse(read, engine, below):
    report = read(HEAD + ROWS + below)
    assert column(engine, "unreadable")[:8] == [None] * 8
    assert set(report.reasons) == {"a total or a note below the rows"}
    assert report.unreadable == report.rows - 8
    refuse_unreadable(report, accepted=False)
    assert any(said in report.warnings[-1] for said in ("not a sale", "not sales"))


def test_a_row_that_is_only_short_of_its_customer_or_date_is_no_sum(read):
    report = read(HEAD + ROWS + "K1,9,,4.00\n")
    assert report.reasons == {"no date": 1}


def test_further_lines_of_an_order_that_are_alike_are_no_sums(read):
    report = read(HEAD + ROWS + ",,,1.00\n,,,2.00\n")
    assert report.reasons == {"no date": 2}


def test_a_table_of_customers_has_titles_and_a_total_too(engine, tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text("Our customers\n\ncustomer,recency,frequency,monetary\na,1,2,3\nb,,,\nTotal,,2,3\n")
    report = read_customers(path, engine, ReadOptions(), tmp_path / "scratch")
    assert report.reasons == {"a total or a note below the rows": 1}


def test_a_sheet_has_titles_too(read, engine, tmp_path):
    book = openpyxl.Workbook()
    for cells in [["Orders, branch north"], [], ["Customer", "Day", "Total"], ["a", "2023-01-02", 5]]:
        book.active.append(cells)
    book.save(tmp_path / "w")
    report = read((tmp_path / "w").read_bytes(), columns={"date": "Day"})
    assert (report.rows, column(engine, "line")) == (1, [4])


PREAMBLE = (
    '"Includes all transactions, unless specified"\n"Definitions:"\n'
    '"Tax collected: Includes tax from buyers for sales, shipping, and gift wrap."\n'
    '"Fees: Includes closing fees and referral fees."\n'
)


@pytest.mark.parametrize("header_row", [None, 5])
def test_sentences_above_a_short_table_do_not_part_it_at_blanks(read, header_row):
    rows = '"date/time","order id","buyer","total"\n"Jan 1, 2024 12:03 PM","1","a b","13.00"\n'
    report = read(PREAMBLE + rows, header_row=header_row)
    assert (report.detected.separator, report.rows, report.unreadable) == (",", 1, 0)


def test_the_header_that_is_named_says_the_separator_whatever_stands_above(read):
    above = "customer,date,amount are the columns of another list\n" * 5
    report = read(above + "kunde;ref;datum;summe\na;x;2023-01-05;3\nb;y;2023-01-06;4\n", header_row=6)
    assert (report.detected.separator, report.rows, report.unreadable) == (";", 2, 0)


def test_columns_parted_by_blanks_are_still_read(read):
    assert read("customer date amount\na 2023-01-05 3\nb 2023-01-06 4\n").detected.separator == " "


def test_a_report_with_customers_as_headings_is_named_for_what_it_is(read):
    rows = (
        ",Date,Num,Quantity,Price,Amount\nRose Ltd,,,,,\n,2023-01-05,1,2,3,6\n,2023-01-06,2,1,3,3\n"
        "Total for Rose Ltd,,,3,,9\nFern & Co,,,,,\n,2023-01-07,3,1,3,3\nTotal for Fern & Co,,,1,,3\n"
    )
    with pytest.raises(Refusal, match=r"“Rose Ltd” in line 3; such a report cannot be read"):
        read("Sales by customer,,,,,\n" + rows)
    with pytest.raises(Refusal, match=r"No column was found for customer\. Found: Date"):
        read("Date,Num,Quantity,Price\n2023-01-05,1,2,3\n2023-01-06,2,1,3\n")


def test_a_header_that_was_named_is_not_advised_to_be_named(read):
    text = "Sales of 2024\ncustomer,date,amount\na,2024-01-02,5\n"
    assert "--header-row" in read(text).warnings[0]
    assert read(text, header_row=2).warnings == ["Line 1 stands above the header and was skipped."]


def test_a_first_line_longer_than_what_is_looked_at_hides_no_header(read):
    assert read("# " + "x" * 70_000 + "\ncustomer;date;amount\na;2024-01-02;5\n").rows == 1
