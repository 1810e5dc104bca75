"""The tab Help: what words mean, how the release was made, which keys there are."""

from __future__ import annotations

from collections.abc import Iterator

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.help.keys import keys_card
from layouts.help.method import method_card
from layouts.help.visit import visit_card
from layouts.help.words import FACTS
from layouts.ids import Help
from layouts.parts import card, field, grid, page_head, skeleton, stack
from layouts.parts.woven import gap, woven
from services.core.glossary import GROUPS, Word, glossary
from services.core.language.messages import _, later, plural
from services.site.tabs import TABS

FIRST = next(iter(GROUPS))
SUB = later("What the words mean, how this release was made, and the keyboard shortcuts.")


def layout() -> Component:
    """Return the page as first shown: words and keys are the same for every release."""
    cards = [_words(), stack([visit_card(), keys_card()], 4), method_card(Help.METHOD, skeleton("rows", 8))]
    return html.Div([page_head(_("Help"), SUB()), grid(cards)])


def _words() -> html.Section:
    find = field(_("Find a word"), dbc.Input(id=Help.FIND, type="search", autocomplete="off", maxLength=60))
    none = html.P(_("No word or meaning contains that."), id=Help.NONE, role="status", hidden=True)
    return card(
        _("Words"),
        plural(
            "{n} word, and what the pages mean by them.",
            "{n} words, and what the pages mean by them.",
            len(glossary()),
        ),
        [html.Div(find, className="sd-help-find"), html.Div(list(_groups()), id=Help.WORDS), none],
        note=_("On the pages a dotted word opens on hover, on focus and on a tap; Esc closes it."),
        width=8,
    )


def _groups() -> Iterator[html.Details]:
    for group, heading in GROUPS.items():
        listed = [_word(word) for word in glossary().values() if word.group == group]
        summary = html.Summary([heading(), html.Span(f" {len(listed)}", className="sd-muted")])
        yield html.Details(
            [summary, html.Dl(listed, className="sd-help-words")],
            open=group == FIRST,
            className="sd-help-group",
        )


def _word(word: Word) -> html.Div:
    below: list[Component] = []
    if word.id in FACTS:
        below.append(html.Dd(id=Help.fact(word.id), className="sd-help-fact"))
    if word.tabs:
        places: list[Component | str] = []
        for place, tab in enumerate(tab for tab in TABS if tab.key in word.tabs):
            places += [", "] * bool(place) + [dcc.Link(tab.name, href=tab.path)]
        below.append(html.Dd(woven(_("On {tabs}", tabs=gap("tabs")), tabs=places), className="sd-help-fact"))
    return html.Div([html.Dt(word.word), html.Dd(word.says), *below], className="sd-help-word")
