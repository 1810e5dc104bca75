"""What a text with separators is: its encoding, its separator and its records, told by one room."""

from __future__ import annotations

import csv

import pytest

from services.reading.encodings import Decoding, first_misfit, guess
from services.reading.records import Form, records
from services.reading.separators import SEPARATORS, likeliest


class Lines:
    def __init__(self, *lines):
        self._lines = lines
        self.last = ""
        self.count = 0

    def __iter__(self):
        for self.count, self.last in enumerate(self._lines, 1):  # noqa: B020
            yield self.last


@pytest.mark.parametrize(
    ("text", "encoding", "errors"),
    [
        ("é".encode(), "utf-8", "strict"),
        ("éü ".encode() + b"\xe9", "utf-8", "surrogateescape"),
        ("é".encode() + b"\xe9\xe9", "cp1252", "strict"),
        (b"\xe9\x81", "iso-8859-1", "strict"),
        (b"", "utf-8", "strict"),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_encoding_is_told_however_the_bytes_are_cut(text, encoding, errors, size):
    chunks = [text[at : at + size] for at in range(0, len(text), size)]
    found = guess(chunks)
    assert (found.encoding, found.errors) == (encoding, errors)
    assert (found.warning is None) == (found == Decoding("utf-8"))


def test_the_first_byte_that_does_not_fit_is_counted_over_the_chunks():
    assert first_misfit([b"ab", "é".encode()[:1], "é".encode()[1:], b"c\xff"], "utf-8") == 5
    assert first_misfit([b"ab", b"\xc3"], "utf-8") == 2
    assert first_misfit([b"ab", b"\xc3"], "cp1252") is None


def test_named_columns_go_before_equal_widths():
    lines = ["a,b;spend", "1,2;3", "4,5;6"]
    assert likeliest(lines, SEPARATORS, lambda header: header.count("spend")) == (";", 2)
    assert likeliest(lines, SEPARATORS, lambda _header: 0)[0] == ","
    assert likeliest(["x" * (csv.field_size_limit() + 1)], SEPARATORS, len) == (",", 0)


def test_every_record_has_its_line_and_what_is_wrong_with_it():
    limit = csv.field_size_limit()
    long = "x" * (limit + 1)
    lines = Lines("a,b\n", "\n", '"c\n', 'd",e\n', 'f,"g"h\n', f"{long}\n", "i,j\n", '"k\n')
    found = [(each.line, each.lines, each.fault) for each in records(lines, Form(","))]
    assert found == [
        (1, 1, None),
        (3, 2, None),
        (5, 1, "text behind a quote"),
        (6, 1, "long cell"),
        (7, 1, None),
        (8, 1, "open quote"),
    ]
    (only,) = records(Lines('"\n', f"{long}\n"), Form(","))
    assert only.fault == "long quoted cell"
