"""Whether the site can listen where its settings say: asked before anything is loaded."""

from __future__ import annotations

import errno
import socket
from functools import cache

from services.core.refusals import Refusal


@cache
def check_free(host: str, port: int) -> None:
    """Refuse an address that another program has; asked again in the same process, it says the same.

    Parameters
    ----------
    host : str
    port : int
        0 takes a free one.

    Raises
    ------
    Refusal
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except UnicodeError:  # a name that cannot be looked up at all
            raise Refusal(_no_address(host), "HOST") from None
        except OSError as fault:
            raise Refusal(_sentence(host, port, fault), "PORT") from None


def _sentence(host: str, port: int, fault: OSError) -> str:
    if fault.errno == errno.EADDRINUSE:
        return (
            f"PORT {port} is in use by another program, perhaps this site already: stop that one, or use "
            f"another port, such as PORT={port + 1 if port < 65_535 else 8050}."
        )
    if fault.errno == errno.EACCES:
        return (
            f"PORT {port} is reserved for the system's own programs: use one above 1023, such as PORT=8050."
        )
    return _no_address(host)


def _no_address(host: str) -> str:
    return f"HOST {host} is not an address of this computer: use 127.0.0.1, or 0.0.0.0 for all of them."
