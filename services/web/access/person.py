"""Who asks, and whether they may: from the server's own records, never from anything in a body."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, request
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response as Redirect

from services.core.language.messages import _, later
from services.core.refusals import Refusal
from services.site.people.accounts import Accounts
from services.site.people.audit import NOBODY, Audit, What
from services.site.people.entering import Entering
from services.site.people.roles import Action, Role, who_may
from services.site.people.sessions import Person, Sessions
from services.site.people.tokens import UNKNOWN, Tokens
from services.site.settings import Settings
from services.site.state import State, StateUnusable
from services.web.access.sent import LONGEST_ADDRESS, asked_for, cookie_name, from_here, shows_token
from services.web.access.table import (
    CALLBACKS,
    EXPORTS,
    LOOK_UP_ROUTES,
    OPEN,
    OWN_EXPORTS,
    OWN_PAGE,
    PAGES,
    ROUTES,
    UNNOTICED,
)
from services.web.answers.failure import failure, to_program
from services.web.answers.references import new_reference

log = logging.getLogger(__name__)

LOCAL = Person(NOBODY, Role.ADMIN)
"""Who uses a site that nobody signs in to."""
_READING = ("GET", "HEAD")
_NO_TOKEN = later(
    "The token is missing, unknown, expired or revoked. Send a valid one in the header Authorization: "
    "Bearer; create one with python -m services tokens add NAME --role ROLE."
)
_FRESH_SECONDS = 1.0
_SHOWN_SECONDS = 60.0
_MOST_SHOWN = 10_000


class Door:
    """Knows the people of one site.

    Parameters
    ----------
    settings : Settings
    state : State
    """

    def __init__(self, settings: Settings, state: State) -> None:
        self.state = state
        self.accounts = Accounts(state)
        self.audit = Audit(state)
        # Without SECRET_KEY, which only a site on loopback may lack, sessions end with the process.
        key = settings.secret_key or secrets.token_hex(32)
        self.sessions = Sessions(state, key)
        self.entering = Entering(state, key)
        self.tokens = Tokens(state, key)
        self._hosted = settings.hosted
        self._asked = -_FRESH_SECONDS
        self._any = False
        self._shown: dict[tuple[str, str, str], float] = {}

    @property
    def guarded(self) -> bool:
        """Whether people have to sign in: the site is hosted, or there is an account."""
        if self._hosted or self._any:
            return True
        now = time.monotonic()
        if now - self._asked >= _FRESH_SECONDS:
            self._any, self._asked = self.accounts.any(), now
        return self._any

    def enter(self) -> Redirect | None:
        """Let the request to its route, or not; ``g.person`` is who asks from here on.

        Returns
        -------
        Response or None
            Leads to the sign-in page, or to where a first password is changed.

        Raises
        ------
        Unauthorized, Forbidden
        """
        if request.url_rule is None:
            return None  # Flask answers 404 or 405
        needed = ROUTES.get(request.url_rule.rule)
        if needed is None:
            raise Forbidden(_("This address is not available."))
        if needed == OPEN:
            return None
        person = self.person()
        if person is None:
            if to_program():
                raise Unauthorized(_NO_TOKEN())
            if request.url_rule.rule in PAGES and request.method in _READING:
                return _to_sign_in()
            raise Unauthorized(_("Your session has ended. Sign in again to continue."))
        g.person = person
        if person.first_password and request.url_rule.rule != OWN_PAGE:
            if request.url_rule.rule in PAGES and request.method in _READING:
                return redirect(OWN_PAGE)
            raise Forbidden(_("Choose a password of your own first, on the page Your account."))
        if to_program() and self.guarded and not shows_token() and request.method not in _READING:
            raise Forbidden(_("Signed-in users can only read here. Send a token instead."))
        self._allow(person, needed, request.url_rule.rule)
        return None

    def person(self) -> Person | None:
        """Return who asks, or None.

        Raises
        ------
        Forbidden
            If the site is open to this computer alone and the request comes from elsewhere.
        TooManyTries
            After many wrong tokens.
        """
        if not self.guarded and not from_here():
            raise Forbidden(
                _(
                    "This site can only be opened directly on its own computer, and this request came "
                    "another way. To let others in, create an account: python -m services users add NAME "
                    "--role admin."
                )
            )
        if to_program() and shows_token():
            return self._by_token()
        if not self.guarded:
            return LOCAL
        session_id = request.cookies.get(cookie_name())
        noticed = request.url_rule is None or request.url_rule.rule not in UNNOTICED
        return self.sessions.who(session_id, noticed=noticed) if session_id else None

    def _by_token(self) -> Person | None:
        scheme, _blank, token = request.headers["Authorization"].partition(" ")
        if scheme.casefold() != "bearer":
            return None
        address = request.remote_addr or ""
        person = self.tokens.who(token.strip(), address)
        if person is None:
            self.note(UNKNOWN, What.SIGN_IN, address, result="failed")
        return person

    def enter_callback(self, callback: Callable[..., Any]) -> None:
        """Let a request to a callback of this site, or not.

        Raises
        ------
        Forbidden
        """
        needed = CALLBACKS.get(callback.__module__)
        if needed is None:
            raise Forbidden(_("This address is not available."))
        g.callback = f"{callback.__module__}.{callback.__name__}"
        self._allow(g.person, needed, g.callback)

    def log_export(self, response: Response) -> Response:
        """Log whom an answer tells of, and what it takes away: that is not sent when it cannot be logged."""
        if "shown" in g and g.person is not LOCAL:
            self._log_shown(*g.shown)
        if "listed" in g and g.person is not LOCAL:
            self._log_list(*g.listed)
        rule = request.url_rule.rule if request.url_rule else ""
        if rule in LOOK_UP_ROUTES and response.status_code in (200, 404) and g.person is not LOCAL:
            found = "done" if response.status_code == 200 else "not found"
            asked = (request.view_args or {})["id"]
            self.note(g.person.name, What.LOOK_UP, asked, found, response.headers.get("X-Release", ""))
        given = response.status_code == 200 and request.method in ("GET", "POST")  # the others take nothing
        if not given or rule not in (*EXPORTS, *OWN_EXPORTS):
            return response
        release, rows, asked = g.taken
        try:
            subject = f"{rule}?{asked}" if asked else rule
            self.audit.add(g.person.name, What.EXPORT, subject, release=release, rows=rows)
        except StateUnusable:
            reference = new_reference()
            log.exception("export not logged", extra={"ref": reference})
            return failure(
                _(
                    "No file can be exported at the moment, because exports cannot be logged. Tell the "
                    "person who runs this site."
                ),
                503,
                reference,
            )
        return response

    def note(self, who: str, what: What, subject: str = "", result: str = "done", release: str = "") -> None:
        """Log what goes on whether it can be logged or not."""
        try:
            self.audit.add(who, what, subject, result=result, release=release)
        except StateUnusable:
            log.exception("not in the audit log", extra={"what": what.value})

    def _allow(self, person: Person, needed: Action, wanted: str) -> None:
        if not person.role.may(needed):
            self.note(person.name, What.REFUSED, wanted, result=f"may not {needed}")
            raise Forbidden(
                _(
                    "Your role, {role}, does not allow this; it takes the role {others}.",
                    role=person.role.said,
                    others=who_may(needed),
                )
            )

    def _log_list(self, release: str, address: str, rows: int) -> None:
        """Log a portion of a list; what one person takes of one list within a minute is one row."""
        try:
            self.audit.count_on(g.person.name, What.LIST, address, release=release, rows=rows)
        except StateUnusable:
            log.exception("not in the audit log", extra={"what": What.LIST.value})

    def _log_shown(self, release: str, customers: Sequence[str]) -> None:
        """Log whom a page told of; what one person sees of one customer within a minute is one row."""
        now, name = time.monotonic(), g.person.name
        new = [
            each
            for each in customers
            if now - self._shown.get((name, release, each), -_SHOWN_SECONDS) >= _SHOWN_SECONDS
        ]
        if not new:
            return
        try:
            self.audit.add_each(name, What.LOOK_UP, new, release=release)
        except StateUnusable:
            log.exception("not in the audit log", extra={"what": What.LOOK_UP.value})
            return
        if len(self._shown) > _MOST_SHOWN:
            self._shown.clear()
        self._shown.update(dict.fromkeys(((name, release, each) for each in new), now))


def check_start(settings: Settings, state: State) -> None:
    """Refuse to serve a hosted site that nobody could sign in to, and one whose state cannot be used.

    Raises
    ------
    Refusal
    """
    if not Accounts(state).any() and settings.hosted and settings.oidc_issuer is None:
        raise Refusal(
            _(
                "There is no account, so nobody could sign in: create the first one with "
                "python -m services users add NAME --role admin, then start again."
            )
        )


def install_export_log(server: Flask, door: Door) -> None:
    """Log the exports of ``server``; to be installed after the headers, so that it runs before them."""
    server.after_request(door.log_export)


def _to_sign_in() -> Redirect:
    """Lead to the sign-in page, and from there back to what was asked for.

    An address that would be too long within another gets the page itself, as its answer.
    """
    address = f"/sign-in?next={quote(asked_for(), safe='/?=')}"
    if len(address) <= LONGEST_ADDRESS:
        return redirect(address)
    page: Redirect = current_app.ensure_sync(current_app.view_functions["sign_in_page"])()
    return page
