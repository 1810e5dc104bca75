"""Callbacks of the tab Churn: from the address to threshold, map, profit and the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.churn.view import frame, show
from callbacks.shared.contact_filters import offered, offering, register_contact_filters
from callbacks.shared.kept import kept
from callbacks.shared.lists import Chosen, List
from callbacks.shared.views import register_views
from layouts.churn import words as said
from layouts.churn.frame import SAVING
from layouts.churn.list import PORTION
from layouts.ids import Churn, Shell
from services.core.churn.costs import FIGURES
from services.core.filters import CHOICES, REPEATED
from services.core.text.addresses import query_of
from services.serving.churn.asked import KEYS
from services.serving.churn.people import answer, listed_at_risk, rows_by_loss
from services.web.access.asking import seen_contacts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
VIEW = {
    "missing": Output(Churn.MISSING, "children"),
    "body_class": Output(Churn.BODY, "className"),
    "chips": Output(Churn.CHIPS, "children"),
    "found": Output(Churn.FOUND, "children"),
    "notes": Output(Churn.NOTES, "children"),
    "kpis": Output(Churn.KPIS, "children"),
    "map": Output(Churn.MAP, "children"),
    "map_finding": Output(Churn.MAP_FINDING, "children"),
    "profit": Output(Churn.PROFIT, "figure"),
    "profit_finding": Output(Churn.PROFIT_FINDING, "children"),
    "profit_table": Output(Churn.PROFIT_TABLE, "children"),
    "profit_note": Output(Churn.PROFIT_NOTE, "children"),
    "list_finding": Output(Churn.LIST_FINDING, "children"),
    "list_class": Output(Churn.LIST, "className"),
    "part": Output(Churn.PART, "children"),
    "nothing": Output(Churn.NOTHING, "children"),
    "audience_label": Output(Churn.AUDIENCE, "children"),
    "export_hidden": Output(Churn.EXPORT, "hidden"),
    "segments": Output(Churn.SEGMENTS, "children"),
    "segments_finding": Output(Churn.SEGMENTS_FINDING, "children"),
    "clusters": Output(Churn.CLUSTERS, "children"),
    "clusters_finding": Output(Churn.CLUSTERS_FINDING, "children"),
    "confusion": Output(Churn.CONFUSION, "children"),
    "costs": Output(Churn.COSTS, "data"),
}
FRAME = {
    "sub": Output(Churn.SUB, "children"),
    "menus": {name: Output(Churn.menu(name), "children") for name in CHOICES},
    "columns": Output(Churn.GRID, "columnDefs"),
    "calibration": Output(Churn.CALIBRATION, "figure"),
    "calibration_finding": Output(Churn.CALIBRATION_FINDING, "children"),
    "calibration_table": Output(Churn.CALIBRATION_TABLE, "children"),
    "calibration_note": Output(Churn.CALIBRATION_NOTE, "children"),
    "cuts": Output(Churn.CUTS, "children"),
    "cuts_finding": Output(Churn.CUTS_FINDING, "children"),
    "cuts_note": Output(Churn.CUTS_NOTE, "children"),
    "models": Output(Churn.MODELS, "children"),
    "models_finding": Output(Churn.MODELS_FINDING, "children"),
    "roc": Output(Churn.ROC, "figure"),
    "precision": Output(Churn.PRECISION, "figure"),
    "lift": Output(Churn.LIFT, "figure"),
    "framed": Output(Churn.FRAMED, "data"),
}
CONTACTS = offering("churn")


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    _in_the_browser(app)
    LISTED.register(app, services)
    register_contact_filters(app, services, "churn")
    register_views(app, services, "churn", (*KEYS, *REPEATED))

    @app.callback(
        output={"view": VIEW, "frame": FRAME, "contacts": CONTACTS, **LISTED.with_page},
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            "framed": State(Churn.FRAMED, "data"),
        },
        prevent_initial_call="initial_duplicate",
    )
    def on_address(search: str | None, release_id: str | None, framed: bool | None) -> Shown:
        release, seen = services.releases.at(release_id), seen_contacts(services)
        return {
            "view": show(release, search, seen),
            "frame": kept(FRAME) if framed else frame(release),
            "contacts": kept(CONTACTS) if framed else offered(seen),
            **LISTED.first(services, release, search),
        }

    @app.callback(**LISTED.asking)
    def on_rows(asked: Shown | None, search: str | None, release_id: str | None) -> Shown:
        return LISTED.answer(services, asked, search, release_id)


def _in_the_browser(app: Dash) -> None:
    controls = [(Churn.typed(each.name), Churn.slider(each.name)) for each in FIGURES]
    fields = [name for pair in zip(*controls, strict=True) for name in pair]
    app.clientside_callback(
        ClientsideFunction("churn", "pair"),
        *(Output(name, "value") for name in fields),
        *(Input(name, "value") for name in fields),
        Input(Churn.COSTS, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("filters", "mark"),
        Output(Churn.MARKED, "data"),
        Input(Shell.ADDRESS, "search"),
        Input(Churn.menu("country"), "children"),
    )


def chosen(
    release: Loaded, search: str | None, _containing: str, by_contacts: ByContacts | None = None
) -> Chosen:
    """Return the customers that an address lists, the highest expected loss first.

    Raises
    ------
    Refusal
        If the release gives no chance.
    """
    found, churn = answer(release, query_of(search), by_contacts), release.overview.churn

    def told(rows: npt.NDArray[np.int32]) -> list[Shown]:
        return [
            customer
            | {
                "churn": said.chance(customer["churn"], customer["churn_low"], customer["churn_high"]),
                "record": said.record(customer["left"], customer["of"]),
                "why": said.why(customer.pop("reasons"), churn.reasons if churn else ()),
            }
            for customer in listed_at_risk(release, found, rows)
        ]

    return Chosen(found.asked.pairs, lambda _sort: rows_by_loss(release, found), told)


LISTED = List(Churn, "/churn", SAVING, PORTION, chosen, sorts=False)
