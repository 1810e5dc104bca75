"""What must agree within a release before it may answer: models, their names and the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from services.core.features import parameters
from services.core.language.messages import _
from services.releases.checks.files import OVERVIEW
from services.releases.columns import AXES
from services.releases.faults import unusable

if TYPE_CHECKING:
    from services.releases.manifest import Manifest
    from services.releases.overview.model import Overview

_PROBE = np.array([[0.0, 1.0, 0.0], [30.0, 3.0, 300.0], [700.0, 200.0, 1e5]])


def check_overview(manifest: Manifest, overview: Overview, snapshots: int) -> None:
    """Check that the overview has as many clusters and snapshots as the release.

    Raises
    ------
    ReleaseUnusable
        Otherwise.
    """
    clusters = overview.clusters
    for values in (
        {cluster.id for cluster in clusters},
        {cluster.name for cluster in clusters},
        {cluster.letter for cluster in clusters},
    ):
        if not len(values) == len(clusters) == manifest.k:
            raise unusable(
                manifest.id,
                _(
                    "{file} does not have {n} clusters, each with an ID, a name and a letter of its own.",
                    file=OVERVIEW,
                    n=manifest.k,
                ),
            )
    if overview.k.chosen != manifest.k:
        raise unusable(
            manifest.id, _("{file} chose another number of clusters than {n}.", file=OVERVIEW, n=manifest.k)
        )
    if len(overview.snapshots) != snapshots:
        raise unusable(
            manifest.id,
            _("{file} does not have the {n} snapshots of the customers.", file=OVERVIEW, n=snapshots),
        )


def check_scaler(release_id: str, file: str, scaler: Any) -> None:
    """Check that ``scaler`` takes recency, frequency, monetary, and that its plain parameters say the same.

    Raises
    ------
    ReleaseUnusable
        Otherwise.
    """
    from sklearn.pipeline import Pipeline  # costs seconds: only where a release is opened

    if type(scaler) is not Pipeline:
        raise unusable(release_id, _("{file} is not a scikit-learn Pipeline.", file=file))
    try:
        if scaler.n_features_in_ != len(AXES) or hasattr(scaler, "feature_names_in_"):
            raise unusable(
                release_id, _("{file} was not fitted on an array of recency, frequency, monetary.", file=file)
            )
        slow, fast = scaler.transform(_PROBE), parameters(scaler)(_PROBE)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise unusable(
            release_id, _("{file} cannot scale a customer ({why}).", file=file, why=error)
        ) from error
    if slow.shape != _PROBE.shape or not np.isfinite(slow).all():
        raise unusable(release_id, _("{file} does not answer with three finite numbers.", file=file))
    if not np.allclose(slow, fast, rtol=1e-9, atol=1e-12):
        raise unusable(release_id, _("{file} has parameters that serving would misread.", file=file))


def check_kmeans(release_id: str, file: str, kmeans: Any, k: int) -> None:
    """Check that ``kmeans`` has ``k`` finite, distinct centres in three dimensions.

    Raises
    ------
    ReleaseUnusable
        Otherwise.
    """
    from sklearn.cluster import KMeans  # costs seconds: only where a release is opened

    centres = getattr(kmeans, "cluster_centers_", None)
    if type(kmeans) is not KMeans or not isinstance(centres, np.ndarray) or centres.dtype.kind != "f":
        raise unusable(release_id, _("{file} is not a fitted scikit-learn KMeans.", file=file))
    if kmeans.n_clusters != k or centres.shape != (k, len(AXES)):
        raise unusable(
            release_id,
            _(
                "{file} has centres of shape {shape} instead of {wanted}.",
                file=file,
                shape=centres.shape,
                wanted=(k, len(AXES)),
            ),
        )
    if not np.isfinite(centres).all():
        raise unusable(release_id, _("{file} has a centre that is not a finite number.", file=file))
    if len(np.unique(centres, axis=0)) < k:
        raise unusable(release_id, _("{file} has two equal centres.", file=file))
