"""How a release came to its figures, and what they are worth: what its method card says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.core.presets import Preset
from services.serving.customers.recommendations import report_of
from services.serving.release.expected import Total, expected_spend
from services.serving.release.loaded import Loaded
from services.serving.release.provenance import Provenance, local_day, provenance
from services.serving.rules.find import RuleFilters, find, held_back, judged
from services.serving.rules.sets import RuleCount, counted, findings

_HELD = {"yes": 1, "no": 0, "unknown": -1}


@dataclass(frozen=True)
class Method:
    """The method of one release.

    Attributes
    ----------
    found : Provenance
    preset : Preset
        As it was when the release was trained.
    rules : RuleCount
        Of everybody's invoices, without redundant ones.
    beyond_chance : int or None
        Those of them that are findings; None where the release does not know.
    held_up : dict of str to int, or None
        Those that held up later by ``yes``, ``no`` and ``unknown``; None where nothing was held back.
    rhythms : dict of str to int
        Customers by the id of their state of rhythm; empty where none is known.
    expected : Total or None
        What all customers are expected to spend; None where the release does not say.
    stability : float or None
        Agreement of the clusters in use with those of resampled customers, 0–1; None where not measured.
    no_offers : str or None
        The sentence that says why there are no lists of products to offer.
    days : int
        Days that the orders span, both ends included.
    """

    found: Provenance
    preset: Preset
    rules: RuleCount
    beyond_chance: int | None
    held_up: dict[str, int] | None
    rhythms: dict[str, int]
    expected: Total | None
    stability: float | None
    no_offers: str | None
    days: int


def method(release: Loaded, time_zone: str) -> Method:
    """Describe how a release was made.

    Parameters
    ----------
    release : Loaded
    time_zone : str
        IANA zone in which the shop's days begin and end.
    """
    manifest, overview = release.manifest, release.overview
    rows = np.zeros(0, np.int64) if overview.baskets_missing else find(release, RuleFilters())
    held = release.rules["held_up"][rows] if held_back(release) else None
    tried = {each.k: each.stability for each in overview.k.evidence}
    return Method(
        found=provenance(release, local_day(manifest.made_at, time_zone), time_zone),
        preset=release.preset,
        rules=counted(release, rows) if len(rows) else RuleCount(0, 0),
        beyond_chance=len(findings(release, rows)) if judged(release) else None,
        held_up=None if held is None else {name: int((held == is_).sum()) for name, is_ in _HELD.items()},
        rhythms=_rhythms(release),
        expected=expected_spend(release),
        stability=tried.get(manifest.k),
        no_offers=report_of(release)["missing"],
        days=(manifest.data_to.date() - manifest.data_from.date()).days + 1,
    )


def _rhythms(release: Loaded) -> dict[str, int]:
    states = release.overview.rhythms
    if not states or "rhythm" not in release.customers:
        return {}
    counts = np.bincount(release.customers["rhythm"], minlength=len(states))
    return {state.id: int(count) for state, count in zip(states, counts, strict=True)}
