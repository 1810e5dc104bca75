"""The callback that tries an audience out before it is saved; the form's own answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State

from callbacks.audiences.view import typed
from callbacks.shared.remembered import remembered
from layouts.audiences import parts
from layouts.ids import Audiences, Shell
from services.campaigns.saving import planned
from services.campaigns.selection import SAVE, selected
from services.campaigns.trying import mix_of, rehearsed
from services.campaigns.worth import worth
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]


def register_rehearsing(app: Dash, services: Services) -> None:
    """Attach the callback of the trials to ``app``."""

    @app.callback(
        Output(Audiences.TRIALS, "children"),
        inputs={
            "starts_on": Input(Audiences.START, "value"),
            "ends_on": Input(Audiences.END, "value"),
            "share": Input(Audiences.SHARE, "value"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
        },
        prevent_initial_call=True,
    )
    def on_days_or_share(search: str | None, release_id: str | None, **values: Any) -> Any:
        return rehearse(services, services.releases.at(release_id), search, values)


def rehearse(services: Services, release: Loaded, search: str | None, values: Shown) -> Any:
    """Return what an audience is worth and what trials say of it; nothing where the form says what is wrong.

    Parameters
    ----------
    services : Services
    release : Loaded
    search : str or None
        The address's query.
    values : dict
        Days and share as they stand in the form; the answer is the same whatever the name.
    """
    query = query_of(search)
    if SAVE not in query:
        return []
    try:
        selection = selected(release, query, OptOuts(services.state))
        plan = planned(release, selection, typed(values))
    except Refusal:
        return []
    asked = release, selection.rows, plan.days, plan.share
    key = ("rehearsal", release.id, mix_of(release, selection.rows), f"{plan.days}", f"{plan.share}")
    return remembered(services, key, lambda: parts.rehearsal(plan, worth(*asked), rehearsed(*asked)))
