"""Releases that do not pass between a folder and the store, and when each is tried again."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass

from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.refusals import ReleaseUnusable

AGAIN_SECONDS = 60.0
"""After so many seconds a release is tried once more, then after twice as many, and so on."""
LONGEST_SECONDS = 3_600.0


@dataclass(frozen=True)
class _Told:
    sentence: str
    wait: float
    again: float


class Refused:
    """Why releases do not pass; to fetch or read one each time anew would cost its whole size."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    @property
    def sentences(self) -> list[str]:
        """What is to be said of each."""
        return [told.sentence for told in self._told.values()]

    def due(self) -> bool:
        """Whether one is to be tried again."""
        return any(time.monotonic() >= told.again for told in self._told.values())

    def waits(self, release_id: str) -> bool:
        """Whether a release is not to be tried yet."""
        told = self._told.get(release_id)
        return told is not None and time.monotonic() < told.again

    def note(self, release_id: str, sentence: str) -> None:
        """Note why a release did not pass just now."""
        before = self._told.get(release_id)
        wait = min(2 * before.wait, LONGEST_SECONDS) if before else AGAIN_SECONDS
        self._told[release_id] = _Told(sentence, wait, time.monotonic() + wait)

    def drop(self, release_id: str) -> None:
        """Note that a release has passed."""
        self._told.pop(release_id, None)

    def keep(self, release_ids: Collection[str]) -> None:
        """Forget all others, which nobody wants any more."""
        self._told = {each: told for each, told in self._told.items() if each in release_ids}


def not_taken(release_id: str, fault: Exception) -> str:
    """Return what to say of a release of the store that cannot be used or lacks a file."""
    told = (
        _("Not taken from the store of releases: {fault}", fault=fault)
        if isinstance(fault, ReleaseUnusable)
        else _(
            "Not taken from the store of releases: release {release} is not whole there.", release=release_id
        )
    )
    way = _(
        "If it stays so, remove it from every host: python -m services releases remove {release}.",
        release=release_id,
    )
    return f"{told} {way}"


def not_checked(release_id: str, fault: Exception) -> str:
    """Return what to say where it is unknown whether somebody in a release was erased."""
    told = _(
        "Release {release} was not sent to the store of releases, because it could not be checked whether "
        "somebody in it was erased.",
        release=release_id,
    )
    return f"{told} {fault}"


def has_erased(release_id: str, customers: int) -> str:
    """Return what to say of a release with customers who were erased."""
    return plural(
        "Release {release} was not sent to the store of releases, because it has {n} customer who was "
        "erased. Train again, then remove it on this host: python -m services releases remove {release}.",
        "Release {release} was not sent to the store of releases, because it has {n} customers who were "
        "erased. Train again, then remove it on this host: python -m services releases remove {release}.",
        customers,
        n=number(customers),
        release=release_id,
    )
