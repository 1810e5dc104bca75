"""How many examples a property test draws: few in the gate, ten times as many in a search (``FUZZED``)."""

from __future__ import annotations

import os
from collections.abc import Sequence

from hypothesis import HealthCheck, settings

TIMES = 10 if "FUZZED" in os.environ else 1


def drawn(few: int, unhealthy: Sequence[HealthCheck] = ()) -> settings:
    """Return the settings of a test that draws so many examples in the gate.

    Parameters
    ----------
    few : int
    unhealthy : sequence of HealthCheck
        What Hypothesis would say of the test, and is not to.
    """
    return settings(max_examples=few * TIMES, deadline=None, suppress_health_check=unhealthy)
