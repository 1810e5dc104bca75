"""Versions of presets kept in memory."""

from __future__ import annotations

from services.site.versions.presets import Record


class Versions:
    """A store of versions, as services.site.versions.presets needs one."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Record] = {}

    def add(self, record: Record, _who: str, _how: str) -> bool:
        key = (record.preset, record.version)
        return self._kept.setdefault(key, record) is record

    def versions(self, preset: str) -> list[Record]:
        found = [record for record in self._kept.values() if record.preset == preset]
        return sorted(found, key=lambda record: -record.version)

    def latest(self) -> list[Record]:
        return [self.versions(preset)[0] for preset in sorted({preset for preset, _ in self._kept})]
