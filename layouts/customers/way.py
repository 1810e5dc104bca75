"""Above a customer: where the reader came from, who comes next there; below the reasons: what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import copy_link_button, customer_address, icon
from layouts.parts.attributes import HIDDEN, attributes
from services.core.language.messages import _, later
from services.site.tabs import TABS

if TYPE_CHECKING:
    from services.serving.customers.way import Way

_NAMES = {tab.path: tab.named for tab in TABS}
_SAVED = {"/": "segments", "/churn": "churn"}
"""What the page of audiences calls the view of a list."""
_BESIDE = {"previous": later("Previous customer, {customer}"), "next": later("Next customer, {customer}")}


def crumb(segment: Any, way: Way | None) -> list[Component]:
    """Name the list that one came from, with the customers beside this one; else the segment.

    Parameters
    ----------
    segment : Segment or None
        The customer's.
    way : Way or None
    """
    if way is None:
        parts: list[Component] = [icon("back"), dcc.Link(_("Segments"), href="/")]
        if segment is not None:
            named = f"{segment.name}, {words.number(segment.customers)}"
            address = "/?" + urlencode({"segment": segment.id})
            parts += [html.Span("/", **HIDDEN), dcc.Link(named, href=address)]
        return parts
    place = _("{place} of {n}", place=words.number(way.place), n=words.number(way.of))
    return [
        icon("back"),
        dcc.Link(_("Back to the list in {page}", page=_NAMES[way.page]), href=way.address),
        html.Div(
            [
                html.Span(place),
                *_beside(way, way.before, "previous", "K"),
                *_beside(way, way.after, "next", "J"),
            ],
            className="sd-way",
        ),
    ]


def actions(segment: Any, way: Way | None) -> list[Component]:
    """Return what can be done from here: an audience, the plan for the segment, a link to this page."""
    made: list[Component] = []
    if way is not None:
        address = "/audiences?" + urlencode([("save", _SAVED[way.page]), *way.narrowed])
        made.append(_action("plus", _("Audience of these {n}", n=words.number(way.of)), address))
    elif segment is not None:
        address = "/audiences?" + urlencode({"save": "segments", "segment": segment.id})
        made.append(_action("plus", _("Audience of {segment}", segment=segment.name), address))
    if segment is not None:
        query = urlencode({"segment": segment.id})
        made.append(
            _action("arrow", _("Playbook for {segment}", segment=segment.name), f"/playbooks?{query}")
        )
    return [*made, copy_link_button(_("Copy link"), small=True)]


def _beside(way: Way, customer: str | None, which: str, key: str) -> list[Component]:
    if customer is None:
        return []
    inside: list[Component] = [html.Span(customer, className="sd-way-id"), html.Kbd(key, **HIDDEN)]
    arrow = icon("back" if which == "previous" else "arrow")
    inside = [arrow, *inside] if which == "previous" else [inside[0], arrow, inside[1]]
    href = f"{customer_address(customer)}&list={quote(way.address, safe='')}"
    label = _BESIDE[which](customer=customer)
    more = attributes(data_step=which, aria_label=label, aria_keyshortcuts=key)
    return [html.A(inside, href=href, className="sd-btn sd-btn-sm", **more)]


def _action(icon_name: str, label: str, href: str) -> Component:
    return dcc.Link([icon(icon_name), html.Span(label)], href=href, className="sd-btn sd-btn-sm")
