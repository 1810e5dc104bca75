"""Contents that no shop exports, by their numbers in docs/catalogue.md."""

from __future__ import annotations

import base64
import zipfile

import openpyxl
import pytest

from services.core.refusals import Refusal
from tests.training.written import HEADER, ROWS, column

HEAD = "customer,date,amount,note\n"
QUOTE = '"'
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def workbook(tmp_path, declared: bytes, entity: bytes) -> bytes:
    """Return a workbook whose sheet begins with a declaration, and names an entity of it for the customer."""
    book = openpyxl.Workbook()
    for cells in (["customer", "date", "amount"], ["WHO", "2011-01-02", 1]):
        book.active.append(cells)
    plain = tmp_path / "plain"
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "odd", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in (SHEET, "xl/sharedStrings.xml"):
                start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
                content = content[:start] + declared + content[start:].replace(b"WHO", entity)
            target.writestr(name, content)
    return (tmp_path / "odd").read_bytes()


def test_a30_an_archive_in_an_archive_is_not_unpacked(read, tmp_path):
    for inner, outer in (("sales.csv", "a.zip"), ("a.zip", "b.zip")):
        with zipfile.ZipFile(tmp_path / outer, "w") as archive:
            archive.writestr(inner, (tmp_path / inner).read_bytes() if "zip" in inner else HEADER + ROWS)
    with pytest.raises(Refusal) as refused:
        read((tmp_path / "b.zip").read_bytes())
    assert "archive" in str(refused.value)


def test_a31_a_workbook_that_declares_entities_is_refused_unread(read, tmp_path):
    outside = f'<!DOCTYPE x [<!ENTITY c SYSTEM "{(tmp_path / "plain").as_uri()}">]>'.encode()
    for declared in (LAUGHS, outside):
        with pytest.raises(Refusal, match="declares XML entities"):
            read(workbook(tmp_path, declared, b"&c;"), name="w.xlsx")


def test_a32_lines_without_anything_in_them_are_no_rows(read, engine):
    report = read(HEAD + "\n" * 30_000 + "a,2011-01-02,1,\n" + "\n" * 30_000)
    assert (report.rows, column(engine, "line")) == (1, [30_002])


def test_a34_texts_are_kept_as_they_are_written(read, engine):
    texts = [
        '=HYPERLINK("http://x")',
        "<script>alert(1)</script>",
        "🛒 à la carte",
        "\u05e9\u05dc\u05d5\u05dd",
    ]
    rows = "".join(
        f'1,A{place},"{text.replace(QUOTE, QUOTE * 2)}",1,13/12/2010 8:26,2.55,17850,France\n'
        for place, text in enumerate(texts)
    )
    read(HEADER + rows)
    assert column(engine, "description") == texts


@pytest.mark.parametrize("kind", ["data:text/csv;base64,", ""])
def test_a35_what_was_packed_for_a_page_is_no_table(read, kind):
    with pytest.raises(Refusal):
        read(kind + base64.b64encode((HEADER + ROWS).encode()).decode())
