"""The customers of a release as drift is measured on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from services.core.drift import Base
from services.core.presets import Preset

if TYPE_CHECKING:
    from services.releases.manifest import Manifest
    from services.releases.overview.model import Overview


def base_of(manifest: Manifest, overview: Overview, customers: Mapping[str, np.ndarray]) -> Base:
    """Return what drift from or to a release is measured on."""
    preset = Preset.model_validate(manifest.preset_definition)
    sizes = {each.id: each.customers for each in overview.segments}
    return Base(preset.name, preset.rfm.frequency, customers, sizes)
