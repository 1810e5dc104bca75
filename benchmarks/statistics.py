"""From times to what is printed: medians, shares of slow answers, ratios within one run."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WARM_UP = 5


@dataclass(frozen=True)
class Target:
    """A figure to reach: ``measured`` at most ``limit``; None where it could not be measured."""

    name: str
    measured: float | None
    limit: float
    unit: str

    @property
    def met(self) -> bool | None:
        """Whether it was reached; None where there is nothing to judge."""
        return None if self.measured is None else self.measured <= self.limit


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of ``values`` do not exceed (nearest rank).

    Raises
    ------
    ValueError
        If there are no values, or ``share`` is not in (0, 1].
    """
    if not values or not 0 < share <= 1:
        raise ValueError("a percentile needs values and a share above 0, at most 1")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def interleave(
    tasks: Mapping[str, Callable[[], float]], rounds: int, warm_up: int = WARM_UP
) -> dict[str, list[float]]:
    """Run the tasks in turn, A B A B …, so that whatever else the machine does hits all alike.

    Parameters
    ----------
    tasks : mapping of name to callable
        Each returns the seconds it took.
    rounds : int
        How often each is run and counted.
    warm_up : int
        Rounds before, not counted.

    Returns
    -------
    dict of name to list of float, length ``rounds``
    """
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(warm_up + rounds):
        for name, task in tasks.items():
            seconds = task()
            if turn >= warm_up:
                taken[name].append(seconds)
    return taken
