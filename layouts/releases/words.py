"""The sentences about two releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.movement.words import of_causes

if TYPE_CHECKING:
    from datetime import datetime

    from services.releases import ReleaseSummary
    from services.serving.releases.comparing import Comparison

ONE = (
    "No other release can be used, so there is nothing to compare with this one. Train on another file first."
)
NOT_YET = "No release is active yet."
FIRST = "There is nothing to compare it with. Once it is published, every page shows it."
PRESETS = "The two presets name different segments, so moves are not counted."


def named(made_at: datetime, preset: str) -> str:
    """Name a release: ``made on 21 Nov 2026, 22:45 with Standard``."""
    return f"made on {words.date_time(made_at)} with {preset}"


def option(release: ReleaseSummary) -> str:
    """Name a release to choose: when it was made, of what."""
    made = words.date_time(release.made_at)
    return f"{made} · {release.source or words.NOTHING} · {words.count(release.customers or 0, 'customer')}"


def people(found: Comparison) -> str:
    """Say who comes, who goes and who would be in another segment."""
    apart = [_alone(found.new, "other release"), _alone(found.gone, "active release")]
    told = [each for each in apart if each]
    first = f"{words.capital(words.listing(told))}." if told else "Both releases have the same customers."
    if found.moved is None:
        return f"{first} {PRESETS}"
    if not found.both:
        return first
    moved = words.number(found.moved) if found.moved else "none"
    return (
        f"{first} Of the {words.count(found.both, 'customer')} in both, {moved} would be in another segment."
    )


def _alone(customers: int, where: str) -> str:
    """Return ``50 customers are only in the active release``; nothing for none."""
    told = f"{words.count(customers, 'customer')} {'is' if customers == 1 else 'are'} only in the {where}"
    return told if customers else ""


def lacking(found: Comparison) -> str:
    """Say what either release does not predict, and why; nothing where both predict everything."""
    return " ".join(
        f"{name}: {why}"
        for name, side in (("Active", found.here), ("Other", found.there))
        for why in side.foreseen.lacks
    )


def off(points: float) -> str:
    """Say by how many points a mean was off: ``3.8 points too high``."""
    shown = words.number(abs(points), 1)
    side = "high" if points > 0 else "low"
    return "right" if shown == words.number(0, 1) else f"{shown} points too {side}"


def why(found: Comparison) -> str | None:
    """Say why they would move, where that is known."""
    causes = {cause: count for cause, count in (found.causes or {}).items() if count}
    return of_causes(causes) if causes else None


def rules(found: Comparison) -> str:
    """Say how many sets of products come and go."""
    gained, lost = found.gained_sets, found.lost_sets
    if not found.here.sets and not found.there.sets:
        return "Neither release has rules."
    apart = [_rules(gained, "other release"), _rules(lost, "active release")]
    told = [each for each in apart if each]
    return (
        f"{words.capital(words.listing(told))}."
        if told
        else "Both releases have rules for the same products."
    )


def _rules(sets: int, where: str) -> str:
    """Return ``2 sets of products have rules only in the other release``; nothing for none."""
    told = (
        f"{words.count(sets, 'set')} of products {'has' if sets == 1 else 'have'} rules only in the {where}"
    )
    return told if sets else ""


def published(made_at: datetime, preset: str) -> str:
    """Say that another release is active now."""
    return (
        f"The release {named(made_at, preset)} is active. Open pages keep the release that they show, and "
        "offer this one."
    )
