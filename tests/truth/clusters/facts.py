"""What a release's arrays and its report say of its clusters, counted without the code of the tab."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from layouts import words
from services.core.vocabulary import AXES
from services.serving.release.loaded import Loaded
from tests.truth.facts import Facts

FEW, LEAST, LEAST_SHARE = 50, 20, 0.02  # customers; of the smallest cluster where k is recommended
WIDTHS = {"Hour": 24, "Weekday": 7, "Month": 12}


class ClusterFacts(Facts):
    """A release's clusters, and the number of clusters that a view looks at."""

    def __init__(self, release: Loaded, search: str) -> None:
        super().__init__(release, search, "cluster")
        file = release.folder / "clusters.json"  # which releases made before it lack
        self.report: dict[str, Any] = (
            json.loads(file.read_bytes()) if file.exists() else {"evidence": {"ks": []}}
        )
        self.evidence: dict[str, Any] = self.report["evidence"]
        self.ks: dict[int, dict[str, Any]] = {each["k"]: each for each in self.evidence["ks"]}
        self.served = len(release.clusters)
        self.k = int(self.query.get("k", [str(self.served)])[0])
        self.letters = [each.letter for each in release.clusters]
        self.labels = np.asarray(release.customers["cluster"])
        self.raw = np.stack([np.asarray(release.customers[axis], dtype=float) for axis in AXES], axis=1)

    @property
    def few(self) -> bool:
        """Whether the measures say nothing."""
        return bool(self.evidence["customers"] < FEW)

    @cached_property
    def least(self) -> int:
        """Customers of the smallest cluster where a number of clusters may be recommended."""
        return max(LEAST, -int(-LEAST_SHARE * self.evidence["customers"] // 1))

    @cached_property
    def same(self) -> bool:
        """Whether the clusters in use are those that were tried out: all customers, the same sizes."""
        own = self.ks.get(self.served)
        sizes = [int((self.labels == place).sum()) for place in range(self.served)]
        everybody = self.evidence["customers"] == len(self.labels)
        return bool(own and everybody and [each["customers"] for each in own["clusters"]] == sizes)

    @cached_property
    def points(self) -> np.ndarray:
        """Everybody on the scale of the clustering: logarithms where the preset takes them, standardised."""
        features = self.release.preset.clusters.features
        columns = [
            np.log1p(self.raw[:, place]) if name.startswith("log1p") else self.raw[:, place]
            for place, name in enumerate(features)
        ]
        return (np.stack(columns, axis=1) - self.release.transform.mean) / self.release.transform.scale

    @cached_property
    def silhouettes(self) -> np.ndarray:
        """Everybody's silhouette value in the clusters in use."""
        from sklearn.metrics import silhouette_samples

        return silhouette_samples(self.points, self.labels)

    def row(self, letter: str) -> np.ndarray:
        """Return whether each customer is in the cluster of a letter."""
        return self.labels == self.letters.index(letter)

    @property
    def own(self) -> np.ndarray:
        """Whether each customer is in the cluster whose card speaks."""
        return self.row(self.where[0])

    @cached_property
    def bend(self) -> int:
        """The k that lies furthest below the line between the ends of the curve of inertia."""
        ks = list(self.evidence["ks"])
        if len(ks) < 3:
            return int(ks[0]["k"])
        (x0, y0), (x1, y1) = ((ks[place]["k"], ks[place]["inertia"]) for place in (0, -1))
        below = [(each["k"] - x0) / (x1 - x0) + (each["inertia"] - y1) / (y0 - y1) for each in ks]
        return int(ks[below.index(min(below))]["k"])

    def ordered(self, part: str) -> np.ndarray:
        """Count the orders of each cluster by hour, weekday or month, shape (k, width)."""
        found = np.zeros((self.served, WIDTHS[part]))
        for row, at, _ in self.orders:
            place = {"Hour": at.hour, "Weekday": at.weekday(), "Month": at.month - 1}[part]
            found[self.labels[row], place] += 1
        return found

    def best(self, key: str, decimals: int, sign: int = 1) -> tuple[list[int], dict[int, float]]:
        """Return the k's whose measure, as it is written, is the best, and each one's."""
        known = {k: round(sign * each[key], decimals) for k, each in self.ks.items() if each[key] is not None}
        return [k for k, value in known.items() if value == max(known.values())], known


def tenths(part: float) -> str:
    """Write a share with a decimal, as tables do."""
    return words.share(part, 1).replace("\u00a0", " ")


def plans(entry: dict[str, Any]) -> list[str]:
    """Return the default plan of each cluster of a number of clusters."""
    return [each["plan"] for each in entry["clusters"]]


def named(values: Sequence[float], letters: Sequence[str]) -> dict[str, float]:
    """Return a value by letter."""
    return dict(zip(letters, values, strict=True))
