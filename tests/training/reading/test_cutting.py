"""Files without some customers: in every form their rows are gone, and all others read as before."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import openpyxl
import pytest

from services.training.lines.engine import open_engine
from services.training.reading import ReadOptions, read_files
from services.training.reading.cutting import cut

GONE = "ann@x.org"
HEAD = "customer;order;date;product;quantity;price;note\r\n"
ROWS = [
    f"{('ANN@x.org', 'K2', 'K3')[n % 3]};{n};2023-01-{n % 28 + 1:02} 10:00;P{n % 4};1;{n},50;{note}\r\n"
    for n, note in ((n, '"two\r\nlines; and ""more"""' if n % 5 == 0 else "é") for n in range(40))
]
UNFIT = ["K2;1;two;many;cells;in;this;row\r\n", "Ann@x.org;1;too;many;cells;in;this;row\r\n"]
TEXT = HEAD + "".join(ROWS) + "".join(UNFIT) + "# a comment\r\nK3;99;2023-02-01;P1;1;2,50;end"
READ = "customer_id, invoice, bought_at, product, quantity, price, unreadable"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active.append(["Sales of", "Ann@x.org"])
    sheet = book.create_sheet("Sales")
    sheet.append(["Report"])
    sheet.append(["customer", "order", "date", "product", "quantity", "price"])
    for n in range(30):
        moment = datetime(2023, 1, 1, 10) + timedelta(hours=13 * n, seconds=n)
        sheet.append([("ANN@x.org", "K2", 17)[n % 3], n, moment, f"P{n}", n % 4 + 1, n / 7])
    sheet.append(["K2", 77, "#N/A", "P1", 1, 2.5])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def archive() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/january.csv", TEXT)
        packed.writestr("february.csv", HEAD + "".join(ROWS[:9]).replace("2023-01", "2023-02"))
        packed.writestr("people.csv", "name;town\r\nANN@x.org;Rome\r\n")
    return kept.getvalue()


def columns() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "columns.parquet")
        duckdb.sql(
            "SELECT CASE n % 2 WHEN 0 THEN 'ANN@x.org' ELSE 'K2' END AS customer, n AS \"order\", "
            "TIMESTAMP '2023-01-01' + n * INTERVAL 1 DAY AS date, 'P' AS product, 1 AS quantity, "
            "n / 3 AS price FROM range(20) AS numbers(n)"
        ).write_parquet(str(path))
        return path.read_bytes()


FORMS = {
    "plain.csv": TEXT.encode(),
    "western.csv": TEXT.encode("cp1252"),
    "wide.csv": TEXT.encode("utf-16"),
    "packed.csv.gz": gzip.compress(TEXT.encode()),
    "archive.zip": archive(),
    "book.xlsx": workbook(),
    "columns.parquet": columns(),
}
#: Another way of packing or writing what is tested in another file.
SLOW = [pytest.mark.slow]


def rows_of(path, scratch):
    engine = open_engine(scratch)
    try:
        read_files([path], engine, ReadOptions(), scratch)
        found = engine.execute(f"SELECT {READ} FROM read_lines WHERE customer_id IS DISTINCT FROM '{GONE}'")
        return sorted(found.fetchall(), key=str)
    finally:
        engine.close()


def unpacked(path) -> bytes:
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in ("archive.zip", "book.xlsx", "columns.parquet") else SLOW)
        for name in FORMS
    ],
)
def test_the_rows_of_a_customer_are_gone_and_all_others_read_as_before(tmp_path, name):
    path, shorter = tmp_path / name, tmp_path / "shorter"
    path.write_bytes(FORMS[name])
    found = cut(path, shorter, ReadOptions(), {GONE}.intersection, tmp_path / "scratch")
    assert found.rows >= 10
    assert found.left > 0
    for spelled in ("ann@x.org", "ANN@x.org", "Ann@x.org"):
        assert spelled.encode() not in unpacked(shorter).replace(b"\0", b"")
    before = [row for row in rows_of(path, tmp_path / "a") if "8 fields" not in str(row[-1])]
    after = [row for row in rows_of(shorter, tmp_path / "b") if "8 fields" not in str(row[-1])]
    assert after == before


def test_lines_that_stay_are_the_same_bytes(tmp_path):
    path, shorter = tmp_path / "plain.csv", tmp_path / "shorter"
    path.write_bytes(TEXT.encode())
    assert cut(path, shorter, ReadOptions(), {GONE}.intersection, tmp_path / "scratch").rows == 15
    left = [row for row in ROWS if not row.startswith("ANN")]
    assert shorter.read_bytes().decode() == HEAD + "".join(left) + UNFIT[0] + "K3;99;2023-02-01;P1;1;2,50;end"


def test_orders_that_name_the_customer_once_go_whole(tmp_path):
    path, shorter = tmp_path / "shopify.csv", tmp_path / "shorter"
    columns = "Name,Email,Financial Status,Currency,Total,Created at"
    head = f"{columns},Lineitem quantity,Lineitem name,Lineitem price\n"
    day = "2023-01-0{0} 10:00:00 +0100"
    first = f"#{{0}},{{1}},paid,EUR,4.00,{day},1,Cup,2.00\n#{{0}},,,,,{day},1,Pot,2.00\n"
    path.write_text(head + first.format(1, GONE) + first.format(2, "b@x.org") + first.format(3, GONE))
    found = cut(path, shorter, ReadOptions(), {GONE}.intersection, tmp_path / "scratch")
    assert (found.rows, found.left) == (4, 2)
    assert shorter.read_text() == head + first.format(2, "b@x.org")


@pytest.mark.parametrize(("who", "rows", "left"), [("nobody", 0, 4), ("K1", 4, 0)])
def test_nothing_is_written_where_no_row_goes_or_none_is_left(tmp_path, who, rows, left):
    path, shorter = tmp_path / "a.csv", tmp_path / "shorter"
    path.write_text("customer,order,date,product,quantity,price\n" + "K1,1,2023-01-02,P,1,2.50\n" * 4)
    found = cut(path, shorter, ReadOptions(), {who}.intersection, tmp_path / "scratch")
    assert (found.rows, found.left, shorter.exists()) == (rows, left, False)
