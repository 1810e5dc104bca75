"""What cannot be read is set aside with its reason and counted, or the file is refused."""

import gzip
import re
import zipfile
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.core.text.customer_ids import BLANKS, canonical_id
from tests.drawn import drawn
from tests.training.written import HEADER, ROWS, column


def test_exact_duplicates_share_a_key_whatever_the_order_and_near_ones_do_not(read, engine):
    rows = ["a,2011-01-02,1,x\n", "a,2011-01-02,1,y\n", "a,2011-01-02,1,x\n"]
    read("customer,date,amount,note\n" + "".join(rows))
    keys = column(engine, "row_key")
    assert keys[0] == keys[2] != keys[1]
    read("customer,date,amount,note\n" + "".join(reversed(rows)))
    assert column(engine, "row_key") == keys[::-1]


def test_a10_a12_a18_a22_every_bad_row_has_its_reason(read, engine):
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
        "a,2011-01-02,1,2,,x\n"
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
        "quantity is too large",
        "no quantity",
        "price is too large",
        "no price",  # what a row leaves out at its end is blank; it was "3 fields instead of 5" before
        "6 fields instead of 5",
        "control characters",
        "control characters",
        "customer id over 64 characters",
        "a field is longer than 10,000 characters",
        "text after a closing quote",
        None,
    ]
    assert (report.rows, report.unreadable) == (21, 19)
    assert report.examples[0].line == 3


def test_a11_a_line_break_inside_quotes_keeps_the_numbers_of_lines(read, engine):
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
        ("customer,price,date,bits\na,1,2011-01-02,3\n", "columns", "price, “price”, and no quantity"),
        # a name that stands twice does no harm where both hold the same, or nobody needs it
        ("customer,date,amount,Amount\na,2011-01-02,1,2\n", "columns", "2 columns may be the line amount"),
        (",".join(f"c{n}" for n in range(1_001)) + "\n", "columns", "1,001 columns"),
        # a separator at the end of a row is no fault any more, so the fourth cell holds something
        ("customer,date,amount\n" + "a,2011-01-02,1,2\n" * 3, "separator", "4 fields instead of 3"),
        (
            "customer,date,amount\n" + "a,2011-01-02,1,2\n" * 1000 + "a,2011-01-02,1\n",
            "separator",
            "4 fields",
        ),
        ('customer,date,amount\na,2011-01-02,"1\nb,2011-01-02,1\n', "file", "line 2 "),
        ('customer,date,amount\na,"2011-01-02,1\nb,"2011-01-02",1\n', "file", "line 2 "),
        (
            "customer,date,amount\na,never,1\n",
            "file",
            "The only row cannot be read. Look at line 2: not a date",
        ),
        ("customer,date,amount\na,01/02/2011,1\n", "date_order", "'01/02/2011' can be read in two ways"),
        ("customer,date,amount\na,01/02/11,1\n", "date_order", "two ways"),
        ("customer,date,amount\na,13/02/2011,1\na,02/25/2011,1\n", "date_order", "02/25/2011.*13/02/2011"),
        ('customer,date,amount\na,2011-01-02,"1,234"\n', "decimal", "1,234"),
        ("%PDF-1.7\n", "file", "a PDF document"),
        ("<!DOCTYPE html><table>", "file", "a web page"),
        (b"PK\x03\x04 nothing", "file", "damaged"),
        (b"\x1f\x8b\x08 cut short", "file", "damaged"),
        (b"PAR1 nothing", "file", "damaged"),
        (gzip.compress(b"", mtime=0), "file", "is empty"),
        (gzip.compress(gzip.compress(b"a,b", mtime=0), mtime=0), "file", "a gzip archive"),
        ((HEADER + ROWS).encode("utf-16-le"), "encoding", "utf-16-le"),
        ((HEADER + ROWS).encode("utf-16-be"), "encoding", "utf-16-be"),
    ],
)
def test_a1_a2_a3_a11_a13_a20_a_file_that_cannot_be_used_is_refused_with_a_sentence(
    read, content, field, words
):
    with pytest.raises(Refusal, match=words) as refused:
        read(content)
    assert refused.value.field == field


def test_a30_archives_that_unpack_to_too_much_are_refused(read, tmp_path):
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


@pytest.mark.parametrize("at", [10, 42])
def test_an_archive_whose_parts_are_not_where_it_says_is_refused(read, tmp_path, at):
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("a.csv", HEADER + ROWS)
        archive.writestr("b.csv", HEADER + ROWS)
    content = bytearray((tmp_path / "z").read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + at : entry + at + 4] = b"\xff\xff\xff\xfe"
    with pytest.raises(Refusal, match="damaged or incomplete"):
        read(bytes(content))


def test_a31_a32_a_workbook_with_a_far_cell_or_macros_is_refused(read, tmp_path):
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "w")
    with pytest.raises(Refusal, match=r"beyond 1,?000 columns"):
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
        (["1.234", "0.500", "2"], ".", ["1.234", "0.5", "2"]),
        (["1.234.567", "1.234", "-2"], ",", ["1234567", "1234", "-2"]),
    ],
)
def test_a8_the_decimal_sign_is_decided_over_the_file(read, engine, cells, sign, amounts):
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
def test_a21_a_moment_is_read_in_each_spelling(read, engine, cell, moment):
    read(f'customer,date,amount\na,"{cell}",1\nb,31/12/98,1\n')
    assert column(engine, "bought_at")[0] == moment


def test_a_given_order_overrules_and_sets_aside_what_does_not_fit(read, engine):
    read("customer,date,amount\na,13/02/2011,1\na,02/25/2011,1\na,01/02/2011,1\n", date_order="mdy")
    assert column(engine, "unreadable") == ["impossible date", None, None]
    assert column(engine, "bought_at")[2] == datetime(2011, 1, 2)


@drawn(20, [HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("0129.aE-é\t " + BLANKS), max_size=12), min_size=1, max_size=40))
def test_a14_import_and_look_up_agree_on_every_id(read, engine, ids):
    ids = ["x", *(text.translate({10: 32, 13: 32}) for text in ids)]
    read("customer|date|amount\n" + "".join(f"{text}|2011-01-02|1\n" for text in ids))
    found = column(engine, "customer_id", "unreadable")
    for text, (customer_id, unreadable) in zip(ids, found, strict=True):
        if unreadable is None and customer_id != canonical_id(text):
            # in a file dashes are nobody, and 0 is where it has many orders; look-up knows no such thing
            assert customer_id is None
            assert re.fullmatch(r"-{0,3}\.*|0+|-1", canonical_id(text))


@drawn(20, [HealthCheck.function_scoped_fixture])
@given(st.data())
def test_kept_and_unreadable_rows_are_the_rows_written(read, engine, data):
    rows = [f"{n % 7},A{n},NAME {n},{n},13/12/2010 8:26,2.55,{17000 + n},France" for n in range(1, 16)]
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(st.integers(0, len(rows) - 1))
        place = data.draw(st.integers(0, len(rows[n])))
        inserted = data.draw(st.text(st.characters(codec="utf-8", exclude_characters='"\r\n'), max_size=3))
        rows[n] = rows[n][:place] + inserted + rows[n][place + data.draw(st.integers(0, 3)) :]
    assert all(rows)
    report = read(HEADER + "\n".join(rows), date_order="dmy")
    kept, bad = engine.execute(
        "SELECT count(*) FILTER (unreadable IS NULL), count(unreadable) FROM read_lines"
    ).fetchone()
    assert kept + bad == report.rows == len(rows)
    assert column(engine, "line") == list(range(2, 2 + len(rows)))
