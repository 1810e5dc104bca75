"""Signing in with a provider: the addresses that lead there, to which it leads back, and out of there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from services.core.language.messages import _, later
from services.core.refusals import Refusal
from services.site.people.audit import What
from services.site.people.browsers import browser_of
from services.site.people.elsewhere import UNKNOWN, NotAllowed, Proven, ProviderAway, admit, as_logged
from services.site.people.entering import SECONDS, Taken
from services.site.people.opened import LONGEST_SECONDS
from services.site.settings import Settings
from services.site.state import StateUnusable
from services.web.access.person import Door
from services.web.access.sent import (
    cookie_name,
    entry_cookie_name,
    keep_cookie,
    own_path,
    refuse_in_the_clear,
)

if TYPE_CHECKING:
    from services.site.provider.signing_in import Provider

Page = Callable[[int, str, str], Response]
"""From a status, a sentence and the path that was asked for to the sign-in page."""
_THERE, _BACK, _OUT = "/sign-in/oidc", "/sign-in/oidc/back", "/sign-in/oidc/out"
_IN_THE_CLEAR = later("People can only sign in over https. Open this site's https address.")
_STATUSES: dict[type[Refusal], int] = {StateUnusable: 503, ProviderAway: 503, NotAllowed: 403}
"""Of refusals; 401 of all others."""


def provider_of(settings: Settings) -> Provider | None:
    """Return the provider that the settings name; what it needs is only loaded where there is one."""
    if settings.oidc_issuer is None:
        return None
    from services.site.provider.signing_in import Provider

    return Provider(settings)


def install(server: Flask, door: Door, provider: Provider | None, page: Page) -> None:
    """Add ``/sign-in/oidc`` and what belongs to it to ``server``; without a provider they are 404.

    Parameters
    ----------
    server : Flask
    door : Door
    provider : Provider or None
    page : callable
        See ``Page``.
    """

    @server.get(_THERE)
    def to_provider() -> Response | Redirect:
        return _begun(door, _needed(provider), page)

    @server.get(_BACK)
    def from_provider() -> Response | Redirect:
        return _ended(door, _needed(provider), page)

    @server.get(_OUT)
    def out_of_provider() -> Response | Redirect:
        try:
            return redirect(_needed(provider).way_out(_address("/sign-in")))
        except ProviderAway as refusal:
            return page(503, str(refusal), "/")
        except Refusal as refusal:
            return page(404, str(refusal), "/")


def _begun(door: Door, provider: Provider, page: Page) -> Response | Redirect:
    refuse_in_the_clear(_IN_THE_CLEAR)
    wanted = own_path(request.args.get("next"))
    if door.person() is not None:
        return redirect(wanted)
    kept = request.cookies.get(entry_cookie_name())
    try:
        begun = door.entering.begin(kept, request.remote_addr or "", wanted)
        leave = redirect(provider.way_there(_address(_BACK), begun))
    except (ProviderAway, StateUnusable) as refusal:
        return page(503, str(refusal), wanted)
    keep_cookie(leave, entry_cookie_name(), begun.browser, SECONDS)
    return leave


def _ended(door: Door, provider: Provider, page: Page) -> Response | Redirect:
    kept, taken = request.cookies.get(entry_cookie_name()), None
    try:
        taken = door.entering.take(kept, request.args.get("state", ""))
        made = _entered(door, provider, taken)
    except Refusal as refusal:
        status = next((status for kind, status in _STATUSES.items() if isinstance(refusal, kind)), 401)
        return page(status, str(refusal), _wanted(taken))
    leave = redirect(_wanted(taken))
    keep_cookie(leave, cookie_name(), made, LONGEST_SECONDS)
    return leave


def _entered(door: Door, provider: Provider, taken: Taken | None) -> str:
    """Return the id of a new session of whom the provider sends back; whatever happens is logged."""
    address = request.remote_addr or ""
    try:
        person = provider.way_back(_address(_BACK), taken, request.args.to_dict())
    except Refusal as refusal:
        away = isinstance(refusal, ProviderAway)
        door.note(UNKNOWN, What.SIGN_IN, address, result="provider away" if away else "failed")
        raise
    try:
        name = admit(door.state, person, provider.roles, provider.called)
        before, browser = request.cookies.get(cookie_name()), browser_of(request.user_agent.string)
        made = door.sessions.begin(name, before, browser)
    except NotAllowed as refusal:
        door.note(_named(person), What.SIGN_IN, f"{address} as {person.subject}", result=refusal.logged)
        raise
    door.note(name, What.SIGN_IN, address)
    return made


def _named(person: Proven) -> str:
    return as_logged(person.name) if person.name else UNKNOWN


def _needed(provider: Provider | None) -> Provider:
    if provider is None:
        raise NotFound(_("There is no page at this address."))
    return provider


def _wanted(taken: Taken | None) -> str:
    return own_path(taken.wanted if taken else None)


def _address(path: str) -> str:
    return f"{request.url_root.rstrip('/')}{path}"
