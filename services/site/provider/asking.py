"""How a provider is asked: within bounds of time and size, and nowhere else than at the address given."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any, TypeVar

from requests import PreparedRequest, RequestException, Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import HTTPError, InvalidJSONError, ReadTimeout, Timeout
from urllib3.exceptions import HTTPError as BrokenAnswer
from urllib3.exceptions import ReadTimeoutError

SECONDS = 5.0
"""How long a provider may take to be reached, to begin its answer, and to end it."""
MOST_BYTES = 500_000
_PIECE = 16_384
_Asked = TypeVar("_Asked", bound=Session)


class Unusable(Exception):
    """A provider that does not answer, or not as it should; says why, to who runs the site."""


class _Bounded(HTTPAdapter):
    def send(self, request: PreparedRequest, *given: Any, **named: Any) -> Response:
        until = time.monotonic() + 2 * SECONDS
        answer = super().send(request, *given, **{**named, "stream": True, "timeout": SECONDS})
        # a socket's time-out counts from the last byte; a server that drips would never reach it
        held, got = answer.raw, bytearray()
        try:
            while piece := held.read1(_PIECE, decode_content=True):
                got += piece
                if time.monotonic() > until:
                    raise ReadTimeout("the answer does not end")
                if len(got) > MOST_BYTES:
                    raise RequestException("the answer is too long")
        except ReadTimeoutError as fault:
            raise ReadTimeout(fault) from fault
        except BrokenAnswer as fault:
            raise RequestException(fault) from fault
        finally:
            held.close()
        answer.raw = BytesIO(got)
        return answer


def bounded(session: _Asked) -> _Asked:
    """Have a session wait and read no longer than it has to, and follow nobody elsewhere."""
    session.adapters.clear()
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Bounded())
    session.max_redirects = 0
    return session


def fetched(address: str) -> dict[str, Any]:
    """Return the JSON object at an address.

    Raises
    ------
    Unusable
    """
    try:
        with bounded(Session()) as session:
            answer = session.get(address, headers={"Accept": "application/json"})
            answer.raise_for_status()
            found = answer.json()
    except RequestException as fault:
        raise Unusable(f"{address} {why(fault)}") from fault
    except RecursionError as fault:
        raise Unusable(f"{address} answers with JSON that is nested too deeply") from fault
    if not isinstance(found, dict):
        raise Unusable(f"{address} answers with something else than a JSON object")
    return found


def why(fault: RequestException) -> str:
    """Say what went wrong, after an address."""
    if isinstance(fault, HTTPError) and fault.response is not None:
        return f"answers with status {fault.response.status_code}"
    if isinstance(fault, InvalidJSONError):
        return "does not answer with JSON"
    if isinstance(fault, Timeout):
        return f"takes longer than {SECONDS:g} seconds"
    return f"cannot be asked ({type(fault).__name__})"
