"""A card for each group: who they are, goal, message, offer, products, price, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Playbooks
from layouts.parts import alert, breadcrumb, button, caution, cluster_chip, segment_badge
from layouts.parts.attributes import attributes
from layouts.playbooks import words as said
from layouts.playbooks.frame import PAGE

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster
    from services.serving.playbooks.plans import Group
    from services.site.versions.playbooks import Written

SAVING = "/audiences"
TEXTS = ("goal", "message", "offer")
NAMES = {"segment": "Segments", "cluster": "Clusters"}


def address(kind: str, wanted: str | None = None) -> str:
    """Return the address of a group's page, or of the list of its kind."""
    if wanted is not None:
        return f"{PAGE}?{urlencode({kind: wanted})}"
    return PAGE if kind == "segment" else f"{PAGE}?group=cluster"


def crumb(group: Group) -> Component:
    """Lead back to the list."""
    return breadcrumb([("Playbooks", address(group.kind)), (group.figures.name, None)])


def switch(kind: str) -> Component:
    """Choose between segments and clusters; the choice is in the address."""
    links = [
        html.Span(name, className="sd-playbooks-kind", **attributes(aria_current="true"))
        if each == kind
        else dcc.Link(name, href=address(each), className="sd-playbooks-kind")
        for each, name in NAMES.items()
    ]
    return html.Div(links, className="sd-playbooks-switch", role="group", **attributes(aria_label="Groups"))


def notes(sentences: Sequence[str]) -> list[Component]:
    """Say what was ignored in the address."""
    return [html.P(caution(sentence)) for sentence in sentences]


def texts_of(group: Group, written: Written | None) -> dict[str, str]:
    """Return the texts that hold: what staff wrote last, else those of the strategy."""
    source = written or group.strategy
    return {name: getattr(source, name) for name in TEXTS}


def group_card(group: Group, written: Written | None, unit: str, *, alone: bool = False) -> html.Section:
    """Return the card of one group.

    Parameters
    ----------
    group : Group
    written : Written or None
        What staff wrote last.
    unit : str
        What frequency counts.
    alone : bool
        Whether the page is about this group, so that nothing leads to it.
    """
    figures, texts = group.figures, texts_of(group, written)
    badge = (
        segment_badge(figures, large=alone)
        if group.kind == "segment"
        else cluster_chip(cast("Cluster", figures))
    )
    facts = [
        ("Who", said.who(group, unit)),
        ("Goal", texts["goal"]),
        ("Message", texts["message"]),
        ("Offer", texts["offer"]),
        ("Channel", group.strategy.channel + "."),
        ("Products", _products(group)),
        ("Words", said.distinctive(group)),
        ("Price", said.price(group)),
        ("When", said.when(group)),
        ("Data", said.unreported(group)),
    ]
    customers = f"/?{urlencode([(group.kind, group.id)])}"
    asked = urlencode([("save", "segments"), (group.kind, group.id)])
    links: list[Component] = [dcc.Link("Customers", href=customers)]
    if figures.customers:
        links.append(dcc.Link("Save as audience", href=f"{SAVING}?{asked}"))
    if not alone:
        links.insert(0, dcc.Link("Open to edit or print", href=address(group.kind, group.id)))
    return html.Section(
        [
            html.H2(badge),
            html.P(said.size(group), className="sd-finding"),
            html.Dl(
                [part for name, fact in facts if fact for part in (html.Dt(name), html.Dd(fact))],
                className="sd-facts",
            ),
            html.Footer(
                [
                    html.Span(_source(group, written), className="sd-muted"),
                    html.Span(links, className="sd-playbook-links"),
                ],
                className="sd-playbook-foot",
            ),
        ],
        className="sd-card sd-playbook",
        **attributes(aria_label=f"Playbook for {figures.name}"),
    )


def _products(group: Group) -> list[Component | str]:
    listed = said.listed(group)
    if not listed:
        return []
    parts: list[Component | str] = [f"{said.MORE}: "]
    for place, (name, much) in enumerate(listed):
        parts += ["; "] * bool(place)
        parts += [html.Span(name, className="sd-prod-in sd-prod-first"), html.Small(f" {much}")]
    return [*parts, "."]


def _source(group: Group, written: Written | None) -> str:
    if written is None:
        return f"Default plan for “{group.strategy.name}”."
    return f"Version {written.version}, by {written.author} on {words.date(written.saved_at)}."


def suggestion(texts: Mapping[str, str], number: int) -> Component:
    """Show what the language model wrote; it is kept by nobody until somebody saves it."""
    listed = [part for name in TEXTS for part in (html.Dt(name.capitalize()), html.Dd(texts[name]))]
    return html.Div(
        [
            html.H3("Suggested text"),
            html.P(
                "Written by a language model from the group’s figures. Read it before you use it.",
                className="sd-note",
            ),
            html.Dl(listed, className="sd-facts"),
            button("Put into the fields", Playbooks.take(number), small=True),
        ],
        className="sd-playbooks-suggested",
    )


def receipt(written: Written) -> Component:
    """Say that a version is kept."""
    return alert(f"Version {written.version} is saved.", "Everyone sees it from now on.", "ok")


def meanwhile(latest: Written) -> Component:
    """Show what somebody else saved while this page was open."""
    listed = [part for name in TEXTS for part in (html.Dt(name.capitalize()), html.Dd(getattr(latest, name)))]
    return html.Div(
        [html.H3(f"Version {latest.version}, by {latest.author}"), html.Dl(listed, className="sd-facts")],
        className="sd-playbooks-suggested",
    )
