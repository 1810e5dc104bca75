"""How a text with separators is written: its separator, its quotes, what stands for a quote in quotes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.reading.encodings import Decoding
from services.reading.records import Form, Record, records
from services.reading.separators import SEPARATORS, likeliest, most_roles
from services.reading.source import Source
from services.training.reading.columns import headers
from services.training.reading.columns.headers import Schema
from services.training.reading.files import heading
from services.training.reading.files.copying import MAX_RECORD, too_long
from services.training.reading.files.decoding import open_text

_NAMED = {"tab": "\t", "\\t": "\t", "space": " ", "comma": ",", "semicolon": ";", "pipe": "|"}
_SAMPLE = 1 << 16
_SAMPLE_LINES = 200

#: Roles that make a line a header, however few lines are as wide.
_SEVERAL = 2

#: A first line that tells a spreadsheet the separator.
_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(\\t|[^"\r\n])"?[\r\n]', re.IGNORECASE)

#: Of the cells that begin with a single quote, the share that ends with one where it stands around cells.
_AROUND = 0.95

_BACKSLASH = "\\"

#: Faults of a text that cannot be read to its end.
_HOPELESS = 10**9


class Lines:
    """The lines of a text, counted, the last one at hand."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self.last = ""
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        """Give the lines with their ends."""
        readline = self._text.readline
        while line := readline(MAX_RECORD):
            self.count += 1
            self.last = line
            if len(line) >= MAX_RECORD:
                raise too_long(self.count)
            yield line


def find(
    source: Source, decoding: Decoding, given: str | None, schema: Schema, header_row: int | None = None
) -> Form:
    """Find separator and quotes from the first lines.

    The separator is the one that a first line ``sep=`` names, else the one under which a line names most
    roles; among equals the one under which most lines have the same number of fields. A space stands for
    any number of spaces, and is taken where under nothing else a line names several roles. Where the header
    is given, lines above it do not count.

    Raises
    ------
    Refusal
        If ``given`` is no single character, or no separator splits the lines.
    """
    sample, cut = _sampled(source, decoding)
    if not any(line.strip() for line in sample):
        raise Refusal(_("The file is empty."), "file")
    separator = _separator(sample[(header_row or 1) - 1 :] or sample, given, schema)

    def sampled(form: Form) -> Iterator[Record]:
        found = list(records(Lines(io.StringIO("".join(sample), newline="")), form))
        # what the end of the sample cuts in two is no fault
        return iter(found[:-1] if cut and found and found[-1].fault else found)

    return _likeliest_form(sampled, _forms(sample, separator), schema)


def _sampled(source: Source, decoding: Decoding) -> tuple[list[str], bool]:
    """Give the first lines, and whether the last of them may be cut."""
    text, _stream = open_text(source, decoding)
    with text:
        head = text.read(_SAMPLE)
        # a first line that is longer would be all there is to look at
        while len(head) < MAX_RECORD and len(head.split("\n", 1)[0]) > len(head) // 2:
            if not (more := text.read(_SAMPLE)):
                break
            head += more
        ended = not text.read(1)
    # not splitlines, which also parts at form feeds and other characters of a cell
    lines = list(islice(io.StringIO(head, newline=""), _SAMPLE_LINES))
    cut = len(lines) > 1 and (len(lines) == _SAMPLE_LINES or not ended)
    return (lines[:-1] if cut else lines), cut


def named(source: Source, decoding: Decoding, given: str | None, schema: Schema) -> int:
    """Count the roles that the line names which names most, as far as a decoding and any separator tell."""
    sample, _cut = _sampled(source, decoding)
    separators = [_NAMED.get(given.lower(), given)[:1]] if given else SEPARATORS
    return max(most_roles(sample, separator, _roles_of(schema)) for separator in separators)


def find_again(source: Source, decoding: Decoding, form: Form, schema: Schema) -> Form:
    """Find the quotes from the whole text, where the first lines did not tell them."""

    def whole(other: Form) -> Iterator[Record]:
        text, _stream = open_text(source, decoding)
        with text:
            yield from records(Lines(text), other)

    return _likeliest_form(whole, _others(form), schema)


def _separator(sample: Sequence[str], given: str | None, schema: Schema) -> str:
    if given is not None:
        separator = _NAMED.get(given.lower(), given)
        if len(separator) != 1 or separator in '"\r\n\0':
            raise Refusal(
                _("The separator must be one character, or the word tab or space."),
                "separator",
                option="--separator",
            )
        return separator
    if told := _SEPARATOR_LINE.match(sample[0]):
        return _NAMED.get(told.group(1), told.group(1))

    roles = _roles_of(schema)
    best, width = likeliest(sample, SEPARATORS, roles)
    if width < 2 and most_roles(sample, best, roles) >= _SEVERAL:
        return best
    if width < 2:
        best, width = likeliest(sample, (" ",), roles)
    if width < 2:
        raise Refusal(
            _(
                "No separator was found: comma, semicolon, tab, bar and space all leave one column. "
                "Name it with --separator."
            ),
            "separator",
            option="--separator",
        )
    return best


def _roles_of(schema: Schema) -> Callable[[list[str]], int]:
    return lambda cells: 0 if heading.is_data(cells) else headers.roles_in(cells, schema)


def _forms(sample: Sequence[str], separator: str) -> list[Form]:
    if separator == " ":
        return [Form(separator)]
    return _others(Form(separator, "'" if _single_quoted(sample, separator) else '"'))


def _others(form: Form) -> list[Form]:
    """Give the ways in which cells may be quoted, the usual one first."""
    usual = Form(form.separator, form.quote)
    found = [usual, replace(usual, padded=True), replace(usual, escape=_BACKSLASH)]
    if form.quote == '"':
        found += [Form(form.separator, None), Form(form.separator, None, _BACKSLASH)]
    return found


def _single_quoted(sample: Sequence[str], separator: str) -> bool:
    """Whether single quotes stand around cells: they open and close them, and every line has some."""
    begin = re.compile(rf"(?:^|{re.escape(separator)})'")
    end = re.compile(rf"'(?:$|{re.escape(separator)})")
    lines = [line.rstrip("\r\n") for line in sample if line.strip()]
    opened = [len(begin.findall(line)) for line in lines]
    closed = sum(len(end.findall(line)) for line in lines)
    most = sum(map(bool, opened)) * 2 > len(lines)
    return most and min(sum(opened), closed) >= _AROUND * max(sum(opened), closed)


@dataclass
class _Verdict:
    """How a text looks when it is read in one way.

    Attributes
    ----------
    bad : int
        Records with a fault or more cells than the header.
    open : bool
        Whether a quote is left open, so that the rest cannot be told apart.
    bare, wrapped : int
        Cells that hold a double quote, but not around them, and cells with one at either end.
    """

    bad: int = 0
    open: bool = False
    bare: int = 0
    wrapped: int = 0


def _likeliest_form(read: Callable[[Form], Iterator[Record]], forms: Sequence[Form], schema: Schema) -> Form:
    usual, best = (_judge(read(forms[0]), schema),) * 2
    chosen = forms[0]
    for form in forms[1:]:
        if not best.bad:
            break
        found = _judge(read(form), schema)
        if found.bad < best.bad and (form.quote or _unquoted(found, usual, form.separator)):
            chosen, best = form, found
    return chosen


def _unquoted(found: _Verdict, usual: _Verdict, separator: str) -> bool:
    """Whether quotes are characters like any other.

    Text with tabs often has no quotes. With other separators nothing may be left to explain, and a quote
    that is left open is more likely a slip.
    """
    return found.bare > found.wrapped and (separator == "\t" or not (found.bad or usual.open))


def _judge(found: Iterator[Record], schema: Schema) -> _Verdict:
    verdict = _Verdict()
    first = list(islice(found, heading.LOOKED_AT))
    rows = [heading.Row(record.line, record.cells, record.fault) for record in first]
    if not rows:
        return verdict
    at = heading.place(rows, {}, schema)
    width = len(first[at].cells)
    for record in chain(first[at:], found):
        cells = record.cells
        if record.fault in ("open quote", "long quoted cell"):
            verdict.bad, verdict.open = _HOPELESS, True
            break
        wide = len(cells) > width and any(map(str.strip, cells[width:]))
        if record.fault or wide or (record.lines > 1 and len(cells) != width):
            verdict.bad += 1
        for cell in cells:
            if '"' in cell:
                around = len(cell) > 1 and cell[0] == cell[-1] == '"'
                verdict.wrapped += around
                verdict.bare += not around
    return verdict
