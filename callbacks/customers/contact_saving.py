"""Callbacks that change what the site keeps of a customer: the opt-out and notes. Each change is logged."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from callbacks.customers.asked import asked_in
from callbacks.shared.address import one_customer
from layouts.ids import Customers, Shell
from layouts.parts import refusal
from layouts.plain import plain
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.customers.notes import Notes
from services.site.customers.opt_outs import OptOuts
from services.web.access.asking import asking

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.desk import Services
    from services.serving.customers.profile import Profile

Shown = dict[str, Any]
_WHERE = {
    "search": State(Shell.ADDRESS, "search"),
    "release_id": State(Shell.RELEASE, "data"),
    "kept": State(Customers.KEPT, "data"),
}


def register_keeping(app: Dash, services: Services) -> None:
    """Attach the callbacks of the buttons to ``app``. Dash calls each when its button appears, too."""

    def answer(error: str) -> Shown:
        return {
            "error": Output(error, "children", allow_duplicate=True),
            "revision": Output(Customers.KEPT_REVISION, "data", allow_duplicate=True),
        }

    @app.callback(
        output=answer(Customers.SWITCH_ERROR),
        inputs={"clicks": Input(Customers.SWITCH, "n_clicks"), **_WHERE},
        running=[(Output(Customers.SWITCH, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_switch(clicks: int | None, search: str | None, release_id: str | None, kept: Any) -> Shown:
        if not clicks or not isinstance(kept, dict):
            return dict.fromkeys(("error", "revision"), no_update)
        out, who = not kept.get("opted_out"), asking().account
        return keep(services, search, release_id, _meant(kept), lambda one: switch(services, one, out, who))

    @app.callback(
        output=answer(Customers.REMARK_ERROR)
        | {"text": Output(Customers.REMARK, "value", allow_duplicate=True)},
        inputs={
            "clicks": Input(Customers.REMARK_SAVE, "n_clicks"),
            "text": State(Customers.REMARK, "value"),
            **_WHERE,
        },
        running=[(Output(Customers.REMARK_SAVE, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_note(
        clicks: int | None, text: str | None, search: str | None, release_id: str | None, kept: Any
    ) -> Shown:
        if not clicks:
            return dict.fromkeys(("error", "revision", "text"), no_update)
        store, who = Notes(services.state), asking().account

        def add(one: Profile) -> None:
            store.add(one.customer_id, text or "", who)

        done = keep(services, search, release_id, _meant(kept), add)
        return done | {"text": no_update if done["error"] else ""}

    @app.callback(
        output=answer(Customers.REMARK_ERROR),
        inputs={"clicks": Input(Customers.remove(ALL), "n_clicks"), **_WHERE},
        prevent_initial_call=True,
    )
    def on_remove(clicks: list[int | None], search: str | None, release_id: str | None, kept: Any) -> Shown:
        number = (ctx.triggered_id or {}).get("index")
        if not any(clicks) or not isinstance(number, int):
            return dict.fromkeys(("error", "revision"), no_update)
        store, who = Notes(services.state), asking().account

        def remove(one: Profile) -> None:
            store.remove(one.customer_id, number, who)

        return keep(services, search, release_id, _meant(kept), remove)


def switch(services: Services, customer: Profile, out: bool, who: str) -> None:
    """Put a customer on the list of opt-outs, or take them off."""
    store = OptOuts(services.state)
    change = store.add if out else store.remove
    change([customer.customer_id], who, customer.customer_id)


def keep(
    services: Services,
    search: str | None,
    release_id: str | None,
    meant: str | None,
    change: Callable[[Profile], None],
) -> Shown:
    """Make a change of the one customer that is shown, and have the card read anew; or say why not.

    Parameters
    ----------
    services : Services
    search : str or None
        The address's query.
    release_id : str or None
    meant : str or None
        Id of the customer whose card was pressed; the address may be at the next one already.
    change : callable
    """
    try:
        release = services.releases.at(release_id)
        one = one_customer(release, asked_in(release, search).ids)
        if one.customer_id != meant:
            raise Refusal(
                _(
                    "The page now shows another customer, so nothing was changed. Check the ID, then press "
                    "again."
                ),
                "id",
            )
        change(one)
    except Refusal as refused:
        return {"error": plain(refusal(str(refused))), "revision": no_update}
    return {"error": [], "revision": token_hex(4)}


def _meant(kept: Any) -> str | None:
    return kept.get("id") if isinstance(kept, dict) else None
