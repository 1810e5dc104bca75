"""Files with a header seen before are read as the last one was: found by the names of their columns."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from services.brought.training import reading_of
from services.core.refusals import Refusal
from services.site.ledger import Entry, Ledger
from services.training.lines.engine import MEMORY_MB, opened_engine
from services.training.reading import ReadOptions
from services.training.reading.columns.addresses import NONE, written
from services.training.reading.columns.schema import TRANSACTIONS
from services.training.reading.gathering import gather
from services.training.reading.loading import look_at

_OF_CUSTOMERS = ("keep_customer", "drop_customer")
_MOST = 20
"""Ways of reading that are tried, the newest first."""


def header_of(path: Path, reading: ReadOptions, scratch: Path, memory_mb: int = MEMORY_MB) -> str | None:
    """Return the digest of the names of a file's columns, whatever their order.

    Parameters
    ----------
    path : Path
    reading : ReadOptions
        How it is read.
    scratch : Path
        A folder of this run.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Returns
    -------
    str or None
        None where it has no header that can be read so.
    """
    try:
        with opened_engine(scratch / "header", memory_mb) as engine:
            first = gather([path], engine, reading, TRANSACTIONS, scratch).sources[0]
            columns, _size = look_at(first, engine, reading, TRANSACTIONS, scratch)
    except Refusal:
        return None
    return hashlib.sha256(json.dumps(sorted(columns.names)).encode()).hexdigest()


def answers_of(entry: Entry) -> dict[str, list[str]]:
    """Return what was said of a file's reading, as parameters of ``/uploads/ID/inspection``.

    Ids of customers are said of one file, and are not carried to the next.
    """
    said = {name: value for name, value in entry.reading.items() if name not in _OF_CUSTOMERS}
    pairs = [_pair(role, column) for role, column in said.pop("columns", {}).items()]
    return ({"columns": pairs} if pairs else {}) | {name: [str(value)] for name, value in said.items()}


def _pair(role: str, column: str | int) -> str:
    """Write a role's column as ``--columns`` takes it; a name that was given in quotes has them still."""
    if isinstance(column, int):
        return f"{role}=#{column}"
    as_given = column == NONE or column[:1] == column[-1:] == '"'
    return f"{role}={column}" if as_given else written(role, column)


def find_alike(ledger: Ledger, path: Path, scratch: Path, memory_mb: int = MEMORY_MB) -> Entry | None:
    """Find the newest file of the ledger with the same header of whose reading something was said.

    Parameters
    ----------
    ledger : Ledger
    path : Path
    scratch : Path
        A folder of this run.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.
    """
    told: dict[tuple[str, str], Entry] = {}
    for entry in reversed(ledger.entries()):
        if entry.header and answers_of(entry):
            told.setdefault((entry.header, json.dumps(entry.reading, sort_keys=True)), entry)
    for entry in list(told.values())[:_MOST]:
        if header_of(path, ReadOptions(**reading_of(entry)), scratch, memory_mb) == entry.header:
            return entry
    return None
