"""The list of customers who want no campaigns: ``python -m services optout add|remove|list``."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, show
from services.cli.state import opened_state, operator
from services.core.refusals import Refusal
from services.core.text.column_names import plain
from services.core.text.customer_ids import MAX_LENGTH, canonical_id
from services.site.customers.opt_outs import OptOuts

_HEADERS = ("customerid", "customer", "id")
_MOST_BYTES = 50_000_000


@click.group("optout")
def optout_command() -> None:
    """Manage the opt-out list: customers on it are excluded from every file and audience."""


def _chosen(command: Any) -> Any:
    file = click.Path(path_type=Path, dir_okay=False)
    command = click.option("--file", type=file, help="A CSV with the IDs in its first column.")(command)
    return click.argument("ids", nargs=-1)(command)


@optout_command.command("add")
@_chosen
@json_option
def add(ids: tuple[str, ...], file: Path | None, as_json: bool) -> None:
    """Add IDS to the opt-out list."""
    wanted, subject = _wanted(ids, file)
    with opened_state() as state:
        changed = OptOuts(state).add(wanted, operator(), subject)
    _tell(wanted, changed, "added to", as_json)


@optout_command.command("remove")
@_chosen
@json_option
def remove(ids: tuple[str, ...], file: Path | None, as_json: bool) -> None:
    """Remove IDS from the opt-out list; what a column of the trained file says is not changed."""
    wanted, subject = _wanted(ids, file)
    with opened_state() as state:
        changed = OptOuts(state).remove(wanted, operator(), subject)
    _tell(wanted, changed, "removed from", as_json)


@optout_command.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """Show who is on the opt-out list, who added them and when."""
    with opened_state() as state:
        found = OptOuts(state).listed()
    rows = [{"customer_id": each.customer_id, "who": each.who, "at": each.at.isoformat()} for each in found]
    show(
        rows,
        as_json,
        lambda: (
            "\n".join(f"{row['customer_id']}  {row['at']}  {row['who']}" for row in rows)
            or "The opt-out list is empty."
        ),
    )


def ids_in(path: Path) -> list[str]:
    """Read ids from the first column of a CSV, with a header or without.

    Raises
    ------
    Refusal
        If it cannot be read, holds no id, or one that is too long.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refusal("The file of IDs is over 50 MB. Split it.", "file")
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    except OSError as fault:
        raise Refusal(f"“{path}” cannot be read: {fault.strerror}.", "file") from None
    except UnicodeDecodeError:
        raise Refusal("The file of IDs is not UTF-8 text. Save it as CSV UTF-8.", "file") from None
    except csv.Error:
        raise Refusal(
            f"The file of IDs has a cell of more than {csv.field_size_limit():,} characters. Write one "
            "ID per line.",
            "file",
        ) from None
    cells = [(number, row[0]) for number, row in enumerate(rows, 1) if row]
    if cells and plain(cells[0][1]) in _HEADERS:
        cells = cells[1:]
    found = []
    for number, cell in cells:
        if customer_id := canonical_id(cell):
            found.append(_checked(customer_id, f"Line {number}"))
    if not found:
        raise Refusal("The first column of the file has no IDs.", "file")
    return found


def _wanted(ids: tuple[str, ...], file: Path | None) -> tuple[list[str], str]:
    if bool(ids) == bool(file):
        raise Refusal("Give IDs, or a file of IDs with --file.", "ids")
    if file is not None:
        return ids_in(file), file.name
    wanted = [_checked(canonical_id(each) or "", "What was typed") for each in ids]
    return wanted, ", ".join(wanted)


def _checked(customer_id: str, where: str) -> str:
    if not customer_id or len(customer_id) > MAX_LENGTH:
        raise Refusal(f"{where} is not an ID: an ID has 1 to {MAX_LENGTH} characters.", "ids")
    return customer_id


def _tell(wanted: list[str], changed: int, how: str, as_json: bool) -> None:
    named = len(set(wanted))
    noun = "ID" if named == 1 else "IDs"
    show(
        {"named": named, "changed": changed},
        as_json,
        lambda: f"{changed:,} of {named:,} {noun} {how} the opt-out list.",
    )
