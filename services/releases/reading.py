"""Open a release for serving: everything is checked before a byte is unpickled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from services.core.language.messages import _
from services.releases import pickles
from services.releases.checks.files import (
    LOOKUP,
    MODEL,
    SCALER,
    check_digest,
    check_digests,
    check_files,
    check_folder,
)
from services.releases.checks.models import check_kmeans, check_overview, check_scaler
from services.releases.columns import TABLES, matches
from services.releases.faults import unusable
from services.releases.folders import releases_root
from services.releases.ids import is_release_id
from services.releases.manifest import Manifest, read_manifest
from services.releases.orders import Table, open_orders
from services.releases.overview.model import Overview
from services.releases.overview.reading import read_overview

if TYPE_CHECKING:
    from sklearn.cluster import KMeans
    from sklearn.pipeline import Pipeline


@dataclass(frozen=True)
class OpenRelease:
    """A release, read and checked; the arrays are memory-mapped and read-only."""

    id: str
    folder: Path
    manifest: Manifest
    overview: Overview
    customers: Mapping[str, np.ndarray]
    rules: Mapping[str, np.ndarray]
    itemsets: Mapping[str, np.ndarray]
    scaler: Pipeline
    kmeans: KMeans
    orders: Table | None

    @property
    def lookup(self) -> Path:
        """The SQLite file with orders, favourites and products."""
        return self.folder / LOOKUP


def open_release(models: Path, release_id: str) -> OpenRelease:
    """Open a release of ``models`` for reading.

    Parameters
    ----------
    models : Path
        The models folder.
    release_id : str
        Such as ``20261121T224500Z-3fa9c1``.

    Returns
    -------
    OpenRelease

    Raises
    ------
    ReleaseUnusable
        If it is missing, damaged, incomplete, not ours, of another scikit-learn, or contradicts itself;
        the sentence names the release and the file.
    """
    if not is_release_id(release_id):
        raise unusable(release_id, _("its id is not a release id."))
    return load(releases_root(models) / release_id, release_id)


def load(folder: Path, release_id: str) -> OpenRelease:
    """Open the release in ``folder``, which need not have its final name yet; as ``open_release``."""
    manifest = read_manifest(check_folder(folder, release_id), release_id)
    check_files(folder, manifest)
    check_digests(folder, manifest)
    overview = read_overview(folder, release_id)
    tables = {table: _table(folder, manifest, table) for table in TABLES}
    check_overview(manifest, overview, tables["customers"]["snapshot_segment"].shape[1])
    scaler = _unpickled(folder, manifest, SCALER)
    check_scaler(release_id, SCALER, scaler)
    kmeans = _unpickled(folder, manifest, MODEL)
    check_kmeans(release_id, MODEL, kmeans, manifest.k)
    orders = open_orders(folder, release_id)
    return OpenRelease(
        release_id, folder, manifest, overview, **tables, scaler=scaler, kmeans=kmeans, orders=orders
    )


def _table(folder: Path, manifest: Manifest, table: str) -> Mapping[str, np.ndarray]:
    arrays = {}
    rows = getattr(manifest, table)
    for name, column in TABLES[table].items():
        file = f"{table}/{name}.npy"
        if column.later and file not in manifest.files:
            continue
        try:
            mapped = np.load(folder / file, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as error:
            raise unusable(manifest.id, _("{file} cannot be read as a column.", file=file)) from error
        array = mapped.view(np.ndarray)  # over the same memory: a memmap takes longer to index
        if not matches(array, column):
            raise unusable(
                manifest.id,
                _(
                    "{file} holds {type} {shape}, not {wanted}.",
                    file=file,
                    type=array.dtype,
                    shape=array.shape,
                    wanted=column.dtype,
                ),
            )
        if not len(array) == rows == manifest.files[file].rows:
            raise unusable(
                manifest.id,
                _(
                    "{file} has {n} rows where the manifest has {wanted} {table}.",
                    file=file,
                    n=len(array),
                    wanted=rows,
                    table=table,
                ),
            )
        arrays[name] = array
    return MappingProxyType(arrays)


def _unpickled(folder: Path, manifest: Manifest, name: str) -> Any:
    """Unpickle the very bytes whose digest was compared."""
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise unusable(
            manifest.id, _("{file} cannot be read ({why}).", file=name, why=error.strerror)
        ) from error
    check_digest(manifest, name, hashlib.sha256(content).hexdigest())
    try:
        return pickles.loads(content)
    except Exception as error:  # a forged stream can raise anything at all
        raise unusable(
            manifest.id, _("{file} is not a model of Segment Desk ({why}).", file=name, why=error)
        ) from error
