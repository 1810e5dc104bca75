"""A customer goes from the files of the ledger: each that names them is written again without their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.brought.training import reading_of
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.releases import working_folder
from services.site.ledger import Entry, Ledger
from services.training.lines.engine import MEMORY_MB
from services.training.reading import ReadOptions
from services.training.reading.cutting import Cut, cut


@dataclass(frozen=True)
class Shorter:
    """A file of the ledger that names the customer, and where it lies without their rows."""

    entry: Entry
    path: Path
    cut: Cut


@contextmanager
def without(
    ledger: Ledger, ids: Collection[str], work: Path, memory_mb: int = MEMORY_MB
) -> Iterator[list[Shorter]]:
    """Give the files that name a customer, written again beside the ledger, which nobody changes meanwhile.

    Parameters
    ----------
    ledger : Ledger
    ids : collection of str
        Spellings of the customer's id.
    work : Path
        As ``services.releases.working_folder`` takes it.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Raises
    ------
    Refusal
        If a file of the ledger cannot be read: it may name the customer.
    """
    if not ledger.entries():
        yield []
        return
    with ledger.changing(), working_folder(work) as scratch:
        files = (_without(ledger, entry, ids, scratch, memory_mb) for entry in ledger.entries())
        yield [each for each in files if each.cut.rows]


def put_in_place(ledger: Ledger, files: Sequence[Shorter]) -> list[dict[str, Any]]:
    """Make the shorter files those of the ledger; one of which nothing is left goes.

    Returns
    -------
    list of dict
        ``id``, ``name``, ``rows`` (how many went) and ``removed`` (whether the file went whole).
    """
    for each in files:
        if each.cut.left:
            ledger.replace(each.entry, each.path, each.cut.left)
        else:
            ledger.remove(each.entry)
    return [
        {
            "id": each.entry.id,
            "name": each.entry.name,
            "rows": each.cut.rows,
            "removed": not each.cut.left,
        }
        for each in files
    ]


def _without(ledger: Ledger, entry: Entry, ids: Collection[str], scratch: Path, memory_mb: int) -> Shorter:
    (path,) = ledger.linked([entry], scratch)
    target = scratch / f"{entry.id}.shorter"
    options = ReadOptions(**reading_of(entry))
    try:
        done = cut(path, target, options, set(ids).intersection, scratch, memory_mb)
        return Shorter(entry, target, done)
    except Refusal as refusal:
        nothing = _(
            "Nothing was erased, because “{file}” in the ledger cannot be read, and may hold the customer.",
            file=entry.name,
        )
        way = _("Remove it with python -m services ledger remove {id}, then start again.", id=entry.id)
        raise Refusal(f"{nothing} {refusal} {way}") from refusal
