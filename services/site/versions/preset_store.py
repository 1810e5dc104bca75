"""Versions of presets in the site's state: written by the site, read by training too."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Row

from services.site.people.audit import What
from services.site.state import State
from services.site.state.tables import preset_versions
from services.site.versions.numbered import Numbered
from services.site.versions.presets import Record


class PresetVersions:
    """The versions of one site; each is kept together with its row of the audit log, or neither is.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._kept = Numbered(state, preset_versions, What.PRESET)

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
        row = asdict(record) | {"saved_at": int(record.saved_at.timestamp())}
        return self._kept.add(row, who, f"{record.preset}@{record.version}", how)

    def versions(self, preset: str) -> list[Record]:
        """Return a preset's versions, newest first.

        Raises
        ------
        StateUnusable
        """
        if not (preset.isascii() and preset.isprintable()):
            return []  # no id, and not every database takes such a text
        return [_record(row) for row in self._kept.versions(preset=preset)]

    def latest(self) -> list[Record]:
        """Return the newest version of each preset, by id.

        Raises
        ------
        StateUnusable
        """
        # sorted here: databases order letters and hyphens each in their own way
        return sorted(map(_record, self._kept.latest()), key=lambda record: record.preset)


def _record(row: Row) -> Record:
    return Record(**{**row._mapping, "saved_at": datetime.fromtimestamp(row.saved_at, UTC)})
