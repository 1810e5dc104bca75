"""Change a release as someone would who can also write its manifest."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np


def edit_manifest(folder: Path, change: Callable[[dict], Any]) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    path.write_text(json.dumps(manifest))


def forge(folder: Path, name: str, content: bytes) -> None:
    """Replace a file and make the manifest agree with it."""
    (folder / name).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    edit_manifest(folder, lambda m: m["files"][name].update(sha256=digest, bytes=len(content)))


def forge_column(folder: Path, name: str, values: np.ndarray) -> None:
    content = io.BytesIO()
    np.save(content, values)
    forge(folder, name, content.getvalue())


def forge_overview(folder: Path, change: Callable[[dict], Any]) -> None:
    overview = json.loads((folder / "overview.json").read_text())
    change(overview)
    forge(folder, "overview.json", json.dumps(overview).encode())
