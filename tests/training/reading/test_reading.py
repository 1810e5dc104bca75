"""Files of every form become the same typed lines."""

import gzip
import json
import zipfile
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from services.core.refusals import Refusal
from tests.training.written import HEADER, ROWS, column


def test_a_plain_file_is_read_into_typed_lines(read, engine):
    report = read(HEADER + ROWS)
    assert column(engine, "line", "customer_id", "invoice", "product", "amount", "bought_at") == [
        (2, "17850", "1", "A1", Decimal("15.3000"), datetime(2010, 12, 13, 8, 26)),
        (3, "17850", "1", "B2", Decimal("2.5000"), datetime(2010, 12, 13, 8, 26)),
        (4, "00123", "C2", "A1", Decimal("-2.5500"), datetime(2011, 2, 1, 18, 5)),
    ]
    assert (report.form, report.rows, report.unreadable) == ("csv", 3, 0)
    assert report.detected.date_order == "dmy"
    assert report.detected.columns["customer"] == "Customer ID"
    json.dumps(report.as_json())


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a7_the_separator_is_found(read, separator):
    assert read((HEADER + ROWS).replace(",", separator)).detected.separator == separator


@pytest.mark.parametrize("ends", ["\r", "\r\n"])
def test_a11_every_kind_of_line_end_is_read(read, engine, ends):
    read((HEADER + ROWS).replace("\n", ends))
    assert column(engine, "line") == [2, 3, 4]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_a9_the_encoding_is_found(read, engine, encoding, found):
    report = read((HEADER + ROWS).replace("MUG", "CAFÉ “XL”").encode(encoding))
    assert report.detected.encoding == found
    assert column(engine, "description") == ["CAFÉ “XL”", "CUP", "CAFÉ “XL”"]


def test_bytes_beyond_cp1252_are_read_as_latin_1_and_the_row_is_set_aside(read, engine):
    report = read((HEADER + ROWS.replace("CUP", "C\x81P")).encode("iso-8859-1"))
    assert report.detected.encoding == "iso-8859-1"
    assert column(engine, "unreadable") == [None, "control characters", None]


def test_a9_a_wrong_encoding_is_refused_with_the_byte(read):
    content = (HEADER + ROWS).replace("CUP", "CAFÉ").encode("cp1252")
    with pytest.raises(Refusal, match=f"offset {content.index(0xC9)} ") as refused:
        read(content, encoding="utf-8")
    assert refused.value.field == "encoding"


def test_a9_one_broken_byte_in_utf_8_costs_one_row_and_garbles_none(read, engine):
    rows = ROWS.replace("MUG", "TASSÉ À CAFÉ").encode()
    read(HEADER.encode() + rows.replace(b"CUP", b"C\xedP"))
    assert column(engine, "description") == ["TASSÉ À CAFÉ", None, "TASSÉ À CAFÉ"]
    assert column(engine, "unreadable")[1] == "bytes that do not fit the encoding"


def test_a29_packed_files_are_known_by_content_and_read_alike(read, engine, tmp_path):
    read(HEADER + ROWS)
    plain = engine.execute("FROM read_lines ORDER BY line").fetchall()
    assert read(gzip.compress((HEADER + ROWS).encode()), name="a.csv").form == "csv.gz"
    assert engine.execute("FROM read_lines ORDER BY line").fetchall() == plain
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("sales.csv", HEADER + ROWS)
    assert read((tmp_path / "z").read_bytes(), name="b.csv").form == "zip"
    assert engine.execute("FROM read_lines ORDER BY line").fetchall() == plain


def test_a4_a_parquet_file_gives_the_same_lines(read, engine, tmp_path):
    read(HEADER + ROWS)
    wanted = column(engine, "customer_id", "invoice", "bought_at", "quantity", "price", "amount")
    engine.execute(
        f"COPY (SELECT customer_id AS client, invoice, product AS sku, bought_at AS ordered_at, "
        f"quantity::DOUBLE AS qty, price, NULL AS note FROM read_lines ORDER BY line) TO '{tmp_path}/p[1]*'"
        " (FORMAT parquet)"
    )
    report = read((tmp_path / "p[1]*").read_bytes(), name="p[1]*.csv")
    assert (report.form, report.detected.ignored) == ("parquet", ["note"])
    assert column(engine, "customer_id", "invoice", "bought_at", "quantity", "price", "amount") == wanted


def workbook(rows, path, first=1):
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["Nothing to see"])
    sheet = book.create_sheet("Sales")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.cell(first + number, 1 + place, cell)
    book.save(path)
    return path.read_bytes()


def test_a21_a_workbook_gives_its_first_sheet_with_the_needed_columns(read, engine, tmp_path):
    rows = [
        ["Customer", "Date", "Quantity", "Price", "Note"],
        [12346, datetime(2010, 12, 1, 8, 26), 3, 0.1, None],
        [None, None, None, None, None],
        ["00123", 40513.35, 2, 2.5, "serial"],
        [12347.0, "13/02/2011", 1, 1, "text"],
    ]
    report = read(workbook(rows, tmp_path / "w"), name="w.csv")
    assert column(engine, "customer_id", "bought_at", "amount") == [
        ("12346", datetime(2010, 12, 1, 8, 26), Decimal("0.3000")),
        ("00123", datetime(2010, 12, 1, 8, 24), Decimal("5.0000")),
        ("12347", datetime(2011, 2, 13), Decimal("1.0000")),
    ]
    # the sheet that was left out is said, too
    assert report.warnings[0] == (
        "The sheet 'Sales' was read. The sheet 'About' is not a table of this kind and was not read. "
        "To read another one, name it with --sheet."
    )
    assert len(report.warnings) == 2


def test_the_lines_of_a_workbook_are_those_of_the_sheet(read, engine, tmp_path):
    rows = [["Customer", "Date", "Amount"], ["a", "2011-01-02", 1], [], ["b", "2011-01-02", 1]]
    read(workbook(rows, tmp_path / "w", first=4), name="w.xlsx")
    assert column(engine, "line") == [5, 7]


def test_a21_an_excel_serial_between_dates_of_a_text_file_is_no_date(read, engine):
    # a column of nothing else is read as days, and says so: see cells/test_dates.py
    read("customer,date,amount\na,40513.35,1\nb,2011-01-02,1\n")
    assert column(engine, "unreadable") == ["not a date but a number", None]


def test_fixed_spaces_without_a_header_are_read_by_position(read, engine):
    places = {"customer": 1, "date": "3", "quantity": 4, "amount": 5}
    report = read(" 00004 0001 19970101  2   29.33\r\n 00021 0002 19980118  3  104.96\r\n", columns=places)
    # an invoice was made of the customer and the moment before, and then taken for a cancellation
    assert column(engine, "line", "customer_id", "invoice", "amount") == [
        (1, "00004", None, Decimal("29.3300")),
        (2, "00021", None, Decimal("104.9600")),
    ]
    assert (report.detected.separator, report.ledger["invoice"]) == (" ", False)


def test_positions_on_a_file_with_a_header_leave_the_header_out(read, engine):
    assert read("who,when,paid\na,2011-01-02,1\n", columns={"customer": 1, "date": 2, "amount": 3}).rows == 1


def test_a_given_amount_wins_over_quantity_times_price(read, engine):
    read("customer,date,quantity,price,total\na,2011-01-02,2,3,5.5\nb,2011-01-02,,,4\n")
    assert column(engine, "quantity", "amount") == [
        (Decimal("2.0000"), Decimal("5.5000")),
        (None, Decimal("4.0000")),
    ]


def test_a6_headers_are_matched_through_their_spelling(read):
    report = read("\ufeffCUSTOMER_\u200bid,\u00a0Order  Date ,Line-Total\na,2011-01-02,1\n")
    assert report.detected.columns == {
        "customer": "CUSTOMER_ id",
        "date": "Order Date",
        "amount": "Line-Total",
    }
