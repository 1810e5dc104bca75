"""Several tables read as one: files, folders, archives and sheets; what two of them hold counts once."""

import zipfile
from datetime import datetime

import narwhals as nw
import openpyxl
import pytest

from services.core.refusals import Refusal
from services.training.lines.cleaning import clean, count_rules, rules_for
from services.training.lines.engine import table
from services.training.reading import ReadOptions, read_files
from tests.training.written import column

HEAD = "customer,order,date,product,quantity,price\n"
JANUARY = [f"K{n % 4},{n},2023-01-{n:02},P{n % 3},2,{n}.50\n" for n in range(10, 28)]
FEBRUARY = [f"K{n % 5},1{n},2023-02-{n:02},P{n % 3},1,{n}.25\n" for n in range(1, 20)]
COLUMNS = "customer_id, invoice, product, description, bought_at, quantity, price, amount"


@pytest.fixture
def together(engine, tmp_path):
    def reading(files, **options):
        paths = []
        for name, content in files.items():
            paths.append(tmp_path / name)
            paths[-1].parent.mkdir(parents=True, exist_ok=True)
            paths[-1].write_bytes(content if isinstance(content, bytes) else content.encode())
        named = options.pop("named", None)
        return read_files(
            [tmp_path / named] if named else paths, engine, ReadOptions(**options), tmp_path / "scratch"
        )

    return reading


def kept(engine, report):
    rules = rules_for(report.ledger, price=False, some=report.some)
    cleaned = clean(table(engine, "read_lines"), rules)
    found = cleaned.filter(nw.col("rule").is_null()).to_native().project(COLUMNS).order("ALL")
    return found.fetchall(), count_rules(cleaned)


def test_two_files_in_either_order_are_the_whole(together, engine):
    whole, _counts = kept(engine, together({"all.csv": HEAD + "".join(JANUARY + FEBRUARY)}))
    later = HEAD + "".join(JANUARY[-3:] + FEBRUARY)
    files = {"january.csv": HEAD + "".join(JANUARY), "february.csv": later}
    for order in (list(files), list(files)[::-1]):
        report = together({name: files[name] for name in order})
        lines, counts = kept(engine, report)
        assert lines == whole
        assert (counts["overlap"], counts["duplicate"], report.rows) == (3, 0, 40)
        assert [(file.name, file.rows) for file in report.files] == [
            ("february.csv", 22),
            ("january.csv", 18),
        ]
        assert report.name == "february.csv and 1 more"
        assert "3 rows appear in two files" in report.warnings[-1]
    assert report.sha256 == together(files).sha256


def test_lines_that_stand_twice_in_one_file_are_no_overlap(together, engine):
    report = together({"a.csv": HEAD + JANUARY[0] * 2, "b.csv": HEAD + FEBRUARY[0] * 3})
    assert kept(engine, report)[1]["overlap"] == 0
    assert kept(engine, report)[1]["duplicate"] == 3


@pytest.mark.parametrize("turned", [False, True])
def test_of_lines_that_one_file_has_more_often_the_further_ones_stay(together, engine, turned):
    head = "customer,invoice,date,product,amount\n"
    older = head + "A1,1,2023-01-05,P1,5.00\n" * 2 + "B2,2,2023-01-09,P1,5.00\n"
    newer = head + "A1,1,2023-01-05,P1,5.00\nB2,2,2023-01-09,P1,5.00\nC3,3,2023-02-01,P2,7.00\n"
    files = {"older.csv": older, "newer.csv": newer}
    report = together({name: files[name] for name in (list(files)[::-1] if turned else files)})
    lines, counts = kept(engine, report)
    assert (counts["overlap"], [str(line[-1]) for line in lines]) == (2, ["5.0000"] * 3 + ["7.0000"])


def test_a24_an_overlapping_line_is_taken_from_the_file_that_ends_later(together, engine):
    head = HEAD.replace("\n", ",status\n")
    row = JANUARY[0].replace("\n", "")
    report = together(
        {"a.csv": f"{head}{row},paid\n{FEBRUARY[0][:-1]},paid\n", "b.csv": f"{head}{row},pending\n"}
    )
    assert kept(engine, report)[1]["overlap"] == 1
    assert column(engine, "status", "overlap") == [("pending", True), ("paid", False), ("paid", False)]


def test_files_may_be_written_differently_and_one_may_decide_for_another(together, engine):
    first = "customer,date,amount\na,03/04/2023,1.50\n"
    other = "amount;date;customer\n7,25;25/04/2023;b\n"
    report = together({"a.csv": first, "b.txt": other.encode("utf-16")})
    assert column(engine, "customer_id", "bought_at") == [
        ("a", datetime(2023, 4, 3)),
        ("b", datetime(2023, 4, 25)),
    ]
    assert (report.detected.date_order, report.detected.separator) == ("dmy", None)


def test_what_no_file_decides_stays_a_question_that_names_the_file(together):
    files = {
        "a.csv": "customer,date,amount\na,03/04/2023,1\n",
        "b.csv": "customer,date,amount\na,2023-04-05,1\n",
    }
    with pytest.raises(Refusal, match=r"a.csv: .*two ways") as refused:
        together(files)
    assert refused.value.field == "date_order"


def test_a_file_without_a_column_that_another_has_is_refused_by_name(together):
    with pytest.raises(Refusal, match=r"a.csv has a column for the invoice and b.csv has none"):
        together(
            {
                "a.csv": "customer,order,date,amount\na,1,2023-01-02,1\n",
                "b.csv": "customer,date,amount\na,2023-01-02,1\n",
            }
        )


def test_an_unreadable_row_names_its_file(together, engine):
    report = together({"a.csv": HEAD + JANUARY[0], "b.csv": HEAD + FEBRUARY[0] + "K1,9,soon,P1,1,1\n"})
    assert [(each.line, each.file) for each in report.examples] == [(3, "b.csv")]


def test_a_folder_is_its_files_and_the_others_are_said(together, engine):
    report = together(
        {
            "shop/2023-01.csv": HEAD + "".join(JANUARY),
            "shop/2023-02.csv": HEAD + "".join(FEBRUARY),
            "shop/stock.csv": "product,stock\nP1,3\n",
            "shop/.DS_Store": b"\0\0",
            "shop/old/2022.csv": HEAD + JANUARY[0],
        },
        named="shop",
    )
    assert [file.name for file in report.files] == ["2023-01.csv", "2023-02.csv"]
    assert report.rows == len(JANUARY + FEBRUARY)
    assert report.warnings[0].startswith("stock.csv was left out. No column was found for customer")
    with pytest.raises(Refusal, match="holds no files"):
        together({"empty/inner/a.csv": HEAD}, named="empty")


def archive(path, **files):
    with zipfile.ZipFile(path, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return path.read_bytes()


def test_an_archive_is_its_files_without_what_file_managers_add(together, engine, tmp_path):
    files = {
        "sales/": "",
        "sales/january.csv": HEAD + "".join(JANUARY),
        "sales/february.csv": HEAD + "".join(FEBRUARY),
        "__MACOSX/sales/._january.csv": b"\0\5\x16\7",
        "sales/.DS_Store": b"\0",
        "Thumbs.db": b"\0",
    }
    report = together({"sales.zip": archive(tmp_path / "z", **files)})
    assert (report.rows, len(report.files)) == (len(JANUARY + FEBRUARY), 1)
    only = {name: content for name, content in files.items() if "february" not in name}
    report = together({"sales.zip": archive(tmp_path / "z", **only)})
    assert (report.rows, report.warnings) == (len(JANUARY), [])


def test_of_an_archive_the_largest_table_wins_and_a_tie_is_asked(together, tmp_path):
    orders, totals = HEAD + "".join(JANUARY), "customer,date,amount\nK1,2023-01-02,5\n"
    report = together({"z.zip": archive(tmp_path / "z", **{"a.csv": totals, "orders.csv": orders})})
    assert report.warnings[0] == (
        "The file 'orders.csv' was read. The file 'a.csv' has other columns and was not read."
    )
    other = "client,date,amount\nK123,2023-01-02,5\n"
    with pytest.raises(Refusal, match=r"'a.csv' and 'b.csv', which have different columns"):
        together({"z.zip": archive(tmp_path / "z", **{"a.csv": totals, "b.csv": other})})


def test_what_is_no_archive_of_tables_is_called_what_it_is(together, tmp_path):
    ods = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    with pytest.raises(Refusal, match=r"OpenDocument spreadsheet \(.ods\). Save it as"):
        together({"a.ods": archive(tmp_path / "z", **ods)})
    with pytest.raises(Refusal, match="a Word document"):
        together({"a.docx": archive(tmp_path / "z", **{"word/document.xml": "<a/>"})})
    with pytest.raises(Refusal, match="holds no file"):
        together({"a.zip": archive(tmp_path / "z", **{"__MACOSX/a.csv": "x"})})


def book(path, hidden=(), **sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path.read_bytes()


HEADER = ["Customer", "Date", "Amount"]
OLD = [HEADER, *(["a", f"2022-01-{n:02}", n] for n in range(1, 6))]
NEW = [["Amount", "Customer", "Date", "Note"], *([n, "b", f"2023-01-{n:02}", "x"] for n in range(1, 4))]


def test_sheets_with_one_header_are_read_together(together, engine, tmp_path):
    content = book(
        tmp_path / "w", Cover=[["Sales"]], Y2022=OLD, Y2023=NEW, All=[*OLD, ["b", "2023-01-01", 1]]
    )
    report = together({"w.xlsx": content})
    assert (report.rows, len(report.files), report.files[0].rows) == (14, 1, 14)
    assert report.warnings[0].startswith(
        "The sheets 'Y2022', 'Y2023' and 'All' have the same columns and were read together. The sheet "
    )
    assert kept(engine, report)[1]["overlap"] == 6


@pytest.mark.parametrize(
    ("sheet", "rows"), [("Y2022", 5), ("y2023 ", 3), ("2", 3), ("Secret", 2), ("all", 10), (None, 8)]
)
def test_a_sheet_can_be_named(together, tmp_path, sheet, rows):
    content = book(tmp_path / "w", hidden=["Secret"], Y2022=OLD, Y2023=NEW, Secret=OLD[:3])
    report = together({"w.xlsx": content}, sheet=sheet)
    assert report.rows == rows
    assert any("'Secret' is hidden" in warning for warning in report.warnings) == (sheet is None)


def test_a_sheet_that_is_not_there_or_a_file_without_sheets_is_refused(together, tmp_path):
    with pytest.raises(Refusal, match=r"no sheet 'Y2024'. It has 'Y2022'") as refused:
        together({"w.xlsx": book(tmp_path / "w", Y2022=OLD)}, sheet="Y2024")
    assert refused.value.option == "--sheet"
    with pytest.raises(Refusal, match="the file is not a workbook"):
        together({"a.csv": HEAD + JANUARY[0]}, sheet="1")


def test_the_largest_sheet_wins_over_a_summary(together, tmp_path):
    summary = [["Client", "Date", "Total"], ["a", "2022-01-05", 15]]
    report = together({"w.xlsx": book(tmp_path / "w", Summary=summary, Lines=OLD)})
    assert (report.rows, "'Summary' has other columns" in report.warnings[0]) == (5, True)


def test_cells_of_a_workbook_come_out_as_what_they_show(together, engine, tmp_path):
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.MAC_EPOCH
    made.active.append(["Customer", "Order", "Date", "Amount", "Product"])
    made.active.append([4006381333931, 12345678901234567890, datetime(2023, 1, 5, 12, 3), "#N/A", True])
    made.active.append(["a", 9007199254740991, datetime(2023, 1, 6), 2, "#DIV/0!"])
    made.save(tmp_path / "w")
    report = together({"w.xlsx": (tmp_path / "w").read_bytes()})
    assert column(engine, "customer_id", "invoice", "bought_at", "product") == [
        ("4006381333931", "1.234567890123457e+19", datetime(2023, 1, 5, 12, 3), "TRUE"),
        ("a", "9007199254740991", datetime(2023, 1, 6), "#DIV/0!"),
    ]
    assert [(each.line, each.cell) for each in report.examples] == [(2, "#N/A")]
