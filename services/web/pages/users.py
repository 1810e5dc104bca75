"""The page of users, for admins: who may sign in, with which role, and what is changed about that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, g, make_response, render_template_string, request
from werkzeug.exceptions import BadRequest, Forbidden

from services.core.language.messages import _, later
from services.core.refusals import NotFound, Refusal
from services.site.people import passwords
from services.site.people.accounts import Account, known_as
from services.site.people.roles import OFFERED, OLDER, Action, Role
from services.site.state import StateUnusable
from services.web.access.person import Door
from services.web.access.sent import refuse_in_the_clear

if TYPE_CHECKING:
    from services.site.provider.signing_in import Provider

TEMPLATE = (Path(__file__).parent / "users.html").read_text(encoding="utf-8")
MOST_BYTES = 10_000
TOLD: dict[str, later] = {
    "add": later("{name} was added with the role {role}."),
    "password": later("{name} has a new password, and their sessions have ended."),
    "role": later("{name} now has the role {role} and has to sign in again."),
    "lock": later("{name} is locked out, and their sessions have ended."),
    "unlock": later("{name} can sign in again."),
    "end": later("{name} has to sign in again everywhere."),
}
"""What can be done, by the form's ``change``, and what is said when it was."""


def install(server: Flask, door: Door, provider: Provider | None, head: str) -> None:
    """Add ``/users`` to ``server``.

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
        name: str, *, status: int = 200, done: str = "", password: str = "", refused: str = ""
    ) -> Response:
        found = door.accounts.listed()
        shown = render_template_string(
            TEMPLATE,
            head=head,
            guarded=door.guarded,
            accounts=found,
            open=door.sessions.open_by_account(),
            chosen=next((each for each in found if each.name == name), None),
            me=g.person.name,
            state=lambda account: state_of(account, provider),
            whom={each.name: with_whom(each.issuer, provider) for each in found if each.issuer},
            called=provider.called if provider else "",
            roles=OFFERED,
            older=OLDER,
            every_role=tuple(Role),
            actions=tuple(Action),
            done=done,
            password=password,
            refused=refused,
        )
        return make_response(shown, status)

    @server.get("/users")
    def users_page() -> Response:
        return page(known_as(request.args.get("name", "")))

    @server.post("/users")
    def change_user() -> Response:
        refuse_in_the_clear()
        request.max_content_length = MOST_BYTES
        if not door.guarded:
            raise Forbidden(_("Nobody signs in to this site yet: add the first account on its computer."))
        name = known_as(request.form.get("name", ""))
        change = request.form.get("change", "")
        if change not in TOLD:
            raise BadRequest(_("The form names no change that can be made here."))
        try:
            password = changed(door, change, name, g.person.name)
        except StateUnusable as refusal:
            return page(name, status=503, refused=str(refusal))
        except NotFound as refusal:
            return page(name, status=404, refused=str(refusal))
        except Refusal as refusal:
            return page(name, status=409, refused=str(refusal))
        role = Role(request.form["role"]).said if change in ("add", "role") else ""
        done = TOLD[change](name=name, role=role)
        return page(name, done=done, password=password)


def changed(door: Door, change: str, name: str, by: str) -> str:
    """Do what a form asks for, and return the password that was made, or nothing.

    Parameters
    ----------
    door : Door
    change : str
        One of ``TOLD``.
    name : str
        Whose account it is, as it is kept.
    by : str
        Who asks.

    Raises
    ------
    BadRequest
        If the form names no role.
    Refusal
        Of the account, or of what somebody does to their own.
    """
    if name == by and change in ("password", "end"):
        raise Refusal(_("This account is yours: change its password and sessions on the page Your account."))
    made = ""
    if change == "add":
        made = passwords.made()
        door.accounts.add(name, _role(OFFERED), made, by, first=True)
    elif change == "password":
        made = passwords.made()
        door.accounts.reset(name, made, by, first=True, keep_link=True)
    elif change == "role":
        had = tuple(each.role for each in door.accounts.listed() if each.name == name)
        door.accounts.set_role(name, _role(OFFERED + had), by, keep_admin=True)
    elif change == "lock":
        door.accounts.disable(name, by, keep_admin=True)
    elif change == "unlock":
        door.accounts.enable(name, by)
    else:
        door.accounts.end_sessions(name, by)
    return made


def state_of(account: Account, provider: Provider | None) -> str:
    """Say whether an account is let in, in the fewest words."""
    if account.disabled:
        return _("locked")
    if account.issuer is not None:
        whom = with_whom(account.issuer, provider)
        trusted = provider is not None and account.issuer == provider.issuer
        if trusted:
            return _("signs in with {service}", service=whom)
        return _("cannot sign in: {service} is no longer used", service=whom)
    return _("has to choose a password") if account.first_password else _("can sign in")


def with_whom(issuer: str, provider: Provider | None) -> str:
    """Say what people call who proves them; of one that is no longer used it is the host."""
    if provider is not None and issuer == provider.issuer:
        return provider.called
    return urlsplit(issuer).hostname or issuer


def _role(allowed: tuple[Role, ...]) -> Role:
    given = request.form.get("role", "")
    if given not in allowed:
        raise BadRequest(_("The form names no role that can be given."))
    return Role(given)
