"""Where releases stand under a models folder, and how their files are made durable."""

from __future__ import annotations

import os
from pathlib import Path

from services.releases.ids import is_release_id

PARTIAL = ".partial"


def releases_root(models: Path) -> Path:
    """Return the folder that holds the releases of ``models``."""
    return models / "releases"


def release_ids(models: Path) -> list[str]:
    """Return the ids of all complete releases, newest first."""
    root = releases_root(models)
    if not root.is_dir():
        return []
    return sorted((entry.name for entry in root.iterdir() if is_release_id(entry.name)), reverse=True)


def sync(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Wait until everything in ``folder`` is on the disk, the folder itself last."""
    for entry in folder.iterdir():
        if entry.is_dir():
            sync_tree(entry)
        else:
            sync(entry)
    sync(folder)
