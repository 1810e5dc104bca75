"""A release in memory: arrays, parameters and names, ready to answer."""

from __future__ import annotations

import sqlite3
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from services.core.clusters.outliers import Usual, usual
from services.core.features import parameters
from services.core.presets import Preset
from services.core.rfm.segments import Segmentation
from services.core.text.customer_ids import as_typed, canonical_id
from services.core.vocabulary import AXES
from services.releases import open_release
from services.releases.overview.groups import Cluster, Segment
from services.releases.spellings import respelled

if TYPE_CHECKING:
    from scipy.spatial import KDTree

_MAPPED = 2**31 - 1
"""Bytes of ``lookup.sqlite`` read in place, beyond which a thread reads on into a cache of its own."""


def folded(text: str | None) -> str | None:
    """Give a text as it is compared whatever its case and the blanks around it."""
    return text if text is None else text.strip().casefold()


class Loaded:
    """One release, read-only and safe to share between threads.

    Attributes
    ----------
    id : str
    manifest : services.releases.Manifest
    overview : services.releases.overview.model.Overview
        ``overview.json``, as docs/architecture.md lists it.
    customers, rules, itemsets : dict of str to ndarray
        Memory-mapped columns; a customer's row is its position.
    orders : structured ndarray or None
        ``orders.npy``; None in a release from before it was kept.
    preset : Preset
        As it was when the release was trained.
    transform : services.core.features.Transform
    centres : ndarray, shape (k, 3)
        In the standardised space.
    scale : Scale or None
        None where the preset has no scores.
    segmentation : services.core.rfm.segments.Segmentation
        From raw values to scores and a segment.
    """

    def __init__(self, models: Path, release_id: str) -> None:
        opened = open_release(models, release_id)
        self.id = opened.id
        self.folder = opened.folder
        self.manifest = opened.manifest
        self.overview = opened.overview
        self.customers = opened.customers
        self.rules = opened.rules
        self.itemsets = opened.itemsets
        self.orders = opened.orders
        self.preset = Preset.model_validate(opened.manifest.preset_definition)
        self.transform = parameters(opened.scaler)
        self.centres: npt.NDArray[np.float64] = np.ascontiguousarray(opened.kmeans.cluster_centers_)
        self.scale = self.overview.scoring.as_scale() if self.overview.scoring else None
        self.segmentation = Segmentation(self.preset.segments, self.scale, self.transform, self.centres)
        self._threads = threading.local()

    @property
    def count(self) -> int:
        """Number of customers."""
        return len(self.customers["customer_id"])

    @property
    def segments(self) -> list[Segment]:
        """The segments of overview.json, in the order of their indices."""
        return self.overview.segments

    @property
    def clusters(self) -> list[Cluster]:
        """The clusters of overview.json, in the order of their indices."""
        return self.overview.clusters

    def lookup(self) -> sqlite3.Connection:
        """Return this thread's read-only connection to ``lookup.sqlite``; its SQL has ``folded(text)``."""
        connection = getattr(self._threads, "connection", None)
        if connection is None:
            address = (self.folder / "lookup.sqlite").resolve().as_uri()
            connection = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True)
            connection.row_factory = sqlite3.Row
            connection.create_function("folded", 1, folded, deterministic=True)
            # the system's own copy of the file serves all threads of all workers; each would keep 2 MB else
            connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self._threads.connection = connection
        return connection

    def row_of(self, customer: str) -> int | None:
        """Return the row of a customer typed in any form, or None."""
        canonical = canonical_id(customer)
        if canonical is None:
            return None
        found = self._row_spelled(canonical)
        if found is None and "@" in canonical:
            typed = self._row_spelled(as_typed(customer))
            found = typed if typed is not None else next(iter(self.respelled.get(canonical, [])), None)
        return found

    def _row_spelled(self, customer_id: str) -> int | None:
        wanted = customer_id.encode()
        ids = self.customers["customer_id"]
        if len(wanted) > ids.dtype.itemsize:
            return None
        row = int(np.searchsorted(ids, np.bytes_(wanted)))
        return row if row < len(ids) and bytes(ids[row]) == wanted else None

    def id_of(self, row: int) -> str:
        """Return the id of the customer in ``row``."""
        return bytes(self.customers["customer_id"][row]).decode()

    @cached_property
    def respelled(self) -> dict[str, list[int]]:
        """Rows by e-mail where a release from before e-mails were folded spells it otherwise."""
        return respelled(self.customers["customer_id"])

    @cached_property
    def neighbours(self) -> KDTree:
        """A tree over all customers in the standardised space."""
        from scipy.spatial import KDTree

        return KDTree(self.transform(self._raw()))

    @cached_property
    def usual(self) -> Usual:
        """What is usual among the customers, for the rule that flags outliers."""
        return usual(self._raw())

    def prepare(self) -> None:
        """Work out what the first prediction would have to wait for, so that workers share it."""
        _ = self.neighbours, self.usual

    def _raw(self) -> npt.NDArray[np.float64]:
        return np.stack([np.asarray(self.customers[axis], dtype=np.float64) for axis in AXES], axis=1)
