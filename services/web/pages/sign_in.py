"""The sign-in page, and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, Response, make_response, redirect, render_template_string, request
from werkzeug.wrappers import Response as Redirect

from services.core.refusals import Refusal
from services.site.people.accounts import known_as
from services.site.people.audit import What, tame
from services.site.people.browsers import browser_of
from services.site.people.devices import SECONDS as DEVICE_SECONDS
from services.site.people.opened import LONGEST_SECONDS
from services.site.people.tries import TooManyTries
from services.site.state import StateUnusable
from services.web.access.person import Door
from services.web.access.sent import (
    LONGEST_ADDRESS,
    asked_for,
    cookie_name,
    device_cookie_name,
    keep_cookie,
    own_path,
    refuse_in_the_clear,
)
from services.web.pages import elsewhere

if TYPE_CHECKING:
    from services.site.provider.signing_in import Provider

PAGE = (Path(__file__).parent / "sign_in.html").read_text(encoding="utf-8")
MOST_BYTES = 40_000  # an address of 8 kB takes three times as much where all its signs are written as %XX


def install(server: Flask, door: Door, provider: Provider | None, head: str) -> None:
    """Add ``/sign-in``, ``/sign-out`` and what leads to the provider to ``server``.

    Parameters
    ----------
    server : Flask
    door : Door
    provider : Provider or None
        With whom people sign in as well.
    head : str
        The style sheets and the theme script.
    """

    def page(
        status: int = 200, refused: str = "", name: str = "", wanted: str | None = None, *, left: bool = False
    ) -> Response:
        if wanted is None:
            wanted = own_path(request.values.get("next") if request.path == "/sign-in" else asked_for())
        # on a POST the password that was typed
        told = "password" in request.values
        shown = render_template_string(
            PAGE,
            head=head,
            refused=refused,
            name=name,
            wanted=wanted,
            called=provider.called if provider else "",
            to_provider=_with_next("/sign-in/oidc", wanted),
            form=provider is None or provider.password_form or told,
            to_form=_with_next("/sign-in?password=1", wanted),
            left=left,
        )
        return make_response(shown, status)

    elsewhere.install(server, door, provider, lambda status, said, wanted: page(status, said, wanted=wanted))

    @server.get("/sign-in")
    def sign_in_page() -> Response | Redirect:
        if door.person() is not None:
            return redirect(own_path(request.args.get("next")))
        return page(left=provider is not None and request.args.get("left") == "1")

    @server.post("/sign-in")
    def sign_in() -> Response | Redirect:
        refuse_in_the_clear()
        request.max_content_length = MOST_BYTES
        status, answer = tried(door)
        if status:
            return page(status, answer, tame(request.form.get("name", ""))[:64])
        leave = redirect(own_path(request.form.get("next")))
        device = door.sessions.device_of(
            request.form.get("name", ""), request.cookies.get(device_cookie_name())
        )
        keep_cookie(leave, cookie_name(), answer, LONGEST_SECONDS)
        keep_cookie(leave, device_cookie_name(), device, DEVICE_SECONDS)
        return leave

    @server.post("/sign-out")
    def sign_out() -> Redirect:
        session_id = request.cookies.get(cookie_name())
        person = door.sessions.who(session_id) if session_id else None
        if session_id and person:
            door.sessions.sign_out(session_id)
            door.note(person.name, What.SIGN_OUT)
        there = provider is not None and person is not None and person.elsewhere
        answer = redirect("/sign-in?left=1" if there else "/sign-in")
        answer.delete_cookie(cookie_name(), secure=request.is_secure, httponly=True, samesite="Lax")
        return answer


def tried(door: Door) -> tuple[int, str]:
    """Try the form's name and password; every try is logged.

    Returns
    -------
    tuple
        0 and the id of the new session, or a status and the sentence of the refusal.
    """
    name, address = request.form.get("name", ""), request.remote_addr or ""
    browser = browser_of(request.user_agent.string)
    password = request.form.get("password", "")
    before, device = (request.cookies.get(cookie) for cookie in (cookie_name(), device_cookie_name()))
    who = known_as(name)
    try:
        made = door.sessions.sign_in(name, password, address, before, device, browser)
    except StateUnusable as refusal:
        return 503, str(refusal)
    except TooManyTries as refusal:
        door.note(who, What.SIGN_IN, address, result="too many tries")
        return 429, str(refusal)
    except Refusal as refusal:
        door.note(who, What.SIGN_IN, address, result="failed")
        return 401, str(refusal)
    door.note(who, What.SIGN_IN, address)
    return 0, made


def _with_next(address: str, wanted: str) -> str:
    """Return an address with the path to go on to, where both fit into one."""
    if wanted == "/":
        return address
    whole = f"{address}{'&' if '?' in address else '?'}next={quote(wanted, safe='/')}"
    return whole if len(whole) <= LONGEST_ADDRESS else address
