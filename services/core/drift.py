"""Whether one group of values is still like another: the measures that say that a model has aged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt

from services.core.vocabulary import AXES

Values = npt.NDArray[np.float64]
Shift = Literal["none", "some", "large"]
SHIFTS: tuple[Shift, ...] = ("none", "some", "large")
"""From the smallest to the largest."""
PARTS = 10
SOME, LARGE = 0.1, 0.25
"""From which index on a shift counts: Siddiqi, *Credit Risk Scorecards*, 2006."""
CHANCE = 0.99
_NEVER_EMPTY = 0.5  # customers added to each part, so that an empty one has a logarithm


@dataclass(frozen=True)
class Drift:
    """How far values of today lie from those before.

    Attributes
    ----------
    psi : float
        Population stability index: Σ (q − p) ln(q/p) over the parts, p the share before and q today.
    ks : float or None
        Largest difference of the two cumulative shares, 0–1; None for groups without an order.
    shift : {"none", "some", "large"}
        ``none`` also where as large an index comes by chance in more than one sample of a hundred.
    """

    psi: float
    ks: float | None
    shift: Shift


@dataclass(frozen=True)
class Base:
    """The customers of a release, as far as drift is measured on them.

    Attributes
    ----------
    preset : str
        Its name: segments are only compared between releases of one.
    frequency : str
        What ``frequency`` counts: ``orders`` or ``lines``.
    columns : mapping of str to ndarray, shape (n,)
        ``recency``, ``frequency`` and ``monetary``; one customer at least.
    segments : mapping of str to int
        Customers by the id of the segment.
    """

    preset: str
    frequency: str
    columns: Mapping[str, npt.NDArray[Any]]
    segments: Mapping[str, int]


@dataclass(frozen=True)
class Drifted:
    """How far the customers of one release lie from those of another.

    Attributes
    ----------
    figures : mapping of str to Drift
        ``recency``, ``frequency`` where both count the same, ``monetary``, and ``segments`` where both have
        the same preset.
    out_of_range : float
        Share of today's customers with a value beyond all of those before, 0–1.
    """

    figures: Mapping[str, Drift]
    out_of_range: float

    @property
    def shift(self) -> Shift:
        """The largest shift of any figure."""
        return max((each.shift for each in self.figures.values()), key=SHIFTS.index)

    def as_fields(self) -> dict[str, Any]:
        """Return what ``of`` takes, for JSON."""
        figures = {name: asdict(each) for name, each in self.figures.items()}
        return {"figures": figures, "out_of_range": self.out_of_range}

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Return what ``as_fields`` was made of."""
        figures = {name: Drift(**each) for name, each in fields["figures"].items()}
        return cls(figures, fields["out_of_range"])


def between(before: Base, today: Base) -> Drifted:
    """Compare the customers of two releases."""
    axes = [axis for axis in AXES if axis != "frequency" or before.frequency == today.frequency]
    figures: dict[str, Drift] = {
        axis: of_values(_floats(before, axis), _floats(today, axis)) for axis in axes
    }
    if before.preset == today.preset:
        named = [*before.segments, *(each for each in today.segments if each not in before.segments)]
        sizes = [np.array([base.segments.get(each, 0) for each in named]) for base in (before, today)]
        figures["segments"] = of_groups(*sizes)
    return Drifted(figures, _out_of_range(before, today))


def _floats(base: Base, axis: str) -> Values:
    return np.asarray(base.columns[axis], dtype=np.float64)


def _out_of_range(before: Base, today: Base) -> float:
    beyond = np.zeros(len(today.columns[AXES[0]]), bool)
    for axis in AXES:
        known, values = _floats(before, axis), _floats(today, axis)
        beyond |= (values < known.min()) | (values > known.max())
    return float(beyond.mean())


def of_values(before: Values, today: Values) -> Drift:
    """Compare two groups of values.

    Parameters
    ----------
    before, today : ndarray, shape (n,), (m,)
        At least one each. Parts end at the tenths of ``before``, fewer where ties make tenths equal; the last
        holds what lies above all values before.

    Notes
    -----
    By chance alone the index times nm/(n + m) is a χ² of one degree of freedom fewer than there are parts:
    Yurdakul, *Statistical Properties of Population Stability Index*, 2018. Without that, small shops would
    always seem to drift.
    """
    from scipy.stats import ks_2samp

    edges = np.unique(np.quantile(before, np.arange(1, PARTS + 1) / PARTS, method="inverted_cdf"))
    counts = [
        np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
        for values in (before, today)
    ]
    return _drift(counts[0], counts[1], float(ks_2samp(before, today, method="asymp").statistic))


def of_groups(before: npt.NDArray[np.integer], today: npt.NDArray[np.integer]) -> Drift:
    """Compare how many are in each group: counts, shape (k,), of the same groups in the same order."""
    held = (before > 0) | (today > 0)
    return _drift(before[held], today[held], None)


def _drift(before: npt.NDArray[np.integer], today: npt.NDArray[np.integer], ks: float | None) -> Drift:
    from scipy.stats import chi2

    p, q = ((each + _NEVER_EMPTY) / (each + _NEVER_EMPTY).sum() for each in (before, today))
    psi = float(((q - p) * np.log(q / p)).sum())
    by_chance = float(chi2.ppf(CHANCE, max(len(before) - 1, 1))) * (1 / before.sum() + 1 / today.sum())
    if psi < max(SOME, by_chance):
        return Drift(psi, ks, "none")
    return Drift(psi, ks, "large" if psi >= LARGE else "some")
