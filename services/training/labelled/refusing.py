"""What a table of customers is refused for as a whole: its columns, or how long it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from services.core.language.messages import _, later, plural
from services.core.refusals import Refusal
from services.core.text.column_names import plain
from services.training.reading.columns.headers import MAX_COLUMNS, MissingColumns

#: More than that is no table of customers, and would take hours.
MAX_ROWS = 200_000


@dataclass(frozen=True)
class Like:
    """What a file is refused with that has none of the columns it is asked for.

    Attributes
    ----------
    no_column : later
        Of a table; its headers fill ``{columns}``.
    no_table : later
        Of a workbook.
    """

    no_column: later
    no_table: later


TRAINED_ON = Like(
    later("The file has no column of the table that the model was trained on. It has {columns}."),
    later("No table of the file has columns of the table that the model was trained on."),
)


@contextmanager
def lacking(target: str | None, like: Like) -> Iterator[None]:
    """Say which column a table, or every sheet of a workbook, lacks."""
    try:
        yield
    except MissingColumns as refusal:
        if target is None:
            shown = ", ".join(f"“{name}”" for name in refusal.found[:20])
            raise Refusal(like.no_column(columns=shown), "file") from None
        raise no_column(target, refusal.found, "target") from None
    except Refusal as refusal:
        if refusal.field != "columns":
            raise
        if not target:
            raise Refusal(like.no_table(), "file") from None
        raise Refusal(
            _("No table of the file has a column “{column}”.", column=target[:80]), "target"
        ) from None


def refuse_too_long(rows: int) -> None:
    """Refuse a table of more rows than are read."""
    if rows <= MAX_ROWS:
        return
    raise Refusal(
        plural(
            "The table has {n} row; the limit is {most}.",
            "The table has {n} rows; the limit is {most}.",
            rows,
            n=f"{rows:,}",
            most=f"{MAX_ROWS:,}",
        ),
        "file",
    )


def refuse_doubles(headers: Sequence[str]) -> None:
    """Refuse a table with too many columns, or with two of one name."""
    if len(headers) > MAX_COLUMNS:
        raise Refusal(
            plural(
                "The file has {n} column; the limit is {most}.",
                "The file has {n} columns; the limit is {most}.",
                len(headers),
                n=f"{len(headers):,}",
                most=f"{MAX_COLUMNS:,}",
            ),
            "file",
        )
    counted = Counter(plain(name) or name for name in headers)
    for name in headers:
        if counted[plain(name) or name] > 1:
            raise Refusal(_twice(name), "file")


def _twice(header: str) -> str:
    if not header:
        return _("A header without a name appears twice. Give each column its own name.")
    return _("The header “{header}” appears twice. Give each column its own name.", header=header)


def no_column(name: str, headers: Sequence[str], field: str) -> Refusal:
    """Return what a table is refused with that lacks a column which a person named."""
    shown = ", ".join(f"“{each}”" for each in headers[:20])
    more = len(headers) - 20
    if more > 0:
        said = plural(
            "There is no column “{column}”. The table has {columns} and {n} more.",
            "There is no column “{column}”. The table has {columns} and {n} more.",
            more,
            n=f"{more:,}",
            column=name[:80],
            columns=shown,
        )
    else:
        said = _("There is no column “{column}”. The table has {columns}.", column=name[:80], columns=shown)
    return Refusal(said, field, choices=headers)
