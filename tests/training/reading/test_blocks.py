"""Lines that are told to be rows a block at a time: the copy is the one that a look at each line makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.refusals import Refusal
from services.reading.records import Form
from services.reading.source import Source
from services.training.reading.columns.schema import TRANSACTIONS
from services.training.reading.files import blocks, delimited
from services.training.reading.files.blocks import Plain
from services.training.reading.report import ReadOptions
from tests.drawn import drawn

HEADER = "customer,invoice,date,amount"
#: Letters of which lines are made: those that end a line, part and quote cells, or need a closer look.
LETTERS = [
    "a",
    "1",
    " ",
    ",",
    '"',
    "'",
    "\\",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\u00a0",
    "é",
    "😀",
    "\x00",
    "\x85",
    "#",
]
ROW = "17,536365,2011-12-09,2.55"
LINES = st.lists(
    st.one_of(
        st.just(ROW),
        st.just(ROW),
        st.just(HEADER),
        st.lists(st.sampled_from(LETTERS), max_size=12).map("".join),
    ),
    max_size=30,
)


def copied(path: Path, target: Path) -> tuple[object, ...]:
    """Return what the copy holds and what is said of it, or the refusal."""
    try:
        found = delimited.copy_rows(Source(path, "csv"), ReadOptions(), TRANSACTIONS, target, None)
    except Refusal as refusal:
        return (str(refusal),)
    return target.read_bytes(), found.rows, found.totals, found.warnings


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("blocks")


@drawn(100)
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]), size=st.sampled_from([1, 2, 7, 64, 1 << 20]))
def test_the_copy_is_the_one_of_a_look_at_each_line(folder, lines, end, size):
    path, target = folder / "lines.csv", folder / "copy.csv"
    # enough rows first: with the header they are read line by line
    path.write_text(end.join([HEADER, *[ROW] * 120, *lines]), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "CHUNK", size)
        at_once = copied(path, target)
        patched.setattr(Plain, "possible", False)
        line_by_line = copied(path, target)
    assert at_once == line_by_line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_handed_on_in_every_encoding_and_with_every_end(tmp_path, monkeypatch, encoding, end):
    runs = []
    monkeypatch.setattr(
        delimited.Copy, "add_run", lambda _copy, line, count, run, _separator: runs.append((line, count, run))
    )
    path = tmp_path / "lines.csv"
    path.write_text(end.join([HEADER, *[f"{ROW}é"] * 500, ""]), encoding=encoding, newline="")
    copied(path, tmp_path / "copy.csv")
    assert sum(count for _line, count, _run in runs) == 401
    assert runs[0][0] == 101
    assert set("".join(run for *_, run in runs).split("\n")) == {f"{ROW}é", ""}


@pytest.mark.parametrize(
    ("form", "possible"),
    [
        (Form(","), True),
        (Form("\t", None), True),
        (Form(";", "'"), True),
        (Form(","  , '"', "\\"), True),
        (Form(" "), False),
        (Form("¦"), False),
        (Form(",", padded=True), False),
    ],
)  # fmt: skip
def test_where_blanks_part_cells_each_line_is_looked_at(form, possible):
    assert Plain(form, 4).possible is possible


def test_the_last_rows_of_a_run_may_be_totals(tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text("\n".join([HEADER, *[ROW] * 300, "Total,,,765.00", ""]))
    found = delimited.copy_rows(Source(path, "csv"), ReadOptions(), TRANSACTIONS, tmp_path / "copy.csv", None)
    assert found.totals == [302]
