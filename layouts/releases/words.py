"""The sentences about two releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.movement.words import of_causes
from services.core.language.messages import _, later, plural, sense

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from services.core.drift import Shift
    from services.releases import ReleaseSummary
    from services.serving.releases.comparing import Comparison

ONE = later(
    "No other release can be used, so there is nothing to compare with this one. Train on another file first."
)
NOT_YET = later("No release is active yet.")
FIRST = later("There is nothing to compare it with. Once it is published, every page shows it.")
PRESETS = later("The two presets name different segments, so moves are not counted.")


def active(made_at: datetime, preset: str) -> str:
    """Name the active release."""
    made = words.date_time(made_at)
    return _("Active: the release made on {made} with {preset}.", made=made, preset=preset)


def option(release: ReleaseSummary) -> str:
    """Name a release to choose: when it was made, of what."""
    customers = release.customers or 0
    return plural(
        "{made} · {source} · {n} customer",
        "{made} · {source} · {n} customers",
        customers,
        n=words.number(customers),
        made=words.date_time(release.made_at),
        source=release.source or words.NOTHING,
    )


def shift(size: Shift) -> str:
    """Name how large a shift is."""
    names = {"none": sense("shift", "None"), "some": sense("shift", "Some"), "large": sense("shift", "Large")}
    return names[size]


def people(found: Comparison) -> str:
    """Say who comes, who goes and who would be in another segment."""
    told = _alone(found.new, found.gone) or [_("Both releases have the same customers.")]
    if found.moved is None:
        told.append(PRESETS())
    elif found.both and found.moved:
        told.append(
            plural(
                "Of the {n} customer in both, {moved} would be in another segment.",
                "Of the {n} customers in both, {moved} would be in another segment.",
                found.both,
                n=words.number(found.both),
                moved=words.number(found.moved),
            )
        )
    elif found.both:
        told.append(
            plural(
                "Of the {n} customer in both, none would be in another segment.",
                "Of the {n} customers in both, none would be in another segment.",
                found.both,
                n=words.number(found.both),
            )
        )
    return " ".join(told)


def _alone(new: int, gone: int) -> list[str]:
    """Say how many customers only one release has; nothing for none."""
    other = plural(
        "{n} customer is only in the other release.",
        "{n} customers are only in the other release.",
        new,
        n=words.number(new),
    )
    active = plural(
        "{n} customer is only in the active release.",
        "{n} customers are only in the active release.",
        gone,
        n=words.number(gone),
    )
    return [told for told, count in ((other, new), (active, gone)) if count]


def lacking(found: Comparison) -> str:
    """Say what either release does not predict, and why; nothing where both predict everything."""
    here = [_("Active: {why}", why=why) for why in found.here.foreseen.lacks]
    return " ".join([*here, *(_("Other: {why}", why=why) for why in found.there.foreseen.lacks)])


def off(points: float) -> str:
    """Say by how many points a mean was off: ``3.8 points too high``."""
    shown = words.number(abs(points), 1)
    if shown == words.number(0, 1):
        return _("right")
    if points > 0:
        return _("{points} points too high", points=shown)
    return _("{points} points too low", points=shown)


def why(found: Comparison) -> str | None:
    """Say why they would move, where that is known."""
    causes = {cause: count for cause, count in (found.causes or {}).items() if count}
    return of_causes(causes) if causes else None


def rules(found: Comparison) -> str:
    """Say how many sets of products come and go."""
    gained, lost = found.gained_sets, found.lost_sets
    if not found.here.sets and not found.there.sets:
        return _("Neither release has rules.")
    other = plural(
        "{n} set of products has rules only in the other release.",
        "{n} sets of products have rules only in the other release.",
        gained,
        n=words.number(gained),
    )
    active = plural(
        "{n} set of products has rules only in the active release.",
        "{n} sets of products have rules only in the active release.",
        lost,
        n=words.number(lost),
    )
    told = [each for each, count in ((other, gained), (active, lost)) if count]
    return " ".join(told) or _("Both releases have rules for the same products.")


def only_other(names: Sequence[str], of: int) -> str:
    """Head the rules that only the other release has, of which ``names`` are shown."""
    if of <= len(names):
        return _("Only in the other release")
    return plural(
        "Only in the other release, the {n} in most orders",
        "Only in the other release, the {n} in most orders",
        len(names),
        n=words.small(len(names)),
    )


def only_active(names: Sequence[str], of: int) -> str:
    """Head the rules that only the active release has, of which ``names`` are shown."""
    if of <= len(names):
        return _("Only in the active release")
    return plural(
        "Only in the active release, the {n} in most orders",
        "Only in the active release, the {n} in most orders",
        len(names),
        n=words.small(len(names)),
    )


def published(made_at: datetime, preset: str) -> str:
    """Say that another release is active now."""
    return _(
        "The release made on {made} with {preset} is active. Open pages keep the release that they show, and "
        "offer this one.",
        made=words.date_time(made_at),
        preset=preset,
    )
