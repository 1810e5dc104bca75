"""The tab Data: which file, what became of its rows, how it was trained, the ledger at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts.data import ledger as data_ledger
from layouts.data import releases as data_releases
from layouts.data import shares as data_shares
from layouts.data import source as data_source
from layouts.data import sources as data_sources
from layouts.data import training as data_training
from layouts.data.contacts import contacts
from layouts.data.jobs import training
from layouts.data.retraining import Retraining, retraining
from layouts.data.unreadable import unreadable
from layouts.data.warned import warnings
from layouts.ids import Data
from layouts.parts import card, copy_link_button, empty, grid, page_head, skeleton, stack
from services.core.language.messages import _, later

if TYPE_CHECKING:
    from services.releases import ReleaseSummary
    from services.serving.release.provenance import Provenance
    from services.serving.rules.sets import RuleCount
    from services.site.sources import Failing, Standing


SUB = later("Where these numbers come from.")


def layout() -> Component:
    """Return the page as first shown; it holds no data."""
    bring = html.Span(
        dcc.Link(_("Bring a file"), href="/import", className="sd-btn"), id=Data.BRING, hidden=True
    )
    actions = [bring, copy_link_button()]
    head = page_head(_("Data"), html.Span(SUB(), id=Data.SUB), actions)
    waiting = [
        card(_("Source"), None, skeleton("rows"), width=5),
        card(_("Rows"), None, skeleton("rows"), width=7),
        card(_("Sales by month"), None, skeleton("chart"), width=6),
        card(_("When orders come"), None, skeleton("chart"), width=6),
    ]
    return html.Div(
        [
            head,
            html.Div(training(), className="sd-data-first"),
            html.Div(contacts(), id=Data.CONTACTS_PART, className="sd-data-first", hidden=True),
            html.Div(grid(waiting), id=Data.PAGE),
            html.Div(id=Data.LISTED, className="sd-data-last"),
        ]
    )


def page(found: Provenance, rules: RuleCount, time_zone: str) -> list[Component]:
    """Return what a release says of itself, below the head.

    Parameters
    ----------
    found : Provenance
    rules : RuleCount
        Of everybody's invoices.
    time_zone : str
        Named beside times that are the site's, not the shop's.
    """
    manifest, overview = found.manifest, found.overview
    cards = [
        stack(
            [
                data_source.source(found, time_zone),
                warnings(manifest.warnings),
                *unreadable(found),
            ],
            width=5,
        ),
        data_source.rows(found),
        data_source.detected(found),
        data_training.steps(found, rules),
        *_ledger(found),
        data_training.clusters(overview.k),
        data_training.cut_points(found),
    ]
    return [data_source.figures(found), grid(cards)]


def _ledger(found: Provenance) -> list[Component]:
    """Return the cards of the ledger at a glance."""
    glance, countries = found.overview.glance, found.overview.countries
    if found.of_customers:
        nothing = empty(
            _("No purchases"), _("The file has one row per customer, so it holds no single orders.")
        )
        return [card(_("Sales by month"), None, nothing, width=6), data_shares.countries(countries)]
    return [
        data_ledger.sales(found),
        data_ledger.hours(glance.hours),
        data_shares.countries(countries),
        data_shares.products(glance.products, found.revenue, found.lacks),
        data_ledger.returns(found),
    ]


def sources(found: Sequence[Standing], failing: Sequence[Failing], *, where: bool) -> Component:
    """Return what stands below the key figures: the sources that renew themselves."""
    return html.Div(data_sources.sources(found, failing, where=where), className="sd-data-sources")


def sources_unknown(sentence: str) -> Component:
    """Return what stands there where the site's records cannot be read; ``sentence`` says so."""
    return html.Div(data_sources.unknown(sentence), className="sd-data-sources")


def listed(
    releases: Sequence[ReleaseSummary], shown: str | None, standing: Retraining | None
) -> list[Component]:
    """Return what closes the page: how the active release stands, if there is one, and all that there are.

    Parameters
    ----------
    releases : sequence of ReleaseSummary
        If there is none, nothing closes the page.
    shown : str or None
        The one that the page shows.
    standing : Retraining or None
    """
    light = [] if standing is None else [retraining(standing)]
    cards = [*light, *([data_releases.releases(releases, shown)] if releases else [])]
    return [grid(cards)] if cards else []


def nothing(sentence: str) -> list[Component]:
    """Return what stands below the head where no release can be shown; ``sentence`` says why."""
    missing = card(
        _("Source"), None, empty(_("Nothing to show yet"), [sentence, " ", *data_releases.how_to_train()])
    )
    return [grid([missing])]
