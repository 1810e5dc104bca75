"""Which look-up tables a release has: those made by earlier versions lack some."""

from __future__ import annotations

from services.serving.release.loaded import Loaded
from services.serving.release.once import once


@once
def tables(release: Loaded) -> set[str]:
    """Name the tables of ``lookup.sqlite``."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return {each["name"] for each in release.lookup().execute(asked)}
