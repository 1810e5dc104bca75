"""How far the customers lie from those of the release that is active while this one is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.core.drift import Base, between
from services.core.refusals import ReleaseUnusable
from services.releases import open_release, read_current
from services.releases.overview.bases import base_of


def drift_from_active(models: Path, today: Base) -> dict[str, Any]:
    """Return ``metrics.drift`` as docs/architecture.md lists it, under its name.

    Nothing where no release is active, or that one cannot be opened.

    Parameters
    ----------
    models : Path
        The models folder.
    today : Base
        The customers of the new release.
    """
    try:
        active = read_current(models)
        if active is None:
            return {}
        opened = open_release(models, active)
    except ReleaseUnusable:
        return {}
    before = base_of(opened.manifest, opened.overview, opened.customers)
    return {"drift": {"against": active, **between(before, today).as_fields()}}
