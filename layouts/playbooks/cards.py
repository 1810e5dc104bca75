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
from layouts.parts.woven import gap, woven
from layouts.playbooks import words as said
from layouts.playbooks.frame import PAGE
from services.core.language.messages import _, later

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster
    from services.serving.playbooks.plans import Group
    from services.site.versions.playbooks import Written

SAVING = "/audiences"
NAMES = {"segment": later("Segments"), "cluster": later("Clusters")}


def address(kind: str, wanted: str | None = None) -> str:
    """Return the address of a group's page, or of the list of its kind."""
    if wanted is not None:
        return f"{PAGE}?{urlencode({kind: wanted})}"
    return PAGE if kind == "segment" else f"{PAGE}?group=cluster"


def crumb(group: Group) -> Component:
    """Lead back to the list."""
    return breadcrumb([(_("Playbooks"), address(group.kind)), (group.figures.name, None)])


def switch(kind: str) -> Component:
    """Choose between segments and clusters; the choice is in the address."""
    links = [
        html.Span(name(), className="sd-playbooks-kind", **attributes(aria_current="true"))
        if each == kind
        else dcc.Link(name(), href=address(each), className="sd-playbooks-kind")
        for each, name in NAMES.items()
    ]
    return html.Div(
        links, className="sd-playbooks-switch", role="group", **attributes(aria_label=_("Groups"))
    )


def notes(sentences: Sequence[str]) -> list[Component]:
    """Say what was ignored in the address."""
    return [html.P(caution(sentence)) for sentence in sentences]


def texts_of(group: Group, written: Written | None) -> dict[str, str]:
    """Return the texts that hold: what staff wrote last, else those of the strategy."""
    source = written or group.strategy.shown()
    return {name: getattr(source, name) for name in said.TEXTS}


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
        (_("Who"), said.who(group, unit)),
        (said.TEXTS["goal"](), texts["goal"]),
        (said.TEXTS["message"](), texts["message"]),
        (said.TEXTS["offer"](), texts["offer"]),
        (_("Channel"), _("{channel}.", channel=group.strategy.shown().channel)),
        (_("Products"), _products(group)),
        (_("Words"), said.distinctive(group)),
        (_("Price"), said.price(group)),
        (_("When"), said.when(group)),
        (_("Data"), said.unreported(group)),
    ]
    customers = f"/?{urlencode([(group.kind, group.id)])}"
    asked = urlencode([("save", "segments"), (group.kind, group.id)])
    links: list[Component] = [dcc.Link(_("Customers"), href=customers)]
    if figures.customers:
        links.append(dcc.Link(_("Save as audience"), href=f"{SAVING}?{asked}"))
    if not alone:
        links.insert(0, dcc.Link(_("Open to edit or print"), href=address(group.kind, group.id)))
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
        **attributes(aria_label=_("Playbook for {group}", group=figures.name)),
    )


def _products(group: Group) -> list[Component | str]:
    listed = said.listed(group)
    if not listed:
        return []
    parts: list[Component | str] = []
    for place, (name, much) in enumerate(listed):
        parts += ["; "] * bool(place)
        parts += [html.Span(name, className="sd-prod-in sd-prod-first"), html.Small(f" {much}")]
    return woven(said.more_often(gap("products")), products=parts)


def _source(group: Group, written: Written | None) -> str:
    if written is None:
        return _("Default plan for “{strategy}”.", strategy=group.strategy.shown().name)
    return _(
        "Version {n}, by {author} on {day}.",
        n=written.version,
        author=written.author,
        day=words.date(written.saved_at),
    )


def suggestion(texts: Mapping[str, str], number: int) -> Component:
    """Show what the language model wrote; it is kept by nobody until somebody saves it."""
    return html.Div(
        [
            html.H3(_("Suggested text")),
            html.P(
                _("Written by a language model from the group’s figures. Read it before you use it."),
                className="sd-note",
            ),
            _texts(texts),
            button(_("Put into the fields"), Playbooks.take(number), small=True),
        ],
        className="sd-playbooks-suggested",
    )


def receipt(written: Written) -> Component:
    """Say that a version is kept."""
    return alert(_("Version {n} is saved.", n=written.version), _("Everyone sees it from now on."), "ok")


def meanwhile(latest: Written) -> Component:
    """Show what somebody else saved while this page was open."""
    heading = _("Version {n}, by {author}", n=latest.version, author=latest.author)
    texts = {name: getattr(latest, name) for name in said.TEXTS}
    return html.Div([html.H3(heading), _texts(texts)], className="sd-playbooks-suggested")


def _texts(texts: Mapping[str, str]) -> html.Dl:
    named = [(called(), texts[name]) for name, called in said.TEXTS.items()]
    return html.Dl(
        [part for name, text in named for part in (html.Dt(name), html.Dd(text))], className="sd-facts"
    )
