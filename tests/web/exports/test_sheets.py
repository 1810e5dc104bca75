"""A workbook's cells come back as they were: text as text, numbers as numbers; nothing is a formula."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import UTC, datetime

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from services.core.text.customer_ids import canonical_id
from services.web.exports.sheets import csv_text, write_workbook
from tests.web.exports.test_audiences import HOSTILE, cells_of

MADE = datetime(2026, 11, 22, tzinfo=UTC)
WORDS = ("00123", "1E5", "12346.0", "TRUE", "https://example.org", "_x0041_", "{=1+1}", "2011-12-09", " a ")


def workbook(rows, folder) -> bytes:
    file = io.BytesIO()
    write_workbook(file, ["text", "number"], rows, MADE, folder)
    return file.getvalue()


def test_sixty_hostile_cells_survive_a_workbook_as_text_and_negative_numbers_as_numbers(tmp_path):
    rows = [[text, -place - 0.5] for place, text in enumerate((*HOSTILE, *WORDS))]
    written = workbook(rows, tmp_path)
    book = load_workbook(io.BytesIO(written))
    cells = list(book.active.iter_rows(min_row=2))
    assert {each.data_type for row in cells for each in row} == {"s", "n"}
    assert all(row[0].data_type == "s" for row in cells)
    found = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_index(0).to_python()
    assert found[0] == ["text", "number"]
    for row, (text, number) in zip(found[1:], rows, strict=True):
        assert row[0] == text
        assert row[1] == number
    sheets = [zipfile.ZipFile(io.BytesIO(written)).read("xl/worksheets/sheet1.xml")]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_equal_rows_make_equal_workbooks(tmp_path):
    assert workbook([["a", 1]], tmp_path) == workbook([["a", 1]], tmp_path)


def test_the_parts_of_a_workbook_stand_in_the_folder_given_and_nowhere_else(tmp_path, monkeypatch):
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "work"
    elsewhere.mkdir(mode=0o500)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    during = []

    def rows():
        yield ["a", 1]
        during.append((len(list(folder.iterdir())), len(list(elsewhere.iterdir()))))

    workbook(rows(), folder)
    assert during == [(1, 0)]
    assert list(folder.iterdir()) == []


def test_an_id_that_a_csv_guards_is_the_same_customer_when_it_comes_back():
    begins = [
        sign for sign in map(chr, range(0x110000)) if unicodedata.normalize("NFKC", sign)[:1] in set("=+-@")
    ]
    ids = [f"{sign}7a" for sign in begins]
    back = [row[0] for row in cells_of(csv_text([each] for each in ids))]
    assert all(cell == f"'{each}" for cell, each in zip(back, ids, strict=True))
    assert [canonical_id(cell) for cell in back] == ids
    assert canonical_id("'plain'") == "'plain'"
