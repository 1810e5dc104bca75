"""The sentence beside a file of customers: how many of the view opted out, and are not in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from dash import Dash, Input, Output, State

from layouts.ids import Shell
from layouts.segments.words import of_left_out
from services.campaigns.reachable import reachable
from services.campaigns.selection import selected
from services.core.refusals import Refusal
from services.site.customers.opt_outs import OptOuts
from services.site.state import StateUnusable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.release.loaded import Loaded

UNKNOWN = "Who opted out cannot be read now, so there is no file."


def register_left_out(app: Dash, services: Services, sentence: str, saving: str) -> None:
    """Have a page count anew who opted out: meanwhile somebody else may have, or the reader in another tab.

    Parameters
    ----------
    app : Dash
    services : Services
    sentence : str
        Id of the place of the sentence.
    saving : str
        Id of the link that saves the view as an audience; its address names the view.
    """

    @app.callback(
        Output(sentence, "children", allow_duplicate=True),
        Input(Shell.SEEN, "data"),
        State(saving, "href"),
        State(Shell.RELEASE, "data"),
        prevent_initial_call=True,
    )
    def on_seen(_seen: Any, address: str | None, release_id: str | None) -> str:
        return again(services.releases.at(release_id), address, OptOuts(services.state))


def again(release: Loaded, address: str | None, opt_outs: OptOuts) -> str:
    """Say of the view that an address would save who is left out of its file."""
    try:
        found = selected(release, parse_qs((address or "").partition("?")[2]), opt_outs)
    except StateUnusable:
        return UNKNOWN
    except Refusal:  # there is no view, so there is no file
        return ""
    return of_left_out(found.left_out, len(found.rows) + found.left_out)


def left_out(release: Loaded, rows: npt.NDArray[np.int32], opt_outs: OptOuts) -> str:
    """Say how many customers of some rows are left out of their file, or why that cannot be known."""
    try:
        found = reachable(release, rows, opt_outs)
    except StateUnusable:
        return UNKNOWN
    return of_left_out(found.left_out, len(rows))
