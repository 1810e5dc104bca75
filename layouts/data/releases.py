"""The releases of the site, and how a new one is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import as_written
from layouts.parts import Column, card, icon, table
from layouts.parts.tables import Cell
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.releases import ReleaseSummary

COMMAND = "python -m services train FILE"


def how_to_train() -> list[Component | str]:
    """Say how a release is made."""
    said = _(
        "A new release is made by a training: here, by analysts and admins, or on the server with {command}; "
        "open pages offer it once it is active.",
        command=gap("command"),
    )
    return woven(said, command=html.Code(COMMAND))


def releases(found: Sequence[ReleaseSummary], shown: str | None) -> html.Section:
    """Return the card that lists the releases.

    Parameters
    ----------
    found : sequence of ReleaseSummary
        Newest first.
    shown : str or None
        The release that the page shows.
    """
    heads: list[Column | str] = [
        _("Release"),
        _("Made"),
        _("State"),
        Column(_("Preset"), optional=True),
        Column(_("File"), optional=True),
        Column(_("As of"), optional=True),
        Column(_("Customers"), True),
        Column(_("Clusters"), True, True),
    ]
    listed = table(heads, [_row(each, shown) for each in found], _("Releases, newest first"))
    note = how_to_train()
    usable = [release for release in found if release.usable]
    if any(not release.active for release in usable):
        label = _("Compare releases and publish one") if len(usable) > 1 else _("Look at it and publish it")
        note = [*note, " ", dcc.Link(label, href="/releases", className="sd-link"), "."]
    return card(_("Releases"), _finding(found), listed, note=note, flush=True)


def _row(release: ReleaseSummary, shown: str | None) -> list[Cell]:
    name: Cell = html.Code(release.id)
    if release.usable and release.id != shown:
        # A plain link: the page is loaded anew, so that all of it is of the one release.
        name = html.A(name, href=f"/data?release={release.id}", title=_("Show the site with this release"))
    return [
        name,
        words.date_time(release.made_at),
        _state(release, release.id == shown),
        release.preset or words.NOTHING,
        as_written(release.source) if release.source else words.NOTHING,
        words.date_short(release.as_of),
        words.number(release.customers),
        words.number(release.k),
    ]


def _state(release: ReleaseSummary, shown: bool) -> Cell:
    if not release.usable:
        sentence = release.why_not or _("It cannot be used.")
        return html.Span([icon("refused"), html.Span(sentence)], className="sd-data-state sd-neg")
    if release.active:
        said = _("Active and shown here") if shown else _("Active")
        return html.Span(said, className="sd-strong")
    return html.Span(_("Shown here") if shown else words.NOTHING, className="")


def _finding(found: Sequence[ReleaseSummary]) -> str:
    broken = sum(not release.usable for release in found)
    if len(found) == 1:
        if broken:
            return _("One release is kept, and it cannot be used.")
        if found[0].active:
            return _("One release is kept, and it is active.")
        return _("One release is kept; it is not active.")
    count = words.number(len(found))
    if broken == len(found):
        return plural(
            "{n} release is kept; it cannot be used.",
            "{n} releases are kept; none of them can be used.",
            len(found),
            n=count,
        )
    if broken:
        return plural(
            "{n} release, {broken} of which cannot be used.",
            "{n} releases, {broken} of which cannot be used.",
            len(found),
            n=count,
            broken=words.small(broken),
        )
    return plural(
        "{n} release is kept; follow a link to see the site with another one.",
        "{n} releases are kept; follow a link to see the site with another one.",
        len(found),
        n=count,
    )
