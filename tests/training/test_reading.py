"""Files of every form become the same typed lines; what cannot be read is counted, or refused."""

import gzip
import json
import zipfile
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.core.customer_ids import BLANKS, canonical_id
from services.core.refusals import Refusal
from services.training.lines.engine import open_engine
from services.training.reading import ReadOptions, read_file

HEADER = "Invoice,Stock Code,Description,Quantity,Invoice Date,Price,Customer ID,Country\n"
ROWS = (
    "1,A1,MUG,6,13/12/2010 8:26,2.55,17850,France\n"
    "1,B2,CUP,2,13/12/2010 8:26,1.25,17850,France\n"
    "C2,A1,MUG,-1,1/02/2011 18:05,2.55,00123,Spain\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with open_engine(tmp_path_factory.mktemp("engine")) as opened:
        yield opened


@pytest.fixture
def read(engine, tmp_path):
    """Write bytes or text to a file, read it, give the report."""

    def reading(content, name="sales.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(path, engine, ReadOptions(**options), tmp_path / "scratch")

    return reading


def column(engine, *names):
    found = engine.execute(f"SELECT {', '.join(names)} FROM read_lines ORDER BY line").fetchall()
    return [row[0] for row in found] if len(names) == 1 else found


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
def test_the_separator_is_found(read, separator):
    assert read((HEADER + ROWS).replace(",", separator)).detected.separator == separator


@pytest.mark.parametrize("ends", ["\r", "\r\n"])
def test_every_kind_of_line_end_is_read(read, engine, ends):
    read((HEADER + ROWS).replace("\n", ends))
    assert column(engine, "line") == [2, 3, 4]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_the_encoding_is_found(read, engine, encoding, found):
    report = read((HEADER + ROWS).replace("MUG", "CAFÉ “XL”").encode(encoding))
    assert report.detected.encoding == found
    assert column(engine, "description") == ["CAFÉ “XL”", "CUP", "CAFÉ “XL”"]


def test_bytes_beyond_cp1252_are_read_as_latin_1_and_the_row_is_set_aside(read, engine):
    report = read((HEADER + ROWS.replace("CUP", "C\x81P")).encode("iso-8859-1"))
    assert report.detected.encoding == "iso-8859-1"
    assert column(engine, "unreadable") == [None, "control characters", None]


def test_a_wrong_encoding_is_refused_with_the_byte(read):
    content = (HEADER + ROWS).replace("CUP", "CAFÉ").encode("cp1252")
    with pytest.raises(Refusal, match=f"offset {content.index(0xC9)} ") as refused:
        read(content, encoding="utf-8")
    assert refused.value.field == "encoding"


def test_one_broken_byte_in_utf_8_costs_one_row_and_garbles_none(read, engine):
    rows = ROWS.replace("MUG", "TASSÉ À CAFÉ").encode()
    read(HEADER.encode() + rows.replace(b"CUP", b"C\xedP"))
    assert column(engine, "description") == ["TASSÉ À CAFÉ", None, "TASSÉ À CAFÉ"]
    assert column(engine, "unreadable")[1] == "bytes that do not fit the encoding"


def test_packed_files_are_known_by_content_and_read_alike(read, engine, tmp_path):
    read(HEADER + ROWS)
    plain = engine.execute("FROM read_lines ORDER BY line").fetchall()
    assert read(gzip.compress((HEADER + ROWS).encode()), name="a.csv").form == "csv.gz"
    assert engine.execute("FROM read_lines ORDER BY line").fetchall() == plain
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("sales.csv", HEADER + ROWS)
    assert read((tmp_path / "z").read_bytes(), name="b.csv").form == "zip"
    assert engine.execute("FROM read_lines ORDER BY line").fetchall() == plain


def test_a_parquet_file_gives_the_same_lines(read, engine, tmp_path):
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


def test_a_workbook_gives_its_first_sheet_with_the_needed_columns(read, engine, tmp_path):
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
    assert report.warnings[0] == "The sheet 'Sales' was read."
    assert len(report.warnings) == 2


def test_the_lines_of_a_workbook_are_those_of_the_sheet(read, engine, tmp_path):
    rows = [["Customer", "Date", "Amount"], ["a", "2011-01-02", 1], [], ["b", "2011-01-02", 1]]
    read(workbook(rows, tmp_path / "w", first=4), name="w.xlsx")
    assert column(engine, "line") == [5, 7]


def test_an_excel_serial_in_a_text_file_is_no_date(read, engine):
    read("customer,date,amount\na,40513.35,1\nb,2011-01-02,1\n")
    assert column(engine, "unreadable") == ["not a date", None]


def test_fixed_spaces_without_a_header_are_read_by_position(read, engine):
    places = {"customer": 1, "date": "3", "quantity": 4, "amount": 5}
    report = read(" 00004 0001 19970101  2   29.33\r\n 00021 0002 19980118  3  104.96\r\n", columns=places)
    assert column(engine, "line", "customer_id", "invoice", "amount") == [
        (1, "00004", "00004 1997-01-01T00:00:00", Decimal("29.3300")),
        (2, "00021", "00021 1998-01-18T00:00:00", Decimal("104.9600")),
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


def test_headers_are_matched_through_their_spelling(read):
    report = read("\ufeffCUSTOMER_\u200bid,\u00a0Order  Date ,Line-Total\na,2011-01-02,1\n")
    assert report.detected.columns == {
        "customer": "CUSTOMER_ id",
        "date": "Order Date",
        "amount": "Line-Total",
    }


def test_exact_duplicates_share_a_key_whatever_the_order_and_near_ones_do_not(read, engine):
    rows = ["a,2011-01-02,1,x\n", "a,2011-01-02,1,y\n", "a,2011-01-02,1,x\n"]
    read("customer,date,amount,note\n" + "".join(rows))
    keys = column(engine, "row_key")
    assert keys[0] == keys[2] != keys[1]
    read("customer,date,amount,note\n" + "".join(reversed(rows)))
    assert column(engine, "row_key") == keys[::-1]


def test_every_bad_row_has_its_reason(read, engine):
    content = (
        "customer,date,quantity,price,note\n"
        "a,2011-01-02,1,2,\n"
        "a,,1,2,\n"
        "a,yesterday,1,2,\n"
        "a,31/02/2011,1,2,\n"
        "a,0000-00-00,1,2,\n"
        "a,1700-01-01,1,2,\n"
        "a,13/02/9999,1,2,\n"
        "a,2011-01-02 25:00,1,2,\n"
        "a,2011-01-02,inf,2,\n"
        "a,2011-01-02,1,nan,\n"
        "a,2011-01-02,1e400,2,\n"
        "a,2011-01-02,,2,\n"
        "a,2011-01-02,99999999999999,99999999999999,\n"
        "a,2011-01-02,1\n"
        "a,2011-01-02,1,2,,\n"
        "a,2011-01-02,1,2,x\0y\n"
        "a,2011-01-02,1,2,\x1b[31m\n"
        f"{'9' * 65},2011-01-02,1,2,\n"
        f"a,2011-01-02,1,2,{'x' * 10_001}\n"
        'a,2011-01-02,1,2,"x"y""\n'
        ",13/02/2011,1,2,\n"
    )
    report = read(content)
    assert column(engine, "unreadable") == [
        None,
        "no date",
        "not a date",
        "impossible date",
        "impossible date",
        "impossible date",
        "impossible date",
        "impossible date",
        "quantity is not a number",
        "price is not a number",
        "quantity is not a number",
        "no quantity",
        "amount is too large",
        "3 fields instead of 5",
        "6 fields instead of 5",
        "control characters",
        "control characters",
        "customer id over 64 characters",
        "a field is longer than 10,000 characters",
        "text behind a closing quote",
        None,
    ]
    assert (report.rows, report.unreadable) == (21, 19)
    assert report.examples[0].line == 3


def test_a_line_break_inside_quotes_keeps_the_numbers_of_lines(read, engine):
    read('customer,date,amount,note\na,2011-01-02,1,"one\ntwo"\n\nb,2011-01-02,1,12" RULER\n')
    assert column(engine, "line", "unreadable") == [(2, None), (5, None)]


def test_examples_are_at_most_twenty_a_reason(read):
    report = read("customer,date,amount\na,2011-01-02,1\n" + "a,never,1\n" * 30 + "a,2011-01-02,x\n" * 3)
    assert (len(report.examples), report.unreadable) == (23, 33)


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        ("", "file", "is empty"),
        ("\n\n", "file", "is empty"),
        (HEADER, "file", "no data rows"),
        ("customer,date\na,2011-01-02\n", "columns", "amount. Found: customer, date"),
        ("customer,price,date\na,1,2011-01-02\n", "columns", "quantity \\(or amount\\)"),
        ("customer,date,amount,Amount\na,2011-01-02,1,1\n", "columns", "'Amount' stands twice"),
        (",".join(f"c{n}" for n in range(101)) + "\n", "columns", "101 columns"),
        ("customer,date,amount\n" + "a,2011-01-02,1,\n" * 3, "separator", "4 fields instead of 3"),
        ("customer,date,amount\n" + "a,2011-01-02,1,\n" * 1000 + "a,2011-01-02,1\n", "separator", "4 fields"),
        ('customer,date,amount\na,2011-01-02,"1\nb,2011-01-02,1\n', "file", "line 2 "),
        ('customer,date,amount\na,"2011-01-02,1\nb,"2011-01-02",1\n', "file", "line 2 "),
        ("customer,date,amount\na,never,1\n", "file", "None of the 1 rows can be read. Line 2: not a date"),
        ("customer,date,amount\na,01/02/2011,1\n", "date_order", "'01/02/2011' can be read in two ways"),
        ("customer,date,amount\na,01/02/11,1\n", "date_order", "two ways"),
        ("customer,date,amount\na,13/02/2011,1\na,02/25/2011,1\n", "date_order", "02/25/2011.*13/02/2011"),
        ('customer,date,amount\na,2011-01-02,"1,234"\n', "decimal", "1,234"),
        ("%PDF-1.7\n", "file", "a PDF document"),
        ("<!DOCTYPE html><table>", "file", "a web page"),
        (b"PK\x03\x04 nothing", "file", "damaged"),
        (b"\x1f\x8b\x08 cut short", "file", "damaged"),
        (b"PAR1 nothing", "file", "damaged"),
        (gzip.compress(b""), "file", "is empty"),
        (gzip.compress(gzip.compress(b"a,b")), "file", "a gzip archive"),
        ((HEADER + ROWS).encode("utf-16-le"), "encoding", "utf-16-le"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(read, content, field, words):
    with pytest.raises(Refusal, match=words) as refused:
        read(content)
    assert refused.value.field == field


def test_archives_that_unpack_to_too_much_are_refused(read, tmp_path):
    with pytest.raises(Refusal, match="unpacks to more"):
        read(gzip.compress(HEADER.encode() + b"\n" * 40_000_000))
    with zipfile.ZipFile(tmp_path / "z", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 40_000_000)
    with pytest.raises(Refusal, match="100 times its size"):
        read((tmp_path / "z").read_bytes())
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        for number in range(1001):
            archive.writestr(f"xl/{number}", b"")
    with pytest.raises(Refusal, match="1,001 files"):
        read((tmp_path / "z").read_bytes())


def test_a_workbook_with_a_far_cell_or_macros_is_refused(read, tmp_path):
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "w")
    with pytest.raises(Refusal, match="beyond 100 columns"):
        read((tmp_path / "w").read_bytes())
    with zipfile.ZipFile(tmp_path / "w", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"")
    with pytest.raises(Refusal, match="macros"):
        read((tmp_path / "w").read_bytes())


@pytest.mark.parametrize(
    ("cells", "sign", "amounts"),
    [
        (["2,50", "1.234,50", "7"], ",", ["2.5", "1234.5", "7"]),
        (["2.50", "1,234.50", "1 000"], ".", ["2.5", "1234.5", "1000"]),
        (["2,50", "3,75", "1.5"], ",", ["2.5", "3.75", None]),
        (["1.234", "0.500", "2"], ".", ["1.234", "0.5", "2"]),
        (["1.234.567", "1.234", "-2"], ",", ["1234567", "1234", "-2"]),
    ],
)
def test_the_decimal_sign_is_decided_over_the_file(read, engine, cells, sign, amounts):
    report = read("customer;date;amount\n" + "".join(f"a;2011-01-02;{cell}\n" for cell in cells))
    assert report.detected.decimal == sign
    assert column(engine, "amount") == [None if value is None else Decimal(value) for value in amounts]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2011-02-01T08:26:30Z", datetime(2011, 2, 1, 8, 26, 30)),
        ("2011-02-01 08:26:30.250+02:00", datetime(2011, 2, 1, 6, 26, 30)),
        ("2011-02-01 00:30 -0530", datetime(2011, 2, 1, 6, 0)),
        ("20110201", datetime(2011, 2, 1)),
        ("01-02-2011 8.26", datetime(2011, 2, 1, 8, 26)),
        ("1.2.2011, 8:26 PM", datetime(2011, 2, 1, 20, 26)),
        ("1/2/2011 12:05 am", datetime(2011, 2, 1, 0, 5)),
        ("1/2/70", datetime(1970, 2, 1)),
        ("1/2/69", datetime(2069, 2, 1)),
    ],
)
def test_a_moment_is_read_in_each_spelling(read, engine, cell, moment):
    read(f'customer,date,amount\na,"{cell}",1\nb,31/12/98,1\n')
    assert column(engine, "bought_at")[0] == moment


def test_a_given_order_overrules_and_sets_aside_what_does_not_fit(read, engine):
    read("customer,date,amount\na,13/02/2011,1\na,02/25/2011,1\na,01/02/2011,1\n", date_order="mdy")
    assert column(engine, "unreadable") == ["impossible date", None, None]
    assert column(engine, "bought_at")[2] == datetime(2011, 1, 2)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("0129.aE-é\t " + BLANKS), max_size=12), min_size=1, max_size=40))
def test_import_and_look_up_agree_on_every_id(read, engine, ids):
    ids = ["x", *(text.translate({10: 32, 13: 32}) for text in ids)]
    read("customer|date|amount\n" + "".join(f"{text}|2011-01-02|1\n" for text in ids))
    found = column(engine, "customer_id", "unreadable")
    assert [row[0] for row in found if row[1] is None] == [
        canonical_id(text) for text, row in zip(ids, found, strict=True) if row[1] is None
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_kept_and_unreadable_rows_are_the_rows_written(read, engine, data):
    rows = [f"{n % 7},A{n},NAME {n},{n},13/12/2010 8:26,2.55,{17000 + n},France" for n in range(1, 16)]
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(st.integers(0, len(rows) - 1))
        place = data.draw(st.integers(0, len(rows[n])))
        inserted = data.draw(st.text(st.characters(exclude_characters='"\r\n'), max_size=3))
        rows[n] = rows[n][:place] + inserted + rows[n][place + data.draw(st.integers(0, 3)) :]
    assert all(rows)
    report = read(HEADER + "\n".join(rows), date_order="dmy")
    kept, bad = engine.execute(
        "SELECT count(*) FILTER (unreadable IS NULL), count(unreadable) FROM read_lines"
    ).fetchone()
    assert kept + bad == report.rows == len(rows)
    assert column(engine, "line") == list(range(2, 2 + len(rows)))
