"""Versions of presets in a SQLite file of the state folder, written by the site, read by training too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple
from datetime import datetime
from pathlib import Path

from services.core.refusals import Refusal
from services.site.saved_presets import Record

FILE = "presets.sqlite"
_WAIT_SECONDS = 5.0
_TABLE = """
CREATE TABLE IF NOT EXISTS versions (
    preset TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL, origin TEXT NOT NULL,
    author TEXT NOT NULL, note TEXT NOT NULL, saved_at TEXT NOT NULL, PRIMARY KEY (preset, version)
) WITHOUT ROWID"""


class PresetVersions:
    """A store of versions; its file is made with the first version that is saved.

    Parameters
    ----------
    folder : Path
        The site's state folder.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def add(self, record: Record) -> bool:
        """Keep a version; False, and nothing is kept, where that version of the preset is there already.

        Raises
        ------
        Refusal
            If the file cannot be written.
        """
        *kept, saved_at = astuple(record)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as database:
                database.execute(_TABLE)
                database.execute(
                    "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?)", (*kept, saved_at.isoformat())
                )
        except sqlite3.IntegrityError:
            return False
        except (sqlite3.Error, OSError) as fault:
            raise Refusal(
                f"Nothing was saved: the site's state folder cannot be written ({fault}). Tell the person "
                "who runs this site.",
                "save",
            ) from None
        return True

    def versions(self, preset: str) -> list[Record]:
        """Return a preset's versions, newest first."""
        return self._read("SELECT * FROM versions WHERE preset = ? ORDER BY version DESC", preset)

    def latest(self) -> list[Record]:
        """Return the newest version of each preset, by id."""
        newest = "SELECT max(version) FROM versions AS other WHERE other.preset = versions.preset"
        return self._read(f"SELECT * FROM versions WHERE version = ({newest}) ORDER BY preset")

    def _read(self, query: str, *values: str) -> list[Record]:
        if not self._path.is_file():
            return []
        try:
            with self._open() as database:
                rows = database.execute(query, values).fetchall()
        except sqlite3.Error as fault:
            raise Refusal(
                f"Saved presets cannot be read ({fault}). Tell the person who runs this site.", "preset"
            ) from None
        return [_record(row) for row in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # a connection each time: threads and forked workers must not share one, and saving is rare
        with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as database, database:
            database.row_factory = sqlite3.Row
            yield database


def _record(row: sqlite3.Row) -> Record:
    kept = dict(zip(row.keys(), row, strict=True))
    return Record(**kept | {"saved_at": datetime.fromisoformat(kept["saved_at"])})
