"""Every component id: an enum per tab, named ``<tab>-<what>-<kind>``.

The kind matters once: outputs whose id ends in ``-options`` or ``-error`` are emptied when their
callback fails, all others say that they could not be shown (see ``callbacks.shared.failures``).
"""

from __future__ import annotations

from layouts.audiences.ids import Audiences
from layouts.baskets.ids import Baskets
from layouts.churn.ids import Churn
from layouts.clusters.ids import Clusters
from layouts.cohorts.ids import Cohorts
from layouts.customers.ids import Customers
from layouts.data.ids import Data, Training
from layouts.help.ids import Help
from layouts.imports.ids import Imports
from layouts.labelled.ids import Labelled
from layouts.movement.ids import Movement
from layouts.playbooks.ids import Playbooks
from layouts.predict.ids import Predict
from layouts.presets.ids import Presets
from layouts.releases.ids import Compare
from layouts.segments.ids import Segments
from layouts.shell.ids import Shell
from layouts.status.ids import Status

__all__ = [
    "Audiences",
    "Baskets",
    "Churn",
    "Clusters",
    "Cohorts",
    "Compare",
    "Customers",
    "Data",
    "Help",
    "Imports",
    "Labelled",
    "Movement",
    "Playbooks",
    "Predict",
    "Presets",
    "Segments",
    "Shell",
    "Status",
    "Training",
]
