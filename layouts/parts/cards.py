"""Cards, the strip of key figures, page heads, chips and buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.attributes import HIDDEN, attributes
from layouts.parts.badges import icon, spark, unseen
from layouts.parts.terms import named
from services.core.language.messages import _, later

Content = Component | str | Sequence[Component | str] | None


def page_head(title: str, sub: Content = None, actions: Sequence[Component] = ()) -> html.Div:
    """Head a page: under the heading what exactly is shown, beside it what can be done."""
    return html.Div(
        [
            html.Div([html.H1(title), html.P(sub, className="sd-sub")]),
            html.Div(list(actions), className="sd-actions"),
        ],
        className="sd-head",
    )


def breadcrumb(parts: Sequence[tuple[str, str | None]], aside: Content = None) -> html.Div:
    """Show where one came from: ``(name, address or None)`` from the outside in."""
    steps: list[Component] = [icon("back")]
    for place, (name, address) in enumerate(parts):
        if place:
            steps.append(html.Span("/", **HIDDEN))
        steps.append(dcc.Link(name, href=address) if address else html.Span(name))
    steps.append(html.Span(aside, className="sd-crumb-aside sd-opt"))
    return html.Div(steps, className="sd-crumb")


def card(
    title: str | later,
    finding: Content = None,
    body: Content = None,
    *,
    table: Content = None,
    below: Content = None,
    note: Content = None,
    tools: Sequence[Component] = (),
    width: int = 12,
    flush: bool = False,
    id: str | None = None,
    term: str = "",
    address: str = "",
) -> html.Section:
    """Make a titled panel: the finding first, then its evidence.

    Parameters
    ----------
    title : str or later
        Small and grey; also the panel's name for readers. Beside a ``table`` it is a ``later``: what the card
        is called in addresses is made of the English, whatever the reader's language; or ``address`` says it.
    finding : content
        One sentence. Give ``html.Span(id=…)`` where a callback writes it.
    body : content
        The picture.
    table : content, optional
        The same numbers as a table; adds the Chart/Table switch.
    below : content, optional
        Controls under both.
    note : content, optional
        Scales and caveats.
    tools : sequence of Component
        Buttons at the right of the title.
    width : int
        Columns of twelve.
    flush : bool
        The body reaches the card's edges (tables).
    id : str, optional
    term : str
        Id of the title in the glossary, where it is dotted.
    address : str
        In English, what the card is called in addresses where its title holds a figure.
    """
    said = str(title)
    heading: list[Component] = [html.H2(named(said, term))]
    if finding is not None:
        heading.append(html.P(finding, className="sd-finding"))
    shown: Content = body
    called: dict[str, Any] = {}
    switch: list[Component] = []
    if table is not None:
        switch = [_view_switch()]
        called = attributes(
            data_card=in_address(address or (title.text if isinstance(title, later) else title))
        )
        shown = [
            html.Div(body, className="sd-view sd-view-chart"),
            html.Div(table, className="sd-view sd-view-table"),
        ]
    parts: list[Component] = [
        html.Header(
            [html.Div(heading, className="sd-titles"), html.Div([*tools, *switch], className="sd-tools")]
        ),
        html.Div(shown, className="sd-body"),
    ]
    if below is not None:
        parts.append(html.Div(below, className="sd-below"))
    if note is not None:
        parts.append(html.P(note, className="sd-note"))
    return html.Section(
        parts,
        className=f"sd-card sd-c{width}" + " sd-flush" * flush,
        **attributes(aria_label=said),
        **called,
        **_named(id),
    )


def in_address(title: str) -> str:
    """Return what a card of this title is called in addresses that show its table: ``table=segment-map``."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))


def _view_switch() -> html.Div:
    return html.Div(
        [
            html.Button(_("Chart"), type="button", **attributes(aria_pressed="true", data_view="chart")),
            html.Button(_("Table"), type="button", **attributes(aria_pressed="false", data_view="table")),
        ],
        className="sd-toggle",
        role="group",
        **attributes(aria_label=_("View")),
    )


def grid(children: Sequence[Component]) -> html.Div:
    """Lay out twelve columns with gutters of 16 px; cards say how many they take."""
    return html.Div(list(children), className="sd-grid")


def stack(children: Sequence[Component], width: int = 12) -> html.Div:
    """Put cards one below the other in ``width`` columns of a grid."""
    return html.Div(list(children), className=f"sd-stack sd-c{width}")


def kpi(
    name: str,
    value: str,
    unit: str = "",
    *,
    change: str = "",
    judged: Literal["good", "bad", ""] = "",
    base: str = "",
    history: Sequence[float] = (),
    term: str = "",
) -> html.Div:
    """Make one cell of the strip.

    Parameters
    ----------
    name, value, unit : str
        "Ordered in the last 30 days", "1,608", "of 4,339".
    change, base : str
        "+154", "since 10 Nov"; a change names its base.
    judged : {"good", "bad", ""}
        Whether the change is welcome; an empty text leaves it uncoloured.
    history : sequence of float
        Monthly snapshots for the spark line, oldest first.
    term : str
        Id of the name in the glossary, where it is dotted.
    """
    colour = {"good": "sd-pos", "bad": "sd-neg", "": ""}[judged]
    below: list[Component] = [html.Span([html.B(change, className=colour), f" {base}"] if change else base)]
    if len(history) > 1:
        below.append(spark(history))
    return html.Div(
        [
            html.Dt(named(name, term)),
            html.Dd([value, html.Small(f" {unit}")] if unit else value, className="sd-kpi-value"),
            html.Dd(below, className="sd-kpi-change"),
        ],
        className="sd-kpi",
    )


def kpis(cells: Sequence[Component], id: str | None = None) -> html.Dl:
    """Make the strip of key figures."""
    return html.Dl(list(cells), className="sd-kpis", **_named(id))


def button(
    label: str,
    id: Any = None,
    *,
    icon_name: str | None = None,
    kind: Literal["", "primary", "quiet"] = "",
    small: bool = False,
    **more: Any,
) -> html.Button:
    """Make a button; ``more`` goes to ``html.Button`` (``disabled``, ``title``, ``data-…``)."""
    content = [icon(icon_name), html.Span(label)] if icon_name else label
    return html.Button(content, type="button", className=_button_class(kind, small), **_named(id), **more)


def link_button(
    label: str, href: str, *, id: Any = None, icon_name: str | None = None, small: bool = False, **more: Any
) -> html.A:
    """Make a link that looks like a button: for downloads, addresses outside the tabs."""
    content = [icon(icon_name), html.Span(label)] if icon_name else label
    return html.A(content, href=href, className=_button_class("", small), **_named(id), **more)


def copy_link_button(label: str = "", *, small: bool = False) -> html.Button:
    """Offer to copy the page's address; the browser's script does it, no callback is needed."""
    return button(
        label or _("Copy link to this view"),
        icon_name="link",
        small=small,
        **attributes(data_copy_address="true"),
    )


def _named(id: Any, title: str = "") -> dict[str, Any]:
    """Leave out an id and a title that are not there: Dash takes None for a name."""
    return ({} if id is None else {"id": id}) | ({"title": title} if title else {})


def _button_class(kind: str, small: bool) -> str:
    return "sd-btn" + (f" sd-btn-{kind}" if kind else "") + (" sd-btn-sm" if small else "")


def chip(label: str, value: str | None = None, id: Any = None, title: str = "") -> html.Button:
    """Show a filter: set with its ``value`` (pressing removes it), or one that can be added."""
    if value is None:
        content = [icon("plus"), html.Span(label)]
        return html.Button(content, type="button", className="sd-chip", **_named(id, title))
    content = [html.Span([f"{label} ", html.B(value)]), unseen(_(", remove")), icon("close")]
    return html.Button(content, type="button", className="sd-chip sd-chip-on", **_named(id, title))


def filter_bar(chips: Sequence[Component], found: Content = None) -> html.Div:
    """Line up chips that read as a sentence, and at the right what is left."""
    return html.Div(
        [*chips, html.Span(found, className="sd-found", role="status")],
        className="sd-filters",
        role="group",
        **attributes(aria_label=_("Filters")),
    )
