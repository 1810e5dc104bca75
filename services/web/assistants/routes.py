"""The address ``/mcp``: a message of the Model Context Protocol in, its answer out, and nothing kept between.

The gate has let in who asks by then, as for ``/api/v1``: a token, no other site's page.
"""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed, NotFound

from services.web.access.asking import asking
from services.web.answers.failure import MCP
from services.web.api import asked

_OFF = (
    "This site offers nothing to assistants. Whoever runs it can change that with the setting MCP=1; "
    "/api/v1/openapi.json lists what programs may ask."
)


def install(server: Flask, *, offered: bool) -> None:
    """Add ``/mcp`` to ``server``.

    Parameters
    ----------
    server : Flask
    offered : bool
        Whether it answers; what it needs is only loaded then, and it is 404 else.
    """
    if not offered:

        def view() -> Response:
            raise NotFound(_OFF)

    else:
        from services.web.assistants.messages import reply

        def view() -> Response:
            if request.method != "POST":  # asked to listen, or to end a session: there are none
                raise MethodNotAllowed(["POST"])
            return reply(asked.body_of_request, request.headers, asking().role)

    # all of them, since Dash answers GET everywhere else
    server.add_url_rule(MCP, "mcp", view, methods=["GET", "POST", "DELETE"])
