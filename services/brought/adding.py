"""A file becomes part of the ledger: copied, understood as a training would, and kept if that can be done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from services.brought.remembered import header_of
from services.core.language.messages import _, plural
from services.core.language.written import day, number
from services.core.refusals import Refusal
from services.site.ledger import Draft, Entry, Ledger
from services.site.ledger.entries import id_of, plain_name
from services.site.ledger.retention import expire, oldest
from services.site.ledger.store import link
from services.training.ledger.cleaned import Erased
from services.training.ledger.inspecting import Inspection, inspect
from services.training.lines.engine import MEMORY_MB
from services.training.options import TrainOptions
from services.training.reading import ReadOptions
from services.training.reading.columns.layouts import NO_LAYOUT, shipped_layouts
from services.training.reading.cutting import cut

#: What is said of every training that a file is part of, and not of the file.
_OF_TRAINING = ("only_currency", "cancel_prefix", "accept_unreadable", "keep_status", "drop_status")
_OF_NEITHER = ("texts", "by_file")


@dataclass(frozen=True)
class Added:
    """What came of files that were brought.

    Attributes
    ----------
    added : list of Entry
    known : list of Entry
        Files of the ledger that were brought before, byte for byte.
    expired : list of Entry
        Files that are older than the ledger keeps them, and were removed.
    replaced : list of Entry
        Files in whose place these are.
    notes : list of str
        What is to be said of files that were added.
    """

    added: list[Entry] = field(default_factory=list)
    known: list[Entry] = field(default_factory=list)
    expired: list[Entry] = field(default_factory=list)
    replaced: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Bringing:
    """How files are brought.

    Attributes
    ----------
    options : TrainOptions
        What is said of how they are to be read.
    who : str
        As the audit log names them.
    months : int or None
        How long after its last day a file is kept.
    erased : callable, optional
        From ids to those of customers who were erased: their rows are not kept.
    replaces : {"all", "own"}, optional
        Whether the other files of the ledger go, or those among them that ``who`` brought.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.
    """

    options: TrainOptions
    who: str
    months: int | None = None
    erased: Erased | None = None
    replaces: Literal["all", "own"] | None = None
    memory_mb: int = MEMORY_MB


def add(
    ledger: Ledger, paths: Sequence[Path], bringing: Bringing, scratch: Path, name: str | None = None
) -> Added:
    """Add files to the ledger, all of them or none.

    Parameters
    ----------
    ledger : Ledger
    paths : sequence of Path
    bringing : Bringing
    scratch : Path
        A folder of this run, on the ledger's disk.
    name : str, optional
        What a single file was called where it comes from; its own name when absent.

    Raises
    ------
    Refusal
        If a file is none that a training could read as it is said to be read, or is too old to be kept.
    """
    _refuse_own_layout(bringing.options.reading)
    with ledger.changing():
        done = Added()
        drafts: dict[str, tuple[Draft, Entry]] = {}
        for path in paths:
            draft = ledger.draft(path)
            there = ledger.holding(draft.digest)
            if there:
                done.known.append(there)
            elif draft.digest not in drafts:
                called = plain_name(name or path.name)
                drafts[draft.digest] = _understood(ledger, draft, called, bringing, scratch, done.notes)
        ledger.keep(list(drafts.values()))
        done.added.extend(entry for _draft, entry in drafts.values())
        done.replaced.extend(_replaced(ledger, bringing, [*done.known, *done.added]))
        done.expired.extend(expire(ledger, bringing.months))
    return done


def _replaced(ledger: Ledger, bringing: Bringing, stay: Collection[Entry]) -> list[Entry]:
    """Remove what new files replace; only now, so that there is no moment without either."""
    if bringing.replaces is None:
        return []
    ids = {entry.id for entry in stay}
    others = [entry for entry in ledger.entries() if entry.id not in ids]
    gone = [each for each in others if bringing.replaces == "all" or each.added_by == bringing.who]
    for entry in gone:
        ledger.remove(entry)
    return gone


def _understood(
    ledger: Ledger, draft: Draft, name: str, bringing: Bringing, scratch: Path, notes: list[str]
) -> tuple[Draft, Entry]:
    path = scratch / draft.digest[:16] / name
    reading, memory_mb = bringing.options.reading, bringing.memory_mb
    link(draft.data, path)
    with _naming(name):
        found = inspect([path], bringing.options, scratch, bringing.erased, memory_mb=memory_mb)
        if found.questions:
            raise found.questions[0]
        first, last = _days(found)
        _refuse_old(last, bringing.months)
    entry = Entry(
        id=id_of(draft.digest),
        name=name,
        digests=(draft.digest,),
        size=draft.bytes,
        rows=found.report.rows if found.report else 0,
        first_day=first,
        last_day=last,
        added_at=datetime.now(UTC),
        added_by=bringing.who[:64],
        reading=_said(reading),
        training=_of_training(bringing.options),
        header=header_of(path, reading, scratch, memory_mb),
    )
    if bringing.erased and found.cleaned and found.cleaned.rejected.get("forgotten"):
        shorter = scratch / "shorter"
        without = cut(path, shorter, reading, bringing.erased, scratch, memory_mb)
        notes.append(
            _(
                "{file}: the rows of erased customers ({n}) were not kept.",
                file=name,
                n=number(without.rows),
            )
        )
        return ledger.shorten(draft, entry, shorter, without.left)
    return draft, entry


@contextmanager
def _naming(name: str) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        said = _("“{file}” was not added.", file=name)
        refusal.args = (f"{said} {refusal}",)
        raise


def _days(found: Inspection) -> tuple[date, date]:
    if found.days is None:
        raise Refusal(_("It has no orders with a date, so no training can use it."), "file")
    return found.days


def _refuse_old(last: date, months: int | None) -> None:
    if months is not None and last < oldest(months):
        raise Refusal(
            plural(
                "Its last order is of {day}, and files are kept for {n} month after that (LEDGER_MONTHS).",
                "Its last order is of {day}, and files are kept for {n} months after that (LEDGER_MONTHS).",
                months,
                day=day(last),
            ),
            "file",
        )


def _refuse_own_layout(reading: ReadOptions) -> None:
    """Refuse a description in a file of its own: it may be gone when the ledger is read."""
    known = (NO_LAYOUT, *(layout.id for layout in shipped_layouts()))
    if reading.layout is not None and reading.layout not in known:
        raise Refusal(
            _(
                "The ledger takes a layout that `layouts` lists, or none, but not a TOML file. Name the "
                "columns with --columns instead."
            ),
            "layout",
            option="--layout",
        )


def _said(reading: ReadOptions) -> dict[str, Any]:
    said = asdict(replace(reading, by_file={}))
    return {name: each for name, each in said.items() if each and name not in (*_OF_TRAINING, *_OF_NEITHER)}


def _of_training(options: TrainOptions) -> dict[str, Any]:
    said = options.recorded()
    return {name: said[name] for name in _OF_TRAINING if said[name]}
