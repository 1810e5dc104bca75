"""The sources that renew themselves: where sales come from by themselves, and how each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import as_written, facts, sentences
from layouts.ids import Data
from layouts.parts import card, empty, icon
from layouts.parts.cards import Content

if TYPE_CHECKING:
    from services.site.sources import Failing, Standing

_NAMES = {"folder": "Watched folder", "database": "Database"}


def sources(found: Sequence[Standing], failing: Sequence[Failing], *, where: bool) -> html.Section:
    """Return the card of the sources.

    Parameters
    ----------
    found : sequence of Standing
        Of all sources that the settings name.
    failing : sequence of Failing
        Of these, what fails.
    where : bool
        Whether it is said where they are: a folder of the server, a database.
    """
    content = html.Div([_source(each, failing, where) for each in found], className="sd-data-pair")
    return card(_TITLE, _finding(found, failing), content, note=_NOTE, id=Data.SOURCES)


def unknown(sentence: str) -> html.Section:
    """Return the card where nobody can say how the sources stand; ``sentence`` says why."""
    return card(_TITLE, None, empty("Not known", sentence), id=Data.SOURCES)


_TITLE = "Sources"
_NOTE = (
    "The worker process reads these. If a source fails, its earlier files and the release in use stay as "
    "they are."
)


def _source(standing: Standing, failing: Sequence[Failing], where: bool) -> Component:
    source = standing.source
    told: list[tuple[Component | str, Content]] = [
        *([("Where", as_written(source.where))] if where else []),
        ("Last tried", words.date_time(standing.tried_at) if standing.tried_at else "not yet"),
        ("Last changed", words.date_time(standing.changed_at) if standing.changed_at else "not yet"),
        ("Checked", f"every {_interval(source.every)}"),
    ]
    if standing.failure and standing.next_at:
        told.append(("Next try", words.date_time(standing.next_at)))
    faults = [_fault(each, where) for each in failing if each.source == source.name]
    return html.Div([html.H3(_NAMES[source.name]), facts(told), *([sentences(faults)] if faults else [])])


def _fault(fault: Failing, where: bool) -> Component:
    since = f" Since {words.date_time(fault.since)}."
    sentence = fault.sentence if where or fault.file else "It cannot be read; analysts see why."
    said = html.Span([as_written(sentence), since])
    return html.Span([icon("refused"), said], className="sd-data-state sd-neg")


def _finding(found: Sequence[Standing], failing: Sequence[Failing]) -> str:
    broken = sum(each.failure is not None for each in found)
    files = sum(each.file is not None for each in failing)
    said = []
    if broken:
        said.append("The last try failed" if len(found) == 1 else f"{words.count(broken, 'source')} failed")
    if files:
        said.append(f"{words.count(files, 'file')} could not be added")
    if said:
        return f"{words.listing(said)}."
    changes = [each.changed_at for each in found if each.changed_at]
    return (
        f"Sales last arrived on {words.date_time(max(changes))}." if changes else "No sales have arrived yet."
    )


def _interval(seconds: int) -> str:
    for name, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds % length == 0:
            number = seconds // length
            return name if number == 1 else words.count(number, name)
    return words.count(seconds, "second")
