"""Callbacks of the tab Predict: the address holds the question, so a link is its own answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks.predict.view import LONGEST_SHOWN, ask, parts, query_with, show, slide, starts_from
from callbacks.shared.remembered import remembered
from layouts.ids import Predict, Shell
from services.core.refusals import ReleaseUnusable
from services.core.vocabulary import AXES
from services.web.access.asking import asking, tells_of

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

TRACKS = [Output(Predict.track(axis), "children") for axis in AXES]
# assets/predict/*.js returns them by their names.
BUILT = [
    *(Output(Predict.field(axis), "value") for axis in AXES),
    *(Output(Predict.slider(axis), "value") for axis in AXES),
    *(Output(Predict.error(axis), "children") for axis in AXES),
    Output(Predict.CUSTOMER_ERROR, "children"),
    Output(Predict.START, "children"),
    *TRACKS,
    Output(Predict.SEGMENT, "children"),
    Output(Predict.SCORE, "children"),
    Output(Predict.SENTENCE, "children"),
    Output(Predict.CLUSTER, "children"),
    Output(Predict.MARGIN, "children"),
    Output(Predict.RANGE, "children"),
    Output(Predict.CHANGES_FINDING, "children"),
    Output(Predict.CHANGES, "children"),
    Output(Predict.DISTANCES_FINDING, "children"),
    Output(Predict.DISTANCES, "children"),
    Output(Predict.PEOPLE_FINDING, "children"),
    Output(Predict.PEOPLE, "children"),
    Output(Predict.NOTES, "children"),
    Output(Predict.CROSSING, "children"),
]
OF_RELEASE = {
    "sub": Output(Predict.SUB, "children"),
    "labels": {axis: Output(Predict.label(axis), "children") for axis in AXES},
    "hints": {axis: Output(Predict.hint(axis), "children") for axis in AXES},
    "units": {axis: Output(Predict.unit(axis), "children") for axis in ("recency", "frequency")},
    "rows_hint": Output(Predict.ROWS_HINT, "children"),
    "parts": Output(Predict.PARTS, "data"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    _register_browser(app)

    @app.callback(
        output={
            "state": Output(Predict.STATE, "children"),
            "data": Output(Predict.DATA, "data"),
            "search": Output(Shell.ADDRESS, "search", allow_duplicate=True),
        },
        inputs={"asked": Input(Predict.ASKED, "data"), "release_id": State(Shell.RELEASE, "data")},
        prevent_initial_call=True,
    )
    def on_question(asked: Any, release_id: str | None) -> dict[str, Any]:
        release = services.releases.at(release_id)
        shown = answered(release, asked)
        if asking().name:
            tells_of(release.id, starts_from(release, shown["data"]["under"][1]))
        return shown

    @app.callback(
        Output(Predict.PAINT, "data"),
        Input(Predict.SLID, "data"),
        State(Shell.RELEASE, "data"),
        prevent_initial_call=True,
    )
    def on_slide(typed: Any, release_id: str | None) -> dict[str, Any] | None:
        return slide(services.releases.at(release_id), typed)

    @app.callback(output=OF_RELEASE, inputs={"release_id": Input(Shell.RELEASE, "data")})
    def on_release(release_id: str | None) -> dict[str, Any]:
        try:
            release = services.releases.at(release_id)
        except ReleaseUnusable:
            return _nothing()  # the answer's place says why
        return remembered(services, ("predict", release.id), lambda: parts(release))


def answered(release: Loaded, asked: Any) -> dict[str, Any]:
    """Return the page for its address or for the button that was pressed, and the address it then has.

    Parameters
    ----------
    release : Loaded
    asked : object
        From ``assets/predict/predict.js``: ``search``, the address's query; ``by``, the button (``submit``,
        ``customer`` or ``reset``) or None for the address itself; ``typed``, what stands in the three fields;
        ``customer``, what stands in the box; ``ask``, the question's number, which the answer repeats.
    """
    asked = asked if isinstance(asked, dict) else {}
    search, by = asked.get("search"), asked.get("by")
    search = search if isinstance(search, str) else ""
    to: str | None = None
    if by == "submit":
        to, shown = ask(release, search, asked.get("typed"))
    elif by in ("customer", "reset"):
        named = str(asked.get("customer") or "")[:LONGEST_SHOWN].strip() if by == "customer" else ""
        to = query_with({"customer": named} if named else {}, search)
        shown = show(release, to, unnamed=by == "customer" and not named)
    else:
        shown = show(release, search)
    # text typed since belongs to the reader: under the address that was asked, or under the one to come
    shown["data"] |= {"ask": asked.get("ask"), "under": [search, search if to is None else to]}
    return shown | {"search": no_update if to is None or to == search else to}


def _nothing() -> dict[str, Any]:
    return {
        name: dict.fromkeys(output, "") if isinstance(output, dict) else None
        for name, output in OF_RELEASE.items()
    }


def _register_browser(app: Dash) -> None:
    """Let the browser ask for an address or for what was typed, and build what was answered."""
    app.clientside_callback(
        ClientsideFunction("desk_predict", "follow"),
        Output(Predict.ASKED, "data"),
        Input(Shell.ADDRESS, "search"),
        State(Predict.DATA, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("desk_predict", "ask"),
        Output(Predict.ASKED, "data", allow_duplicate=True),
        Input(Predict.SUBMIT, "n_clicks"),
        Input(Predict.CUSTOMER_SUBMIT, "n_clicks"),
        Input(Predict.RESET, "n_clicks"),
        *(State(Predict.field(axis), "value") for axis in AXES),
        State(Predict.CUSTOMER, "value"),
        State(Shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk_predict", "build"),
        BUILT,
        Input(Predict.DATA, "data"),
        Input(Predict.PARTS, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("desk_predict", "paint"),
        [
            *(Output(Predict.slider(axis), "value", allow_duplicate=True) for axis in AXES),
            *(Output(track.component_id, "children", allow_duplicate=True) for track in TRACKS),
        ],
        Input(Predict.PAINT, "data"),
        prevent_initial_call=True,
    )
