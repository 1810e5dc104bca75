"""Presets that ship and those saved on the site: found by name and version, saved, and brought back.

Versions are only ever added: going back to one makes a new version equal to it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Protocol

from services.core.language.messages import _, later
from services.core.presets import Preset, parse, shipped
from services.core.presets.changes import Change, changes
from services.core.presets.lines import AUTHOR, NOTE, PRESET, Line, tidy
from services.core.presets.toml import to_toml
from services.core.refusals import NotFound, Refusal
from services.core.text.slugs import slug
from services.site.people.audit import NOBODY
from services.site.versions.numbered import Overtaken
from services.site.versions.summary import summary

LONGEST_NAME = 60
LONGEST_AUTHOR = 64
LONGEST_NOTE = 200
REMEMBERED = 256
_SAVED, _BACK_TO = later("saved"), later("back to version {version}")
"""What the log says of a version."""


@dataclass(frozen=True)
class Record:
    """A version as it is kept.

    Attributes
    ----------
    preset : str
        The preset's id.
    version : int
        From 1.
    definition : str
        TOML.
    origin : str
        What it was edited from: ``standard``, ``our-shop@2``.
    author, note : str
        The note may be empty.
    saved_at : datetime
        UTC, whole seconds.
    """

    preset: str
    version: int
    definition: str
    origin: str
    author: str
    note: str
    saved_at: datetime


class Store(Protocol):
    """Where versions are kept."""

    def add(self, record: Record, who: str, how: str) -> bool:
        """Keep a version and log it; False, and neither is done, where that version is there already."""

    def versions(self, preset: str) -> list[Record]:
        """Return a preset's versions, newest first."""

    def latest(self) -> list[Record]:
        """Return the newest version of each preset, by id."""


@dataclass(frozen=True)
class Saved:
    """A version as it is read; ``changed`` is what differs from ``origin``."""

    preset: Preset
    author: str
    note: str
    saved_at: datetime
    origin: str
    changed: tuple[Change, ...]


@dataclass(frozen=True)
class Signed:
    """Who saves, and why.

    Attributes
    ----------
    author, note : object
        As typed; the version shows them.
    account : str or None
        Who is signed in, for the audit log; None on a site that nobody signs in to.
    """

    author: object
    note: object = ""
    account: str | None = None


class SavedPresets:
    """The presets of one site.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def shipped(self) -> dict[str, Preset]:
        """The presets that come with the product, by id."""
        return shipped()

    def latest(self) -> list[Saved]:
        """Return the newest version of every saved preset, by id."""
        return [self._read(record) for record in self._store.latest()]

    def versions(self, preset: str) -> list[Saved]:
        """Return a saved preset's versions, newest first; empty where there is none."""
        return [self._read(record) for record in self._store.versions(preset)]

    def find(self, name: str) -> Preset:
        """Return a preset by id: shipped, or saved, ``our-shop`` the newest, ``our-shop@3`` the third.

        Raises
        ------
        NotFound
            If there is none; the sentence names what there is.
        """
        if name in self.shipped:
            return self.shipped[name]
        preset, at, version = name.partition("@")
        versions = self._store.versions(preset)
        for record in versions:
            if not at or str(record.version) == version:
                return _parsed(record.definition, f"{preset}@{record.version}")
        if versions:
            asked = {"preset": repr(preset), "version": repr(version), "latest": versions[0].version}
            said = _("The preset {preset} has no version {version}; its latest is {latest}.", **asked)
            raise NotFound(said, "preset")
        known = [*self.shipped, *(record.preset for record in self._store.latest())]
        names = ", ".join(known)
        said = _("There is no preset {preset}. These exist: {known}.", preset=repr(preset), known=names)
        raise NotFound(said, "preset", option="--preset", choices=known)

    def save(self, edited: Preset, name: object, signed: Signed, seen: int) -> Saved:
        """Keep an edited preset as the next version of its name.

        Parameters
        ----------
        edited : Preset
            With the id and version of the preset that was edited.
        name : object
            As typed; another name than that of the edited preset begins a preset of its own.
        signed : Signed
        seen : int
            The newest version that the editor knows of, 0 for none.

        Raises
        ------
        Refusal
            If a name cannot be taken (``field`` ``name``, ``author`` or ``note``), or nothing is changed.
        Overtaken
            If there is a newer version than ``seen``.
        StateUnusable
            If it cannot be kept.
        """
        called = _signed("name", name, LONGEST_NAME, PRESET)
        own = self._id_of(called)
        if own in self.shipped or called.casefold() in {
            each.name.casefold() for each in self.shipped.values()
        }:
            said = _("“{preset}” is built in and cannot be changed. Choose another name.", preset=called)
            raise Refusal(said, "name")
        versions = self.versions(own)
        same = own == edited.id and edited.version is not None
        if versions and not same:
            taken = versions[0]
            raise Refusal(
                _(
                    "“{preset}” already exists, last saved by {author}. Choose it above to edit it, or use "
                    "another name.",
                    preset=taken.preset.name,
                    author=taken.author,
                ),
                "name",
            )
        if versions and versions[0].preset.version != seen:
            raise self._overtaken(versions[0], seen)
        if versions and not changes(versions[0].preset, edited.model_copy(update={"name": called})):
            said = _(
                "Nothing has changed since version {version}, so there is nothing to save.", version=seen
            )
            raise Refusal(said, "save")
        origin = edited.id if edited.version is None else f"{edited.id}@{edited.version}"
        base = self.shipped.get(edited.id, edited).name
        kept = edited.model_copy(update={"id": own, "name": called, "version": seen + 1 if versions else 1})
        return self._add(kept, origin, base, signed, _SAVED.text)

    def go_back(self, preset: str, version: int, signed: Signed, seen: int) -> Saved:
        """Make a new version that is equal to an earlier one.

        Raises
        ------
        NotFound
            If there is no such version.
        Refusal
            If it is the newest already, or the author's name cannot be taken.
        Overtaken
            If there is a newer version than ``seen``.
        """
        versions = self.versions(preset)
        wanted = next((each.preset for each in versions if each.preset.version == version), None)
        if wanted is None:
            said = _("There is no version {version} of {preset}.", version=version, preset=repr(preset))
            raise NotFound(said, "save")
        if versions[0].preset.version != seen:
            raise self._overtaken(versions[0], seen)
        if not changes(versions[0].preset, wanted):
            said = _("Version {newest} is already equal to version {version}.", newest=seen, version=version)
            raise Refusal(said, "save")
        kept = wanted.model_copy(update={"version": seen + 1})
        how = _BACK_TO.text.format(version=version)
        return self._add(kept, f"{preset}@{version}", wanted.name, signed, how)

    def _add(self, preset: Preset, origin: str, base: str, signed: Signed, how: str) -> Saved:
        author = _signed("author", signed.author, LONGEST_AUTHOR, AUTHOR)
        note = _signed("note", signed.note, LONGEST_NOTE, NOTE) if signed.note else ""
        source = f"Saved on the site by {author}, edited from “{base}”."
        kept = preset.model_copy(update={"summary": summary(preset), "source": source})
        definition = to_toml(kept)
        # what is kept must be what training reads
        parse(definition, f"{kept.id}.toml")
        number, now = preset.version or 1, datetime.now(UTC).replace(microsecond=0)
        record = Record(kept.id, number, definition, origin, author, note, now)
        if not self._store.add(record, signed.account or NOBODY, how):
            raise self._overtaken(self.versions(kept.id)[0], number - 1)
        return self._read(record)

    def _read(self, record: Record) -> Saved:
        preset = _parsed(record.definition, f"{record.preset}@{record.version}")
        return Saved(
            preset,
            record.author,
            record.note,
            record.saved_at,
            record.origin,
            tuple(self._changed(record, preset)),
        )

    def _changed(self, record: Record, preset: Preset) -> list[Change]:
        name, _at, version = record.origin.partition("@")
        before = self.shipped.get(name)
        if before is None:
            found = {str(each.version): each.definition for each in self._store.versions(name)}
            if version not in found:
                return []
            before = _parsed(found[version], record.origin)
        return [change for change in changes(before, preset) if change.what != "preset" or record.version > 1]

    def _overtaken(self, latest: Saved, seen: int) -> Overtaken:
        of = latest.preset
        told = {"author": latest.author, "version": of.version, "preset": of.name}
        if not seen:
            return Overtaken(_("{author} saved version {version} of “{preset}” in between.", **told), latest)
        said = _(
            "{author} saved version {version} of “{preset}” after you opened version {seen}.",
            **told,
            seen=seen,
        )
        return Overtaken(said, latest)

    def _id_of(self, name: str) -> str:
        mark = hashlib.sha256(name.casefold().encode()).hexdigest()[:8]
        return slug(name, f"preset-{mark}")


@lru_cache(maxsize=REMEMBERED)
def _parsed(definition: str, name: str) -> Preset:
    return parse(definition, name)


def _signed(field: str, text: object, longest: int, line: Line) -> str:
    try:
        return tidy(text, longest, line)
    except Refusal as refusal:
        raise Refusal(str(refusal), field) from None
