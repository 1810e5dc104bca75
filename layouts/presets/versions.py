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
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.site.versions.presets import Saved

PAGE = "/presets"
FILE = "/export/preset.toml"
_TITLE = later("Versions")


def address(page: str, preset: str, version: int | None = None) -> str:
    """Return the address of a preset's version, on the page or as a file; of its newest without one."""
    asked = {"preset": preset} | ({"version": str(version)} if version else {})
    return f"{page}?{urlencode(asked)}"


def shipped(name: str) -> Component:
    """Return the card of a preset that built in and has no versions."""
    nothing = empty(
        _("No versions yet"),
        _(
            "“{preset}” is built in and cannot be changed. Save your changes under a name of your own to "
            "make its first version.",
            preset=name,
        ),
    )
    return card(_TITLE(), None, nothing)


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
    author, day = newest.author, words.date(newest.saved_at)
    finding = (
        _("{author} saved version {version} on {day}.", author=author, version=number, day=day)
        if len(versions) == 1
        else plural(
            "{n} version; {author} saved the latest on {day}.",
            "{n} versions; {author} saved the latest on {day}.",
            len(versions),
            n=words.number(len(versions)),
            author=author,
            day=day,
        )
    )
    columns = [
        Column(_("Version")),
        Column(_("Saved")),
        Column(_("By")),
        Column(_("What changed")),
        Column(_("Note"), optional=True),
        Column(_("Use it")),
    ]
    rows = [_row(each, opened, can_return=may_change and place > 0) for place, each in enumerate(versions)]
    note = _(
        "Going back makes a new version equal to the earlier one; no version is ever deleted. Any unsaved "
        "changes in the fields are lost."
    )
    return card(_TITLE(), finding, table(columns, rows, _("Versions of the preset")), note=note, flush=True)


def _row(saved: Saved, opened: int | None, *, can_return: bool) -> list[Cell]:
    preset, version = saved.preset, saved.preset.version or 0
    name = _("Version {version}", version=version)
    first: Component = dcc.Link(name, href=address(PAGE, preset.id, version))
    if version == opened:
        first = html.Span([html.B(name), " ", html.Small(_("open above"))])
    file = address(FILE, preset.id, version)
    tools: list[Component] = []
    if can_return:
        tools.append(button(_("Go back to this version"), Presets.back(version), small=True))
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
    name, _at, version = saved.origin.partition("@")
    if (saved.preset.version or 0) == 1:
        said = changed(saved.changed)
        if version:
            return _(
                "From {preset}, version {version}: {changes}", preset=name, version=version, changes=said
            )
        return _("From {preset}: {changes}", preset=name, changes=said)
    if version and not saved.changed:
        return _("Back to version {version}", version=version)
    return words.capital(changed(saved.changed))


def receipt(saved: Saved) -> list[Component]:
    """Say that a version is kept, and how it comes into force."""
    preset = saved.preset
    said = alert(
        _("Version {version} of “{preset}” is saved.", version=preset.version, preset=preset.name),
        [
            _("It takes effect with the next training:"),
            " ",
            html.Code(f"python -m services train FILE --preset {preset.id}"),
        ],
        "ok",
    )
    return [said]
