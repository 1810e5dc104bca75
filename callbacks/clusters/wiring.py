"""Callbacks of the tab Clusters: the number of clusters in the address, and the report on those served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import MATCH, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from callbacks.clusters.training import register_training
from callbacks.shared.remembered import remembered
from callbacks.shared.steps import pressed_in, register_steps
from layouts import words
from layouts.clusters import frame as view
from layouts.clusters import profiles as profiling
from layouts.clusters import spread as spreading
from layouts.clusters.choice import tried
from layouts.clusters.compared import algorithms
from layouts.clusters.words import clusters_text, customers_text
from layouts.ids import Clusters, Shell
from layouts.parts import grid
from services.core.language.messages import _
from services.core.parameters import odd_on_page
from services.core.text.addresses import query_of
from services.serving.clusters.report import Looked, Part, look_at, profiles, report_of, scattered, times
from services.site.people.roles import Action
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

_PARTS: tuple[Part, ...] = ("hours", "weekdays", "months")


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    register_training(app, services)
    register_steps(app, Clusters.STEP, [Input(Clusters.K, "value")])

    @app.callback(
        output={
            "sub": Output(Clusters.SUB, "children"),
            "options": Output(Clusters.K, "options"),
            "bar_hidden": Output(Clusters.CHOICE_BAR, "hidden"),
            "served": Output(Clusters.SERVED, "children"),
        },
        inputs={"release_id": Input(Shell.RELEASE, "data")},
    )
    def on_release(release_id: str | None) -> dict[str, Any]:
        release = services.releases.at(release_id)
        return remembered(services, ("clusters", release.id), lambda: show_served(release))

    @app.callback(
        output={
            "k": Output(Clusters.K, "value"),
            "notes": Output(Clusters.NOTES, "children"),
            "tried": Output(Clusters.TRIED, "children"),
            "train_hidden": Output(Clusters.TRAIN_BAR, "hidden"),
            "trained": Output(Clusters.TRAINED, "children", allow_duplicate=True),
            "address": Output(Shell.ADDRESS, "search", allow_duplicate=True),
        },
        inputs={
            "step": Input(Clusters.STEP, "data"),
            "chosen": State(Clusters.K, "value"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_step(
        step: dict[str, Any], chosen: str | None, search: str | None, release_id: str | None
    ) -> dict[str, Any]:
        release = services.releases.at(release_id)
        to: Any = choose_k(release, chosen, search) if pressed_in(step) else no_update
        search = search if to is no_update else to
        report = report_of(release)
        looked = look_at(release, report, query_of(search)) if report else None
        preview = looked is not None and looked.k != looked.served
        own = {"address": to, "train_hidden": not (preview and asking().may(Action.TRAIN)), "trained": []}
        if looked is None or looked.note or _odd(search):
            return show_k(release, search) | own
        key = ("clusters-k", release.id, str(looked.k))
        return remembered(services, key, lambda: show_k(release, search)) | own

    @app.callback(
        output=Output(Clusters.space(MATCH), "children"),
        inputs={
            "clicks": Input(Clusters.draw(MATCH), "n_clicks"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_draw(clicks: int | None, release_id: str | None) -> Any:
        return draw(services.releases.at(release_id)) if clicks else no_update


def draw(release: Loaded) -> Any:
    """Return customers in three axes: only on request, for a browser may take seconds to start WebGL."""
    report = report_of(release)
    if report is None:
        return no_update
    return spreading.drawn(*scattered(release, report), release.clusters, release.count)


def show_served(release: Loaded) -> dict[str, Any]:
    """Return all that is about the clusters served."""
    report = report_of(release)
    if report is None:
        return {"sub": view.SUB(), "options": [], "bar_hidden": True, "served": view.missing()}
    unit = release.overview.axes["frequency"].unit
    found = profiles(release, report)
    letters = [each.cluster.letter for each in found]
    when = {part: times(report, part) for part in _PARTS}
    prices = report["profiles"]["prices"]
    edges = prices["edges"] if prices else None
    cards: list[Component] = [
        profiling.profile_card(each, unit, when, edges, place) for place, each in enumerate(found)
    ]
    cards += [
        profiling.snake(found, unit),
        spreading.space(found, release.id),
    ]
    cards += profiling.spread(found, unit)
    cards.append(spreading.by_segment(report["segments"], release.segments, release.clusters))
    cards += [spreading.when(part, when[part], letters) for part in _PARTS]
    cards += algorithms(report["algorithms"], report["explanation"])
    sub = _(
        "{customers} in {clusters}, alike in recency, frequency and spend, on {day}.",
        customers=customers_text(release.count),
        clusters=clusters_text(len(letters)),
        day=words.date(release.manifest.data_to),
    )
    ks = [entry["k"] for entry in report["evidence"]["ks"]]
    return {
        "sub": sub,
        "options": view.options(ks, release.manifest.k),
        "bar_hidden": False,
        "served": [html.H2(_("The clusters in use"), className="sd-part"), grid(cards)],
    }


def show_k(release: Loaded, search: str | None) -> dict[str, Any]:
    """Return the evidence, and the clusters of the k that the address asks for."""
    report = report_of(release)
    if report is None:
        return {"k": None, "notes": [], "tried": []}
    query = query_of(search)
    looked = look_at(release, report, query)
    shown = tried(
        report["evidence"],
        looked.k,
        release.clusters,
        release.overview.k.reason,
    )
    ignored = [*_odd(search), *filter(None, [looked.note])]
    return {"k": str(looked.k), "notes": view.notes(looked.k, looked.served, ignored), "tried": shown}


def _odd(search: str | None) -> list[str]:
    return [each.noted for each in odd_on_page(query_of(search, blanks=True), ("k",))]


def choose_k(release: Loaded, chosen: str | None, search: str | None) -> Any:
    """Write the k that was chosen into the address; nothing where it stands there already."""
    report = report_of(release)
    if report is None or not chosen or not (chosen.isascii() and chosen.isdecimal()):
        return no_update
    query = query_of(search)
    looked = look_at(release, report, query)
    if looked.k == int(chosen):
        return no_update
    return _search(looked, query, int(chosen))


def _search(looked: Looked, query: dict[str, list[str]], k: int) -> str:
    others = {name: values for name, values in query.items() if name != "k"}
    asked = others if k == looked.served else others | {"k": [str(k)]}
    return "?" + urlencode(asked, doseq=True) if asked else ""
