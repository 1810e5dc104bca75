"""The card "Send to another tool" of an audience, and the callback of its button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx, no_update, set_props
from dash.exceptions import PreventUpdate

from callbacks.audiences.tools import reachable_in
from layouts.audiences import push_words as said
from layouts.audiences import pushing as view
from layouts.ids import Audiences, Shell
from layouts.parts import refusal, toast
from layouts.plain import plain
from services.campaigns.pushing.asking import asked_for
from services.campaigns.pushing.composing import going
from services.core.contacts.receivers import marking
from services.core.language.messages import _
from services.core.refusals import Refusal, ReleaseUnusable
from services.site.customers.audiences import Audiences as Store
from services.site.people.roles import Action, who_may
from services.site.pushes.queue import Queue
from services.web.access.asking import Asking, asking

if TYPE_CHECKING:
    from services.campaigns.tool_files import Reached
    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
CARD = {
    "push_hidden": Output(Audiences.PUSH_CARD, "hidden"),
    "push_finding": Output(Audiences.PUSH_FINDING, "children"),
    "push_place": Output(Audiences.PUSH_PLACE, "children"),
    "push_part_hidden": Output(Audiences.PUSH_PART, "hidden"),
    "push_button": Output(Audiences.PUSH, "children"),
    "push_stop_hidden": Output(Audiences.PUSH_STOP_PART, "hidden"),
    "push_list": Output(Audiences.PUSH_LIST, "children"),
}
NONE: Shown = {
    "push_hidden": True,
    "push_finding": "",
    "push_place": "",
    "push_part_hidden": True,
    "push_button": "",
    "push_stop_hidden": True,
    "push_list": [],
}
_SHOWN = 5


def register_pushing(app: Dash, services: Services) -> None:
    """Attach the callback of the button to ``app``."""

    @app.callback(
        output={
            "card": {
                name: Output(each.component_id, each.component_property, allow_duplicate=True)
                for name, each in CARD.items()
            },
            "error": Output(Audiences.PUSH_ERROR, "children"),
        },
        inputs={
            "clicks": Input(Audiences.PUSH, "n_clicks"),
            "stops": Input(Audiences.PUSH_STOP, "n_clicks"),
            "seen": State(Audiences.SEEN, "data"),
        },
        running=[(Output(each, "disabled"), True, False) for each in (Audiences.PUSH, Audiences.PUSH_STOP)],
        prevent_initial_call=True,
    )
    def on_push(clicks: int | None, stops: int | None, seen: Shown | None) -> Shown:
        # Dash calls this too when the buttons appear
        is_stop = ctx.triggered_id == Audiences.PUSH_STOP
        if not (stops if is_stop else clicks) or seen is None:
            raise PreventUpdate
        told = (stop if is_stop else push)(services, seen, asking())
        receipt = told.pop("toast")
        if receipt is not no_update:  # as an output, it would be asked for when the button appears
            set_props(Shell.TOAST, {"data": receipt})
        return told


def push(services: Services, seen: Shown, who: Asking) -> Shown:
    """Have the audience that a page shows sent, or say why not under the button.

    Parameters
    ----------
    services : Services
    seen : dict
        ``audience`` and ``name`` as the page shows them.
    who : Asking
        For the audit log.
    """
    number, name = int(seen["audience"]), str(seen["name"])

    def ask() -> tuple[str, str]:
        release = services.releases.at(None)
        made = asked_for(services.settings, services.state, release, number, who=who.account, seen=name)[0]
        return said.asked(name, made)

    return _pressed(services, number, who, ask)


def stop(services: Services, seen: Shown, who: Asking) -> Shown:
    """Have no more of the audience sent, or say why not; as :func:`push`."""
    number, name = int(seen["audience"]), str(seen["name"])
    queue = Queue(services.state)
    return _pressed(services, number, who, lambda: said.stopped(name, queue.stop(number, who=who.account)))


def _pressed(services: Services, number: int, who: Asking, act: Callable[[], tuple[str, str]]) -> Shown:
    try:
        told = act()
        shown = card(services, number, who)
    except Refusal as refused:
        untouched = dict.fromkeys(CARD, no_update)
        return {"card": untouched, "error": plain(refusal(str(refused))), "toast": no_update}
    return {"card": shown, "error": [], "toast": toast(*told)}


def card(
    services: Services, audience: int, who: Asking, known: tuple[Loaded, Reached | None] | None = None
) -> Shown:
    """Return the card of an audience, as of now.

    Parameters
    ----------
    services : Services
    audience : int
    who : Asking
        The button is for those alone who may take customers away.
    known : (Loaded, Reached or None), optional
        A release, and who may be reached by it, where that was found already; None without any contacts.

    Raises
    ------
    StateUnusable
    """
    settings = services.settings
    receiver, called = settings.push_receiver, settings.push_called
    if receiver is None or called is None:
        return NONE
    pushes = Queue(services.state).listed(audience)
    may, is_open = who.may(Action.EXPORT), any(each.is_open for each in pushes)
    shown = NONE | {
        "push_hidden": False,
        "push_stop_hidden": not (may and is_open),
        "push_button": _("Send to {receiver}", receiver=called),
        "push_list": plain(view.sent(pushes[:_SHOWN])),
    }
    try:
        release = services.releases.at(None)  # which says who opted out when it is sent
    except ReleaseUnusable as refused:
        return shown | {"push_finding": str(refused)}
    if known is not None and known[0].id == release.id:
        reached = known[1]
    else:
        reached = reachable_in(services, release, audience)
    if reached is None:
        nobody = _("There are no contacts yet, so nothing can be sent to {receiver}.", receiver=called)
        return shown | {"push_finding": nobody}
    found = going(receiver, reached)
    place = said.of_place(called, settings.push_list, settings.push_property, marking(audience))
    finding = [said.of_going(len(found.contacts), called, found.left_out)]
    if not may:
        finding.append(_("It takes the role {role} to send them.", role=who_may(Action.EXPORT)))
    return shown | {
        "push_finding": " ".join(finding),
        "push_place": place,
        "push_part_hidden": not may or not found.contacts or is_open,
    }


def card_of(services: Services, number: str, who: Asking) -> Shown:
    """Return the card of the audience that an address opens; hidden where it opens none.

    Raises
    ------
    StateUnusable
    """
    known = {str(each.id): each.id for each in Store(services.state).listed()}
    return card(services, known[number], who) if number in known else NONE
