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
from services.core.language.again import again
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.site.sources import Failing, Standing

_NAMES = {"folder": later("Watched folder"), "database": later("Database")}


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
    return card(_TITLE(), _finding(found, failing), content, note=_NOTE(), id=Data.SOURCES)


def unknown(sentence: str) -> html.Section:
    """Return the card where nobody can say how the sources stand; ``sentence`` says why."""
    return card(_TITLE(), None, empty(_("Not known"), sentence), id=Data.SOURCES)


_TITLE = later("Sources")
_NOTE = later(
    "The worker process reads these. If a source fails, its earlier files and the release in use stay as "
    "they are."
)


def _source(standing: Standing, failing: Sequence[Failing], where: bool) -> Component:
    source = standing.source
    told: list[tuple[Component | str, Content]] = [
        *([(_("Where"), as_written(source.where))] if where else []),
        (_("Last tried"), words.date_time(standing.tried_at) if standing.tried_at else _("not yet")),
        (_("Last changed"), words.date_time(standing.changed_at) if standing.changed_at else _("not yet")),
        (_("Checked"), _interval(source.every)),
    ]
    if standing.failure and standing.next_at:
        told.append((_("Next try"), words.date_time(standing.next_at)))
    faults = [_fault(each, where) for each in failing if each.source == source.name]
    return html.Div([html.H3(_NAMES[source.name]()), facts(told), *([sentences(faults)] if faults else [])])


def _fault(fault: Failing, where: bool) -> Component:
    since = _("Since {day}.", day=words.date_time(fault.since))
    sentence = again(fault.sentence) if where or fault.file else _("It cannot be read; analysts see why.")
    said = html.Span([as_written(sentence), " ", since])
    return html.Span([icon("refused"), said], className="sd-data-state sd-neg")


def _finding(found: Sequence[Standing], failing: Sequence[Failing]) -> str:
    broken = sum(each.failure is not None for each in found)
    files = sum(each.file is not None for each in failing)
    unread = plural(
        "{n} file could not be added", "{n} files could not be added", files, n=words.number(files)
    )
    if broken:
        failed = plural("{n} source failed", "{n} sources failed", broken, n=words.number(broken))
        failed = _("The last try failed") if len(found) == 1 else failed
        return f"{words.listing([failed, unread] if files else [failed])}."
    if files:
        return f"{unread}."
    changes = [each.changed_at for each in found if each.changed_at]
    if not changes:
        return _("No sales have arrived yet.")
    return _("Sales last arrived on {day}.", day=words.date_time(max(changes)))


def _interval(seconds: int) -> str:
    if seconds % 86_400 == 0:
        days = seconds // 86_400
        return (
            _("every day")
            if days == 1
            else plural("every {n} day", "every {n} days", days, n=words.number(days))
        )
    if seconds % 3_600 == 0:
        hours = seconds // 3_600
        return (
            _("every hour")
            if hours == 1
            else plural("every {n} hour", "every {n} hours", hours, n=words.number(hours))
        )
    if seconds % 60 == 0:
        minutes = seconds // 60
        return (
            _("every minute")
            if minutes == 1
            else plural("every {n} minute", "every {n} minutes", minutes, n=words.number(minutes))
        )
    return plural("every {n} second", "every {n} seconds", seconds, n=words.number(seconds))
