"""The files of the ledger, as a training takes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.ledger import Entry, Ledger
from services.site.ledger.entries import said_of_trainings
from services.training.options import TrainOptions


def gather_ledger(ledger: Ledger, options: TrainOptions, scratch: Path) -> tuple[list[Path], TrainOptions]:
    """Give all files of the ledger, and what is said of each.

    Parameters
    ----------
    ledger : Ledger
    options : TrainOptions
        What is said of all; it goes before what was said when a file was added, of it or of its trainings.
    scratch : Path
        A folder of this run, on the ledger's disk.

    Returns
    -------
    tuple
        Paths and options.

    Raises
    ------
    Refusal
        If there is none.
    """
    refuse_empty(ledger)
    with ledger.changing():
        refuse_empty(ledger)
        entries = ledger.entries()
        paths = ledger.linked(entries, scratch)
    by_file = {path: reading_of(entry) for path, entry in zip(paths, entries, strict=True)}
    options = _with_said(options, said_of_trainings(entries))
    return paths, replace(options, reading=replace(options.reading, by_file=by_file))


def _with_said(options: TrainOptions, said: dict[str, Any]) -> TrainOptions:
    """Add what was said of trainings with the files, where the options say nothing."""
    told: dict[str, Any] = {
        name: tuple(each) if isinstance(each, list) else each for name, each in said.items()
    }
    of_files = told.pop("only_currency", None)
    currency = options.reading.only_currency or of_files
    more = {name: each for name, each in told.items() if not getattr(options, name)}
    return replace(options, reading=replace(options.reading, only_currency=currency), **more)


def reading_of(entry: Entry) -> dict[str, Any]:
    """Return what was said of a file, as ``ReadOptions`` names it."""
    return {name: tuple(each) if isinstance(each, list) else each for name, each in entry.reading.items()}


def refuse_empty(ledger: Ledger) -> None:
    """Refuse to train on a ledger without files.

    Raises
    ------
    Refusal
    """
    if not ledger.entries():
        raise Refusal(_("The ledger has no files. Add some: python -m services ledger add FILE."), "file")
