"""One's own account: its password, and where it is signed in."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, g, make_response, render_template_string, request
from werkzeug.exceptions import BadRequest, Forbidden

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.oidc_settings import OidcSettings
from services.site.people import browsers
from services.site.people.audit import What
from services.site.people.devices import SECONDS as DEVICE_SECONDS
from services.site.people.passwords import SHORTEST
from services.site.people.roles import Action
from services.site.people.tries import TooManyTries
from services.site.state import StateUnusable
from services.web.access.person import Door
from services.web.access.sent import cookie_name, device_cookie_name, keep_cookie, refuse_in_the_clear

TEMPLATE = (Path(__file__).parent / "account.html").read_text(encoding="utf-8")
MOST_BYTES = 40_000


def install(server: Flask, door: Door, settings: OidcSettings, head: str) -> None:
    """Add ``/account`` to ``server``.

    Parameters
    ----------
    server : Flask
    door : Door
    settings : OidcSettings
        With whom those sign in who have no password.
    head : str
        The style sheets and the theme script.
    """

    def page(*, status: int = 200, done: str = "", refused: str = "", chosen: bool = False) -> Response:
        guarded = door.guarded
        shown = render_template_string(
            TEMPLATE,
            head=head,
            person=g.person if guarded else None,
            actions=_listing([action.said for action in Action if g.person.role.may(action)]),
            browser=browsers.shown,
            sessions=door.sessions.open_of(g.person.name, _session()) if guarded else [],
            called=settings.oidc_called,
            shortest=SHORTEST,
            done=done,
            refused=refused,
            first=g.person.first_password and not chosen,
            chosen=chosen,
        )
        return make_response(shown, status)

    @server.get("/account")
    def account_page() -> Response:
        return page()

    @server.post("/account")
    def change_account() -> Response:
        refuse_in_the_clear()
        request.max_content_length = MOST_BYTES
        if not door.guarded:
            raise Forbidden(_("Nobody signs in to this site yet, so there is no account to change."))
        change, name = request.form.get("change", ""), g.person.name
        if change == "password":
            status, refused = changed(door, name)
            if status:
                return page(status=status, refused=refused)
            answer = page(done=_("Your password is changed. Your other sessions have ended."), chosen=True)
            device = door.sessions.device_of(name, request.cookies.get(device_cookie_name()))
            keep_cookie(answer, device_cookie_name(), device, DEVICE_SECONDS)
            return answer
        if change == "end":
            ended = door.sessions.end(name, request.form.get("session", "")[:64])
            return page(done=_("The session has ended.") if ended else _("That session was over already."))
        if change == "end-others":
            ended_now = door.sessions.end_others(name, _session())
            return page(
                done=_("All your other sessions have ended.")
                if ended_now
                else _("There was no other session.")
            )
        raise BadRequest(_("The form names no change that can be made here."))


def changed(door: Door, name: str) -> tuple[int, str]:
    """Change the password as the form says; a wrong one is logged.

    Returns
    -------
    tuple
        0 and nothing, or a status and the sentence of the refusal.
    """
    old, password = request.form.get("old", ""), request.form.get("password", "")
    if password != request.form.get("again", ""):
        return 400, _("The two new passwords differ: type the same one twice.")
    address, device = request.remote_addr or "", request.cookies.get(device_cookie_name())
    try:
        door.sessions.change_password(name, old, password, address, _session(), device)
    except StateUnusable as refusal:
        return 503, str(refusal)
    except TooManyTries as refusal:
        door.note(name, What.ACCOUNT, name, result="password: too many tries")
        return 429, str(refusal)
    except Refusal as refusal:
        door.note(name, What.ACCOUNT, name, result="password not changed")
        return 400, str(refusal)
    return 0, ""


def _listing(parts: list[str]) -> str:
    *others, last = parts
    return _("{others} and {last}", others=", ".join(others), last=last) if others else last


def _session() -> str:
    return request.cookies.get(cookie_name(), "")
