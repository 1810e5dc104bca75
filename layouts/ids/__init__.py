"""Every component id: an enum per tab, named ``<tab>-<what>-<kind>``.

The kind matters once: outputs whose id ends in ``-options`` or ``-error`` are emptied when their
callback fails, all others say that they could not be shown (see ``callbacks.failures``).
"""

from __future__ import annotations

from layouts.ids.audiences import Audiences
from layouts.ids.baskets import Baskets
from layouts.ids.clusters import Clusters
from layouts.ids.customers import Customers
from layouts.ids.data import Data
from layouts.ids.movement import Movement
from layouts.ids.playbooks import Playbooks
from layouts.ids.predict import Predict
from layouts.ids.presets import Presets
from layouts.ids.segments import Segments
from layouts.ids.shell import Shell

__all__ = [
    "Audiences",
    "Baskets",
    "Clusters",
    "Customers",
    "Data",
    "Movement",
    "Playbooks",
    "Predict",
    "Presets",
    "Segments",
    "Shell",
]
