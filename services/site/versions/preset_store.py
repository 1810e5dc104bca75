"""Versions of presets in the site's state: written by the site, read by training too."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.exc import IntegrityError

from services.site.people.audit import What, add_within
from services.site.state import State, StateUnusable
from services.site.state.tables import preset_versions
from services.site.versions.presets import Record


class PresetVersions:
    """The versions of one site; each is kept together with its row of the audit log, or neither is.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, record: Record, who: str, how: str) -> bool:
        """Keep a version; False, and nothing is kept, where that version of the preset is there already.

        Parameters
        ----------
        record : Record
        who : str
            Stands in the audit log.
        how : str
            What the audit log says of it.

        Raises
        ------
        StateUnusable
        """
        kept = asdict(record) | {"saved_at": int(record.saved_at.timestamp())}
        name = f"{record.preset}@{record.version}"
        try:
            with self._state.writing() as connection:
                connection.execute(preset_versions.insert().values(**kept))
                add_within(connection, who, What.PRESET, name, result=how)
        except StateUnusable as fault:
            if isinstance(fault.__cause__, IntegrityError):
                return False
            raise
        return True

    def versions(self, preset: str) -> list[Record]:
        """Return a preset's versions, newest first.

        Raises
        ------
        StateUnusable
        """
        if not (preset.isascii() and preset.isprintable()):
            return []  # no id, and not every database takes such a text
        of = select(preset_versions).where(preset_versions.c.preset == preset)
        return self._read(of.order_by(preset_versions.c.version.desc()))

    def latest(self) -> list[Record]:
        """Return the newest version of each preset, by id.

        Raises
        ------
        StateUnusable
        """
        newest = (
            select(preset_versions.c.preset, func.max(preset_versions.c.version).label("version"))
            .group_by(preset_versions.c.preset)
            .subquery()
        )
        query = select(preset_versions).join(
            newest,
            (preset_versions.c.preset == newest.c.preset) & (preset_versions.c.version == newest.c.version),
        )
        # sorted here: databases order letters and hyphens each in their own way
        return sorted(self._read(query), key=lambda record: record.preset)

    def _read(self, query: Select) -> list[Record]:
        with self._state.reading() as connection:
            return [_record(row) for row in connection.execute(query)]


def _record(row: Row) -> Record:
    return Record(**{**row._mapping, "saved_at": datetime.fromtimestamp(row.saved_at, UTC)})
