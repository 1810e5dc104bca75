"""What a request says of itself: its address, its cookies, and whether it comes from this computer."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from services.core.language.messages import later

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")
LONGEST_ADDRESS = 8_177
"""Characters of path and query: what gunicorn and nginx take beside ``GET`` and the version."""


def cookie_name() -> str:
    """Return the session's cookie: bound to host and TLS, or plain on this computer."""
    return "__Host-session" if request.is_secure else "session"


def device_cookie_name() -> str:
    """Return the cookie of a device that signed in before, as ``cookie_name``."""
    return "__Host-device" if request.is_secure else "device"


def entry_cookie_name() -> str:
    """Return the cookie of a browser in which a sign-in with a provider has begun, as ``cookie_name``."""
    return "__Host-entry" if request.is_secure else "entry"


def shows_token() -> bool:
    """Whether the request says itself who sends it; then no cookie does."""
    return "Authorization" in request.headers


def on_loopback(host: str) -> bool:
    """Whether a Host header names this computer."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def asked_for() -> str:
    """Return the path and query of the request."""
    return request.full_path.rstrip("?")


def from_here() -> bool:
    """Whether the request comes straight from this computer, through nothing that passes requests on."""
    return on_loopback(request.host) and not any(name in request.headers for name in _FORWARDED)


def own_path(wanted: str | None) -> str:
    """Return ``wanted`` where it is a path of this site, else ``/``."""
    path = wanted or "/"
    plain = path.startswith("/") and not path.startswith(("//", "/\\", "/%2f", "/%2F", "/%5c", "/%5C"))
    return path if plain and path.isprintable() and "\\" not in path and len(path) <= LONGEST_ADDRESS else "/"


PASSWORDS = later("Passwords are only accepted over https. Open this site's https address.")


def refuse_in_the_clear(said: later = PASSWORDS) -> None:
    """Refuse a request that holds a password, or leads to a session, where others could read it on its way.

    Parameters
    ----------
    said : later
        The sentence.

    Raises
    ------
    Forbidden
    """
    if not request.is_secure and not on_loopback(request.host):
        raise Forbidden(said())


def keep_cookie(answer: Response, name: str, value: str, seconds: int) -> None:
    """Have the browser keep a cookie for so long, for this site's own requests alone."""
    answer.set_cookie(
        name, value, max_age=seconds, secure=request.is_secure, httponly=True, samesite="Lax", path="/"
    )
