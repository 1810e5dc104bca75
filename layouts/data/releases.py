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

if TYPE_CHECKING:
    from services.releases import ReleaseSummary


def how_to_train() -> list[Component | str]:
    """Say how a release is made."""
    return [
        "A new release is made by a training: here, by analysts and admins, or on the server with ",
        html.Code("python -m services train FILE"),
        "; open pages offer it once it is active.",
    ]


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
        "Release",
        "Made",
        "State",
        Column("Preset", optional=True),
        Column("File", optional=True),
        Column("As of", optional=True),
        Column("Customers", True),
        Column("Clusters", True, True),
    ]
    listed = table(heads, [_row(each, shown) for each in found], "Releases, newest first")
    note = how_to_train()
    usable = [release for release in found if release.usable]
    if any(not release.active for release in usable):
        label = "Compare releases and publish one" if len(usable) > 1 else "Look at it and publish it"
        note = [*note, " ", dcc.Link(label, href="/releases", className="sd-link"), "."]
    return card("Releases", _finding(found), listed, note=note, flush=True)


def _row(release: ReleaseSummary, shown: str | None) -> list[Cell]:
    name: Cell = html.Code(release.id)
    if release.usable and release.id != shown:
        # A plain link: the page is loaded anew, so that all of it is of the one release.
        name = html.A(name, href=f"/data?release={release.id}", title="Show the site with this release")
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
        sentence = release.why_not or "It cannot be used."
        return html.Span([icon("refused"), html.Span(sentence)], className="sd-data-state sd-neg")
    said = words.listing(["active"] * release.active + ["shown here"] * shown)
    return html.Span(words.capital(said), className="sd-strong" if release.active else "")


def _finding(found: Sequence[ReleaseSummary]) -> str:
    broken = sum(not release.usable for release in found)
    if len(found) == 1:
        if broken:
            return "One release is kept, and it cannot be used."
        return f"One release is kept{', and it is' if found[0].active else '; it is not'} active."
    count = words.count(len(found), "release")
    if broken == len(found):
        return f"{count} are kept; none of them can be used."
    if broken:
        return f"{count}, {words.small(broken)} of which cannot be used."
    return f"{count} are kept; follow a link to see the site with another one."
