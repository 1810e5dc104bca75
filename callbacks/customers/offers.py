"""The card "What to offer" on the tab Customers: filled with the other cards, and by its own two choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State

from callbacks.customers.asked import asked_in
from callbacks.shared.address import one_or_none
from layouts.customers import offers as view
from layouts.ids import Customers, Shell
from layouts.plain import plain
from services.core.refusals import Refusal
from services.serving.customers import recommendations

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.desk import Services
    from services.serving.release.loaded import Loaded

PLACES = {
    "offers_finding": (Customers.OFFERS_FINDING, "children"),
    "offers_hidden": (Customers.OFFERS_CHOICE, "hidden"),
    "offers": (Customers.OFFERS, "children"),
    "offers_record": (Customers.OFFERS_RECORD, "children"),
}
OUTPUTS = {name: Output(*place) for name, place in PLACES.items()}


def register(
    app: Dash,
    services: Services,
    tell: Callable[[Loaded, list[str]], None],
) -> None:
    """Attach the card's choices to ``app``.

    Parameters
    ----------
    app : Dash
    services : Services
    tell : callable
        Has it logged whom they look up.
    """

    @app.callback(
        output={name: Output(*place, allow_duplicate=True) for name, place in PLACES.items()},
        inputs={
            "kind": Input(Customers.OFFERS_KIND, "value"),
            "method": Input(Customers.OFFERS_METHOD, "value"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_choice(kind: str, method: str, search: str | None, release_id: str | None) -> dict[str, Any]:
        release = services.releases.at(release_id)
        asked = asked_in(release, search).looked_up
        tell(release, asked)
        profile = one_or_none(release, asked)
        return offers(release, profile.row, kind, method) if profile else plain(view.missing(""))


def offers(release: Loaded, row: int, kind: str, method: str) -> dict[str, Any]:
    """Return the card of the customer in a row, or in its place why there is none.

    Parameters
    ----------
    release : Loaded
    row : int
    kind : {"new", "again"}
    method : str
        ``best``, or one of the methods for new products; it does not matter for those bought again.
    """
    again = kind == "again"
    wanted = None if again or method == "best" else method
    try:
        offered = recommendations.recommend(release, row, view.SHOWN, wanted, replenish=again)
    except Refusal as refusal:
        return view.missing(str(refusal))
    shown: dict[str, Any] = plain(view.shown(offered, recommendations.track_record(release), again=again))
    return shown
