"""Which preset the editor opens for an address, and which its fields began with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.core.language.messages import _
from services.core.presets import Preset
from services.core.refusals import NotFound

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded
    from services.site.versions.presets import Saved, SavedPresets

_LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Opened:
    """A preset in the editor.

    Attributes
    ----------
    preset : Preset
    versions : list of Saved
        Newest first; empty for a preset that was never saved on the site.
    note : str
        What of the address was ignored; empty when nothing was.
    """

    preset: Preset
    versions: list[Saved]
    note: str = ""

    @property
    def seen(self) -> int:
        """The newest version, 0 for none."""
        return (self.versions[0].preset.version or 0) if self.versions else 0


def open_preset(library: SavedPresets, release: Loaded, query: Mapping[str, Sequence[str]]) -> Opened:
    """Return the preset that an address asks for, else the release's.

    Parameters
    ----------
    library : SavedPresets
    release : Loaded
    query : mapping
        ``preset``, an id, and ``version`` of a saved one; the newest without it.
    """
    asked = query.get("preset", [release.preset.id])[-1]
    opened = _find(library, release, asked)
    if opened is None:
        own = _find(library, release, release.preset.id) or Opened(release.preset, [])
        return Opened(
            own.preset,
            own.versions,
            _(
                "There is no preset “{name}” here; the page shows the preset of this release.",
                name=_cut(asked),
            ),
        )
    version = query.get("version", [""])[-1]
    if not version:
        return opened
    for saved in opened.versions:
        if str(saved.preset.version) == version:
            return Opened(saved.preset, opened.versions)
    name, version = opened.preset.name, _cut(version)
    note = _("“{preset}” has no version “{version}”; it has none.", preset=name, version=version)
    if opened.versions:
        note = _(
            "“{preset}” has no version “{version}”; its latest, {latest}, is shown.",
            preset=name,
            version=version,
            latest=opened.seen,
        )
    return Opened(opened.preset, opened.versions, note)


def base_of(library: SavedPresets, release: Loaded, name: str, version: int | None) -> Preset:
    """Return the preset that a page's fields began with.

    Raises
    ------
    NotFound
        If it is not here.
    """
    try:
        return library.find(name if version is None else f"{name}@{version}")
    except NotFound:
        if name == release.preset.id and version is None:
            return release.preset
        said = _("There is no preset “{name}” here, or not in this version.", name=_cut(name))
        raise NotFound(said, "preset") from None


def choices(library: SavedPresets, release: Loaded) -> list[tuple[str, str]]:
    """Return id and name of each preset that can be opened: saved ones, shipped ones, the release's."""
    saved = [each.preset for each in library.latest()]
    listed = [
        *(
            (each.id, _("{preset}, version {version}", preset=each.name, version=each.version))
            for each in saved
        ),
        *((each.id, _("{preset}, built in", preset=each.name)) for each in library.shipped.values()),
    ]
    if release.preset.id not in dict(listed):
        listed.insert(0, (release.preset.id, _("{preset}, of this release", preset=release.preset.name)))
    return listed


def _find(library: SavedPresets, release: Loaded, name: str) -> Opened | None:
    if name in library.shipped:
        return Opened(library.shipped[name], [])
    if versions := library.versions(name):
        return Opened(versions[0].preset, versions)
    return Opened(release.preset, []) if name == release.preset.id else None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
