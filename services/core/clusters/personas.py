"""Segments made of clusters: each cluster's name, what to do with it and whether it is at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.core.clusters.positions import Level
from services.core.language.messages import later
from services.core.presets import Group
from services.core.text.slugs import slug
from services.core.vocabulary import Axis

_HIGH = ("high", "top")
# What a release keeps is in English.
_WIN_BACK = later("Win-back call or letter")
_LOW_COST = later("Low-cost contact")
_SECOND_ORDER = later("Second-order offer within 30 days")
_THANK = later("Thank in person; early access")
_NEWSLETTER = later("Regular newsletter; second-category offer")


def persona_groups(
    names: Sequence[str], levels: Sequence[Mapping[Axis, Level]], kept: Sequence[str | None]
) -> tuple[Group, ...]:
    """Describe each cluster as a segment.

    Parameters
    ----------
    names : sequence of str, length k
        All different.
    levels : sequence of dict, length k
        Of ``services.core.clusters.positions.levels``: how each cluster's medians lie against the base.
    kept : sequence of str or None, length k
        The id that a cluster has from before, whatever its name is now.

    Returns
    -------
    tuple of Group, length k
        In the same order. New ids are slugs of the names. At risk are those who were good customers (orders
        or spend in the highest third) and whose last order is longer ago than for two thirds of the base.
    """
    taken = {each for each in kept if each}
    ids: list[str] = []
    for name, before in zip(names, kept, strict=True):
        ids.append(before or slug(name, "group", taken))
        taken.add(ids[-1])
    return tuple(
        Group(id=made, name=name, playbook=_playbook(level), at_risk=_at_risk(level))
        for made, name, level in zip(ids, names, levels, strict=True)
    )


def _at_risk(level: Mapping[Axis, Level]) -> bool:
    return level["recency"] in _HIGH and (level["frequency"] in _HIGH or level["monetary"] in _HIGH)


def _playbook(level: Mapping[Axis, Level]) -> str:
    if _at_risk(level):
        return _WIN_BACK.text
    if level["recency"] in _HIGH:
        return _LOW_COST.text
    if level["frequency"] == "one":
        return _SECOND_ORDER.text
    if level["monetary"] in _HIGH:
        return _THANK.text
    return _NEWSLETTER.text
