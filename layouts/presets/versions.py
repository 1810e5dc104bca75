"""The versions of a saved preset: who saved what when, and the way back; and what saving answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Presets
from layouts.parts import Cell, Column, alert, button, card, empty, link_button, table
from layouts.presets.words import changed

if TYPE_CHECKING:
    from services.site.versions.presets import Saved

PAGE = "/presets"
FILE = "/export/preset.toml"
_TITLE = "Versions"


def address(page: str, preset: str, version: int | None = None) -> str:
    """Return the address of a preset's version, on the page or as a file; of its newest without one."""
    asked = {"preset": preset} | ({"version": str(version)} if version else {})
    return f"{page}?{urlencode(asked)}"


def shipped(name: str) -> Component:
    """Return the card of a preset that built in and has no versions."""
    nothing = empty(
        "No versions yet",
        f"“{name}” is built in and cannot be changed. Save your changes under a name of your own to make "
        f"its first version.",
    )
    return card(_TITLE, None, nothing)


def listed(versions: Sequence[Saved], opened: int | None, *, may_change: bool) -> Component:
    """Return the card of a saved preset's versions.

    Parameters
    ----------
    versions : sequence of Saved
        Newest first, at least one.
    opened : int or None
        The version that the fields began with.
    may_change : bool
        Whether the reader may go back to one.
    """
    newest = versions[0]
    number = newest.preset.version
    finding = (
        f"{newest.author} saved version {number} on {words.date(newest.saved_at)}."
        if len(versions) == 1
        else f"{words.count(len(versions), 'version')}; {newest.author} saved the latest on "
        f"{words.date(newest.saved_at)}."
    )
    columns = [
        Column("Version"),
        Column("Saved"),
        Column("By"),
        Column("What changed"),
        Column("Note", optional=True),
        Column("Use it"),
    ]
    rows = [_row(each, opened, can_return=may_change and place > 0) for place, each in enumerate(versions)]
    note = (
        "Going back makes a new version equal to the earlier one; no version is ever deleted. Any unsaved "
        "changes in the fields are lost."
    )
    return card(_TITLE, finding, table(columns, rows, "Versions of the preset"), note=note, flush=True)


def _row(saved: Saved, opened: int | None, *, can_return: bool) -> list[Cell]:
    preset, version = saved.preset, saved.preset.version or 0
    name = f"Version {version}"
    first: Component = dcc.Link(name, href=address(PAGE, preset.id, version))
    if version == opened:
        first = html.Span([html.B(name), html.Small(" open above")])
    file = address(FILE, preset.id, version)
    tools: list[Component] = []
    if can_return:
        tools.append(button("Go back to this version", Presets.back(version), small=True))
    tools.append(link_button("TOML", file, icon_name="download", small=True, download=""))
    return [
        first,
        words.date_time(saved.saved_at.isoformat()),
        saved.author,
        html.Span(_changed(saved), className="sd-presets-wrap"),
        html.Span(saved.note or words.NOTHING, className="sd-presets-wrap"),
        html.Div(tools, className="sd-presets-tools"),
    ]


def _changed(saved: Saved) -> str:
    name, _, version = saved.origin.partition("@")
    if (saved.preset.version or 0) == 1:
        return f"From {name}{f', version {version}' if version else ''}: {changed(saved.changed)}"
    if version and not saved.changed:
        return f"Back to version {version}"
    return words.capital(changed(saved.changed))


def receipt(saved: Saved) -> list[Component]:
    """Say that a version is kept, and how it comes into force."""
    preset = saved.preset
    said = alert(
        f"Version {preset.version} of “{preset.name}” is saved.",
        [
            "It takes effect with the next training: ",
            html.Code(f"python -m services train FILE --preset {preset.id}"),
        ],
        "ok",
    )
    return [said]
