"""The lines of a long text: those that need no closer look are told from the others a block at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from services.reading.records import Form
from services.reading.source import CHUNK
from services.training.reading.files.copying import MAX_FIELD, MAX_RECORD, too_long

Take = Callable[[int, int, str], None]
"""Told the number of a run's first line, how many lines it has, and the run, whose lines end in ``\\n``."""

#: What a byte is; ordinary ones are 0.
_SEPARATOR, _LINE_FEED, _CLOSER_LOOK, _RETURN = 1, 2, 3, 4
_BYTES_OF_A_LETTER = 4


@dataclass(frozen=True)
class Plain:
    """What a line is like that is a row as it stands: its cells lie between separators, and that is all.

    Attributes
    ----------
    form : Form
    width : int
        Cells that it has.
    header : sequence of str or None
        Cells of a row that is none where it stands again.
    """

    form: Form
    width: int
    header: Sequence[str] | None = None

    @property
    def possible(self) -> bool:
        """Whether lines can be told so: not where blanks part cells or stand before quotes."""
        form = self.form
        return form.separator.isascii() and form.separator != " " and not form.padded

    @cached_property
    def kinds(self) -> bytes:
        """What each byte is, as a table for ``bytes.translate``."""
        kinds = bytearray(256)
        for code in (*range(0x20), 0x7F, *map(ord, filter(None, ('"', self.form.quote, self.form.escape)))):
            kinds[code] = _CLOSER_LOOK
        kinds[ord("\n")], kinds[ord("\r")] = _LINE_FEED, _RETURN
        kinds[ord(self.form.separator)] = _SEPARATOR
        return bytes(kinds)


class Blocks:
    """The lines of a text, counted, the last one at hand.

    Parameters
    ----------
    text : TextIO
        Opened with ``newline=""``.

    Attributes
    ----------
    last : str
        The last line that was given.
    count : int
        Lines so far, with those that were handed on.
    between : bool
        To be set by the reader of the lines when the next one begins a record.
    """

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self._rest = b""
        self._block = _Block(b"", None)
        self._at = 0
        self._plain: Plain | None = None
        self._take: Take | None = None
        self.last = ""
        self.count = 0
        self.between = False

    def hand_on(self, plain: Plain, take: Take) -> None:
        """From now on, give ``take`` every run of plain lines that begins between two records."""
        if plain.possible:
            self._plain, self._take = plain, take
            self._block, self._at = _Block(self._block.behind(self._at), plain), 0

    def __iter__(self) -> Iterator[str]:
        """Give the lines with their ends, but those that are handed on."""
        while True:
            if self.between:
                self.between = False
                self._hand_on()
            if not self._has_line():
                return
            self.last = self._block.line(self._at)
            self._at += 1
            self.count += 1
            if len(self.last) >= MAX_RECORD:
                raise too_long(self.count)
            yield self.last

    def _hand_on(self) -> None:
        while self._take and self._has_line():
            end = self._block.plain_until(self._at)
            if end > self._at:
                self._take(self.count + 1, end - self._at, self._block.run(self._at, end))
                self.count += end - self._at
                self._at = end
            if end < len(self._block):
                return

    def _has_line(self) -> bool:
        """Whether there is a line that was not given; reads on where the block has none."""
        while self._at >= len(self._block):
            if not (read := self._text.read(CHUNK)) and not self._rest:
                return False
            block = self._rest + read.encode("utf-8", "surrogatepass")
            # a return at the very end may be half of an end of line
            end = max(block.rfind(b"\n"), block.rfind(b"\r", 0, -1)) + 1 if read else len(block)
            self._rest = block[end:]
            if len(self._rest) >= _BYTES_OF_A_LETTER * MAX_RECORD:
                raise too_long(self.count + len(_Block(block[:end], None)) + 1)
            self._block, self._at = _Block(block[:end], self._plain), 0
        return True


_ANY = Plain(Form(","), 1)


class _Block:
    """Whole lines as bytes of UTF-8; but for the last ones of a text, each has its end."""

    def __init__(self, data: bytes, plain: Plain | None) -> None:
        # where all lines end as Windows ends them, nothing of that is looked at
        returns = data.count(b"\r")
        self._end = "\r\n" if returns and returns == data.count(b"\r\n") == data.count(b"\n") else ""
        self._data = data = data.translate(None, b"\r") if self._end else data
        kinds = np.frombuffer(data.translate((plain or _ANY).kinds), np.uint8)
        places = np.flatnonzero(kinds)
        found = kinds[places]
        if b"\r" in data:
            places, found = _without_returns(places, found)
        ends = np.flatnonzero(found == _LINE_FEED)
        stops = places[ends] + 1
        whole = len(stops)
        if data and (not whole or stops[-1] < len(data)):
            stops = np.append(stops, len(data))
        self._stops = stops
        self._starts = np.concatenate([stops[:0], [0], stops[:-1]]) if len(stops) else stops
        self._odd = np.arange(len(stops)) if plain is None else self._not_plain(plain, kinds, found, ends)

    def __len__(self) -> int:
        return len(self._stops)

    def behind(self, line: int) -> bytes:
        """Give the bytes from a line on."""
        rest = self._data[self._starts[line] :] if line < len(self) else b""
        return rest.replace(b"\n", b"\r\n") if self._end else rest

    def line(self, line: int) -> str:
        """Give a line with its end."""
        found = self._lines(line, line + 1)
        return found[:-1] + self._end if self._end and found.endswith("\n") else found

    def run(self, start: int, end: int) -> str:
        """Give the lines from ``start`` to before ``end``, all with a line feed at their end."""
        found = self._lines(start, end)
        return found.replace("\r\n", "\n").replace("\r", "\n") if "\r" in found else found

    def _lines(self, start: int, end: int) -> str:
        return self._data[self._starts[start] : self._stops[end - 1]].decode("utf-8", "surrogatepass")

    def plain_until(self, line: int) -> int:
        """Give the first line, from ``line`` on, that is not plain."""
        place = int(np.searchsorted(self._odd, line))
        return int(self._odd[place]) if place < len(self._odd) else len(self)

    def _not_plain(
        self,
        plain: Plain,
        kinds: npt.NDArray[np.uint8],
        found: npt.NDArray[np.uint8],
        ends: npt.NDArray[np.intp],
    ) -> npt.NDArray[np.intp]:
        """Give the numbers of the lines that need a closer look."""
        odd = np.ones(len(self), bool)  # a last line without an end does
        odd[: len(ends)] = np.diff(ends, prepend=-1) != plain.width
        odd[np.searchsorted(ends, np.flatnonzero(found == _CLOSER_LOOK))] = True
        odd |= self._stops - self._starts > MAX_FIELD
        # a row of blanks begins with one, or with a separator
        first = np.frombuffer(self._data, np.uint8)[self._starts]
        odd |= (kinds[self._starts] != 0) | (first == ord(" "))
        if not self._data.isascii():
            self._look_beyond_ascii(odd, plain.form.separator)
        if plain.header:
            self._look_for(plain.form.separator.join(plain.header).encode("utf-8", "surrogatepass"), odd)
        return np.flatnonzero(odd)

    def _look_beyond_ascii(self, odd: npt.NDArray[np.bool_], separator: str) -> None:
        text = self._data.decode("utf-8", "surrogatepass")
        for end in ("\n", "\r", separator):
            text = text.replace(end, "")
        if not text.isprintable():
            beyond = np.flatnonzero(np.frombuffer(self._data, np.uint8) >= 0x80)
            odd[np.searchsorted(self._stops, beyond, "right")] = True

    def _look_for(self, header: bytes, odd: npt.NDArray[np.bool_]) -> None:
        place = self._data.find(header)
        while place >= 0:
            odd[np.searchsorted(self._stops, place, "right")] = True
            place = self._data.find(header, place + 1)


def _without_returns(
    places: npt.NDArray[np.intp], found: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.uint8]]:
    """Take returns before a line feed for a part of it, and others for the end of a line."""
    returns = np.flatnonzero(found == _RETURN)
    behind = np.minimum(returns + 1, len(found) - 1)
    paired = (found[behind] == _LINE_FEED) & (places[behind] == places[returns] + 1)
    found[returns[~paired]] = _LINE_FEED
    kept = np.ones(len(found), bool)
    kept[returns[paired]] = False
    return places[kept], found[kept]
