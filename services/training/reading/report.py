"""What a reader may be told, and what it tells: the options and the report of a reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from services.training.lines.cleaning import SOME


@dataclass(frozen=True)
class ReadOptions:
    """What the user says about a file instead of leaving it to be detected.

    Attributes
    ----------
    columns : mapping
        Role (``customer``, ``date``, …) to a header's name, a 1-based position, or ``-``: no column.
    date_order : str, optional
        ``dmy``, ``mdy`` or ``ymd``.
    encoding : str, optional
        A name that Python knows, such as ``utf-8`` or ``cp1252``.
    separator : str, optional
        One character, or ``tab`` or ``space``; a space stands for any number of them.
    decimal : str, optional
        ``.`` or ``,``.
    only_currency : str, optional
        The currency whose lines count, by code, sign or name; needed where a file has several.
    header_row : int, optional
        The line, or row of a sheet, that is the header, from 1.
    sheet : str, optional
        A sheet of a workbook by name or number from 1, or ``all``.
    keep_customer, drop_customer : tuple of str
        Ids that are customers although they look like nobody's, such as ``NA``; ids of nobody.
    layout : str, optional
        Id of a known layout, a TOML file that describes one, or ``none``.
    texts : bool
        Whether each row's texts are kept as they stand, for a file of the rows that were left out.
    by_file : mapping
        Path to what is said of that file alone, by attribute; it goes where nothing is said of all.
    """

    columns: Mapping[str, str | int] = field(default_factory=dict)
    date_order: str | None = None
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    only_currency: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    keep_customer: tuple[str, ...] = ()
    drop_customer: tuple[str, ...] = ()
    layout: str | None = None
    texts: bool = False
    by_file: Mapping[Path, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, path: Path) -> ReadOptions:
        """Give what is said of one file, by itself or of all."""
        own = self.by_file.get(path, {})
        return replace(self, **{name: value for name, value in own.items() if not getattr(self, name)})


@dataclass(frozen=True)
class Detected:
    """How a file was read; None where a form has no such thing.

    ``money`` says what a row's money is made of: ``amount``, ``quantity × price`` or
    ``quantity × price − discount``; ``currency`` which it is in, as a code of ISO 4217 or the sign that the
    file writes; ``reasons`` why each role was given to its column.
    """

    encoding: str | None
    separator: str | None
    decimal: str
    date_order: str | None
    columns: dict[str, str]
    ignored: list[str]
    money: str | None = None
    currency: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Unreadable:
    """An example of a row that could not be read.

    ``cell`` is the text that its reason speaks of, ``file`` what the row stands in where that is one of
    several.
    """

    line: int
    reason: str
    cell: str | None = None
    file: str | None = None


@dataclass(frozen=True)
class FileRead:
    """A file that was read: its name, the digest of its bytes, their number, and its rows."""

    name: str
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True)
class ReadReport:
    """What was read and how.

    Attributes
    ----------
    form : str
        ``csv``, ``csv.gz``, ``zip``, ``xlsx`` or ``parquet``, by content.
    name : str
        The file's name, to be shown and never used as a path.
    sha256, bytes
        Of the file as it lies there; of several files, of all.
    rows, unreadable : int
        Data rows, and those of them that could not be read.
    ledger : dict
        Role to whether the file has it; invoice is False where it was made up from the moment.
    examples : list of Unreadable
        At most 20 a reason, by line.
    reasons : dict of str to int
        How many rows each reason took, the commonest first.
    files : list of FileRead
        By name.
    overlap : bool
        Whether several tables were read, of which one may repeat lines of another.
    no_lines : int
        Rows of an export that are no lines of orders; none of them counts as unreadable.
    layout : str or None
        Id of the export that it is.
    statuses : mapping
        Statuses that the layout, or the column they stand in, tells to be sales or none.
    refunded : str or None
        The column that says how much of a row was given back.
    refunded_pieces : bool
        Whether it says so in pieces rather than money.
    """

    form: str
    name: str
    sha256: str
    bytes: int
    rows: int
    unreadable: int
    detected: Detected
    ledger: dict[str, bool]
    warnings: list[str]
    examples: list[Unreadable]
    reasons: dict[str, int]
    files: list[FileRead]
    overlap: bool = False
    no_lines: int = 0
    layout: str | None = None
    statuses: Mapping[str, bool] = field(default_factory=dict)
    refunded: str | None = None
    refunded_pieces: bool = False

    @property
    def some(self) -> tuple[str, ...]:
        """Which of the rules ``services.training.lines.cleaning.SOME`` are asked."""
        asked = {"no_line": self.no_lines > 0, "overlap": self.overlap}
        return tuple(rule for rule in SOME if asked[rule])

    def as_json(self) -> dict[str, Any]:
        """Give the report as plain values that JSON knows."""
        return asdict(self)
