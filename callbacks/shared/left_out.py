"""The sentence beside a file of customers: how many of the view opted out, and are not in the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State

from layouts.ids import Shell
from layouts.segments.words import of_left_out
from services.campaigns.reachable import reachable
from services.core.language.messages import later
from services.core.refusals import Refusal
from services.site.customers.opt_outs import OptOuts
from services.site.state import StateUnusable
from services.web.access.asking import seen_contacts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

    Rows = npt.NDArray[np.int32]

UNKNOWN = later("The opt-out list cannot be read at the moment, so no file was made.")


def register_left_out(
    app: Dash,
    services: Services,
    sentence: str,
    rows_in: Callable[[Loaded, str | None, str, ByContacts | None], Rows],
    containing: str | None = None,
) -> None:
    """Have a page count again who opted out: somebody else may have, or the reader in another tab.

    Parameters
    ----------
    app : Dash
    services : Services
    sentence : str
        Id of the place of the sentence.
    rows_in : callable
        Returns the rows of the view that an address asks for, with part of an id and what contacts say, None
        for who may not see them.
    containing : str, optional
        Id of the field with the part of an id.
    """

    @app.callback(
        output=Output(sentence, "children", allow_duplicate=True),
        inputs={
            "_seen": Input(Shell.SEEN, "data"),
            "search": State(Shell.ADDRESS, "search"),
            "release_id": State(Shell.RELEASE, "data"),
            **({"containing": State(containing, "value")} if containing else {}),
        },
        prevent_initial_call=True,
    )
    def on_seen(_seen: Any, search: str | None, release_id: str | None, containing: str | None = None) -> str:
        release, opt_outs = services.releases.at(release_id), OptOuts(services.state)
        try:
            rows = rows_in(release, search, containing or "", seen_contacts(services))
        except Refusal:  # there is no view, so there is no file
            return ""
        return left_out(release, rows, opt_outs)


def left_out(release: Loaded, rows: Rows, opt_outs: OptOuts) -> str:
    """Say how many customers of some rows are left out of their file, or why that cannot be known."""
    try:
        found = reachable(release, rows, opt_outs)
    except StateUnusable:
        return UNKNOWN()
    return of_left_out(found.left_out, len(rows))
