"""The callback of the card "What to offer" on the tab Customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State

from layouts import customers_offers as view
from layouts.ids import Customers, Shell
from layouts.plain import plain
from services.core.refusals import Refusal
from services.serving import customers, recommendations

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.serving import Services
    from services.serving.loaded import Loaded


def register(app: Dash, services: Services, ids_in: Callable[[str | None], list[str]]) -> None:
    """Attach the card's callback to ``app``; ``ids_in`` reads the ids an address asks for."""

    @app.callback(
        output={
            "finding": Output(Customers.OFFERS_FINDING, "children"),
            "list": Output(Customers.OFFERS, "children"),
            "record": Output(Customers.OFFERS_RECORD, "children"),
        },
        inputs={
            "search": Input(Shell.ADDRESS, "search"),
            "kind": Input(Customers.OFFERS_KIND, "value"),
            "method": Input(Customers.OFFERS_METHOD, "value"),
            "release_id": State(Shell.RELEASE, "data"),
        },
    )
    def on_offers(search: str | None, kind: str, method: str, release_id: str | None) -> dict[str, Any]:
        return offers(services.releases.at(release_id), ids_in(search), kind, method)


def offers(release: Loaded, asked: list[str], kind: str, method: str) -> dict[str, Any]:
    """Return the card of the one customer asked for; empty for anything else.

    Parameters
    ----------
    release : Loaded
    asked : list of str
    kind : {"new", "again"}
    method : str
        ``best``, or one of the methods for new products; it does not matter for those bought again.
    """
    try:
        found, unknown = customers.several(release, asked)
        if len(found) != 1 or unknown:
            return view.missing("")
        again = kind == "again"
        wanted = None if again or method == "best" else method
        offered = recommendations.recommend(release, found[0].row, view.SHOWN, wanted, replenish=again)
    except Refusal as refusal:
        return view.missing(str(refusal))
    shown = view.shown(offered, recommendations.track_record(release), again=again)
    return {**shown, "list": plain(shown["list"])}
