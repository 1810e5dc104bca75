"""Messages to an address that is to hear of something: within a time limit, and never led elsewhere."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Thread
from typing import Any

from services.core.language.messages import later

SIGNATURE = "X-Segment-Desk-Signature"
SECONDS = 10.0
"""How long one try may take in all."""
# kept in English, and said in another language where somebody reads them
_STATUS = later("status {n}")
_UNREACHED = later("it cannot be reached")
_BROKE = later("the connection broke")
_SLOW = later("no answer within {n} seconds")
_CONNECTING = 0.9
"""Which part of it a host has to take up a connection: what it did not take up cannot have arrived."""
_NOT_NOW = 503


@dataclass(frozen=True)
class Unsent:
    """Why a message is not known to have arrived.

    Attributes
    ----------
    why : str
        In English; never the address, which may hold a key.
    perhaps : bool
        Whether it may have arrived all the same.
    status : int or None
        What was answered; None without an answer.
    after : int
        How many seconds the receiver asks to wait for before the next try; 0 where it does not.
    """

    why: str
    perhaps: bool = False
    status: int | None = None
    after: int = 0


class Webhook:
    """An address that is told of something.

    Parameters
    ----------
    url : str
        Where to.
    secret : str or None
        What messages are signed with; they are not without it.
    seconds : float
        How long one try may take.
    clock : callable
        Seconds since 1970.
    """

    def __init__(
        self,
        url: str,
        secret: str | None,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._url = url
        self._secret = secret
        self._seconds = seconds
        self._clock = clock

    def send(self, body: str, headers: Mapping[str, str] | None = None) -> Unsent | None:
        """Send a message once.

        Parameters
        ----------
        body : str
            JSON.
        headers : mapping, optional
            Further ones.

        Returns
        -------
        Unsent or None
            Why it did not arrive; None where it did.
        """
        content = body.encode()
        given = {"Content-Type": "application/json", **(headers or {})}
        if self._secret is not None:
            given[SIGNATURE] = signature(self._secret, int(self._clock()), content)
        request = urllib.request.Request(self._url, content, given)
        said: list[Unsent | None] = []
        # a socket's time-out counts from the last byte; a server that drips would never reach it
        trying = Thread(target=lambda: said.append(_tried(request, self._seconds)), daemon=True)
        trying.start()
        trying.join(self._seconds)
        return said[0] if said else Unsent(_slow(self._seconds), perhaps=True)


def signature(secret: str, at: int, content: bytes) -> str:
    """Return ``t=SECONDS,v1=HEX``: the HMAC-SHA256 of the seconds since 1970, a point and the body.

    Parameters
    ----------
    secret : str
    at : int
        When it is sent, seconds since 1970: who receives it can refuse what is old.
    content : bytes
        The body.
    """
    digest = hmac.new(secret.encode(), b"%d.%s" % (at, content), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def _tried(request: urllib.request.Request, seconds: float) -> Unsent | None:
    try:
        with _OPENER.open(request, timeout=_CONNECTING * seconds):
            return None
    except urllib.error.HTTPError as error:
        error.close()
        # what fails in between, or at the end, may have passed it on
        perhaps = error.code >= 500 and error.code != _NOT_NOW
        why = _STATUS.text.format(n=error.code)
        return Unsent(why, perhaps, error.code, _after(error.headers.get("Retry-After")))
    except urllib.error.URLError as error:  # before all of it was sent
        slow = isinstance(error.reason, TimeoutError)
        return Unsent(_slow(seconds) if slow else _UNREACHED.text)
    except TimeoutError:
        return Unsent(_slow(seconds), perhaps=True)
    except (OSError, http.client.HTTPException, ValueError):
        return Unsent(_BROKE.text, perhaps=True)


def _after(text: str | None) -> int:
    """Read how many seconds a receiver asks to wait for; a moment instead of them is not followed."""
    bare = (text or "").strip()
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 7 else 0


def _slow(seconds: float) -> str:
    return _SLOW.text.format(n=f"{seconds:g}")


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: what is said is meant for one address."""

    def redirect_request(self, *_args: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)
