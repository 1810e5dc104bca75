"""What is said of tables that were read or left aside, and which of them is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from services.core.language import lists
from services.core.language.messages import _, later
from services.core.refusals import Refusal
from services.core.text.shell import quoted
from services.reading.source import Source

#: What is said of one table and of several.
_READ = {
    "sheet": (
        later("The sheet {names} was read."),
        later("The sheets {names} have the same columns and were read together."),
    ),
    "file": (
        later("The file {names} was read."),
        later("The files {names} have the same columns and were read together."),
    ),
}
_OTHER_COLUMNS = {
    "sheet": (
        later("The sheet {names} has other columns and was not read."),
        later("The sheets {names} have other columns and were not read."),
    ),
    "file": (
        later("The file {names} has other columns and was not read."),
        later("The files {names} have other columns and were not read."),
    ),
}
_NOT_TABLES = {
    "sheet": (
        later("The sheet {names} is not a table of this kind and was not read."),
        later("The sheets {names} are not tables of this kind and were not read."),
    ),
    "file": (
        later("The file {names} is not a table of this kind and was not read."),
        later("The files {names} are not tables of this kind and were not read."),
    ),
}
HIDDEN = (
    later("The sheet {names} is hidden and was not read; to read it, add --sheet with its name."),
    later("The sheets {names} are hidden and were not read; to read one, add --sheet with its name."),
)
_HOLDS = {
    "folder": later(
        "The folder holds {one} and {other}, which have different columns, and either may be meant."
    ),
    "archive": later(
        "The archive holds {one} and {other}, which have different columns, and either may be meant."
    ),
    "workbook": later(
        "The workbook holds {one} and {other}, which have different columns, and either may be meant."
    ),
}


def of_tables(
    read: Sequence[Source], others: Sequence[Source], unfit: Sequence[Source], what: str
) -> list[str]:
    """Say which tables of a folder, an archive or a workbook were read, and which were not.

    Parameters
    ----------
    read, others, unfit : sequence of Source
        Those that were read, those with other columns, and those that cannot be read.
    what : {"folder", "archive", "workbook"}
    """
    if not (others or unfit) and (len(read) == 1 or what == "folder"):
        return []
    thing = "sheet" if what == "workbook" else "file"
    said = [
        said_of(_names(read), _READ[thing]),
        *([said_of(_names(others), _OTHER_COLUMNS[thing])] if others else []),
        *([said_of(_names(unfit), _NOT_TABLES[thing])] if unfit else []),
        *(
            [_("To read another one, name it with --sheet.")]
            if thing == "sheet" and (others or unfit)
            else []
        ),
    ]
    return [" ".join(said)]


def _names(sources: Sequence[Source]) -> list[str]:
    return [source.part or source.path.name for source in sources]


def said_of(names: Sequence[str], of_one_or_several: tuple[later, later]) -> str:
    """Say of one table, or of several, what goes for them."""
    return of_one_or_several[len(names) > 1](names=listed(names))


def which(one: Sequence[Source], other: Sequence[Source], what: str) -> Refusal:
    """Ask which of two tables is meant; each stands for those that are like it."""
    named = [group[0].part or group[0].path.name for group in (one, other)]
    sheets = what == "workbook"
    way = (
        _(
            "Name one with --sheet, such as --sheet {sheet}, or read both with --sheet all.",
            sheet=quoted(named[0]),
        )
        if sheets
        else _("Unpack it and name the files you mean one by one.")
        if what == "archive"
        else _("Name the files you mean one by one.")
    )
    return Refusal(
        f"{_HOLDS[what](one=repr(named[0]), other=repr(named[1]))} {way}",
        "sheet" if sheets else "file",
        option="--sheet" if sheets else None,
        choices=named if sheets else (),
    )


def listed(names: Sequence[str]) -> str:
    """Name the first of several tables."""
    shown = [repr(name) for name in names[:5]]
    more = len(names) - len(shown)
    return lists.first(shown, more) if more else lists.every(shown)
