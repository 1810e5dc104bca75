"""A source is renewed: new files of a folder, or what a database holds now, become files of the ledger."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from services.brought.adding import Added, Bringing, add
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.reading.source import digest
from services.releases import WORK, working_folder
from services.site.customers.forgotten import Forgotten
from services.site.ledger import Entry, Ledger
from services.site.people.audit import Audit, What
from services.site.setting_values import is_select
from services.site.settings import Settings
from services.site.sources import Done, Source, Sources
from services.site.sources.folder import Files, Found
from services.site.sources.rows import Written, write_rows
from services.site.state import State, StateUnusable
from services.training.lines.engine import opened_engine, write_sorted
from services.training.options import TrainOptions
from services.training.reading import ReadOptions

QUERY_FILE = "database query.csv"
"""What the rows of a SELECT are called in the ledger; those of a table are called like the table."""


@dataclass
class Renewed:
    """What came of a try.

    Attributes
    ----------
    added, replaced, expired : list of Entry
        As ``services.brought.adding.Added`` has them.
    refused : list of (str, str)
        Files that cannot be added, and why.
    done : Done
    """

    added: list[Entry] = field(default_factory=list)
    replaced: list[Entry] = field(default_factory=list)
    expired: list[Entry] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    done: Done = field(default_factory=Done)


class Renewing:
    """Renews the sources of a site.

    Parameters
    ----------
    settings : Settings
    state : State
    """

    def __init__(self, settings: Settings, state: State) -> None:
        self._settings = settings
        self._state = state
        self._ledger = Ledger(settings.state_dir)

    def folder(self, source: Source, files: Sequence[Found], tell: Callable[[Found], None]) -> Renewed:
        """Add files of the watched folder, each by itself; one that cannot be added keeps no other out.

        Parameters
        ----------
        source : Source
        files : sequence of Found
        tell : callable
            Is told each file before it is read.

        Raises
        ------
        Refusal
            If none can be added, whatever they hold: a full disk, a damaged ledger.
        """
        self._ledger.entries()  # a damaged one is no file's fault
        seen, renewed, changed = Files(self._state), Renewed(), False
        for file in files:
            tell(file)
            with working_folder(self._settings.state_dir / WORK) as scratch:
                try:
                    copy = _copied(file, scratch)
                    if copy is None:  # it changed meanwhile: another look will tell
                        continue
                    done = add(self._ledger, [copy], self._bringing(source, TrainOptions()), scratch)
                except StateUnusable:
                    raise
                except Refusal as refusal:
                    seen.refuse(file, _digest(scratch, file), str(refusal))
                    renewed.refused.append((file.name, str(refusal)))
                    continue
            self._note(renewed, source, done)
            changed = changed or any(each.added_by == source.brings for each in [*done.added, *done.known])
            seen.added(file)
        renewed.done = Done(changed)
        return renewed

    def database(self, source: Source) -> Renewed:
        """Put what the database holds now in the place of what it held before.

        Raises
        ------
        Refusal
            If the database, or what it gives, cannot be read; the ledger is as it was.
        """
        url, query = self._settings.source_url, self._settings.source_query
        assert url is not None
        assert query is not None
        with working_folder(self._settings.state_dir / WORK) as scratch:
            rows, path = scratch / "rows", scratch / (QUERY_FILE if is_select(query) else f"{query}.csv")
            written = write_rows(url, query, self._settings.time_zone, rows)
            _write_whole(written, rows, path, scratch, self._settings.engine_memory_mb)
            held = digest(path)
            reading = ReadOptions(
                encoding="utf-8", separator=",", header_row=1, decimal="." if written.point else None
            )
            bringing = self._bringing(source, TrainOptions(reading=reading), replaces="own")
            done = add(self._ledger, [path], bringing, scratch)
        renewed = Renewed()
        self._note(renewed, source, done)
        # a process that was killed may have changed the ledger, and nobody noted it
        renewed.done = Done(held != Sources(self._state).held(source), held)
        return renewed

    def _bringing(
        self, source: Source, options: TrainOptions, replaces: Literal["own"] | None = None
    ) -> Bringing:
        months, erased = self._settings.ledger_months, Forgotten(self._state).among
        memory_mb = self._settings.engine_memory_mb
        return Bringing(options, source.brings, months, erased, replaces, memory_mb)

    def _note(self, renewed: Renewed, source: Source, done: Added) -> None:
        log = Audit(self._state)
        for name in ("added", "replaced", "expired"):
            for entry in getattr(done, name):
                log.add(source.brings, What.LEDGER, entry.name, rows=entry.rows, result=name)
                getattr(renewed, name).append(entry)


def _copied(file: Found, scratch: Path) -> Path | None:
    """Copy a file as it was found; None where it has changed or gone since.

    Raises
    ------
    Refusal
        If nobody lets us read it.
    """
    copy = scratch / "brought" / file.path.name
    copy.parent.mkdir()
    try:
        with file.path.open("rb") as opened, copy.open("wb") as target:
            shutil.copyfileobj(opened, target)
            told = os.fstat(opened.fileno())
    except FileNotFoundError:
        return None
    except PermissionError:
        raise Refusal(
            _("“{file}” was not added, because the worker may not read it.", file=file.name)
        ) from None
    return copy if (told.st_size, told.st_ctime_ns) == (file.size, file.changed) else None


def _digest(scratch: Path, file: Found) -> str:
    copy = scratch / "brought" / file.path.name
    return digest(copy) if copy.is_file() else ""


def _write_whole(written: Written, rows: Path, path: Path, scratch: Path, memory_mb: int) -> None:
    """Write a header, then the rows in an order of their own: the same rows are the same bytes."""
    with opened_engine(scratch / "sorting", memory_mb) as engine:
        write_sorted(engine, rows, len(written.columns), body := scratch / "sorted")
    rows.unlink()
    with path.open("wb") as file, body.open("rb") as sorted_rows:
        file.write(_line(written.columns).encode())
        shutil.copyfileobj(sorted_rows, file)
    body.unlink()


def _line(columns: Sequence[str]) -> str:
    return ",".join('"' + name.replace('"', '""') + '"' for name in columns) + "\n"
