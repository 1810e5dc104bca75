"""A call of a tool: the API is asked within the request that is being answered, and its answer told.

The API's own route answers, through the gate: so role, limits, sentences and rows of the audit log are those
of the same question to ``/api/v1``, by construction. Nothing goes over a network.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask, after_this_request, current_app, request
from flask import Response as Answer
from mcp_types import CallToolResult, TextContent
from werkzeug.wrappers import Response

from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_text
from services.web.api import asked
from services.web.api.document import Operation
from services.web.assistants.tools import BODY

_ID = re.compile(r"<\w+:id>")
_LINK = re.compile(r'<(.*)>; rel="next"')


def call(each: Operation, arguments: Mapping[str, Any]) -> CallToolResult:
    """Ask an operation of the API and tell what it answered.

    Parameters
    ----------
    each : Operation
    arguments : mapping
        As they came; whatever the API does not take is refused by it.

    Returns
    -------
    CallToolResult
        The body of the answer as text, behind a note on release and further pages where there is one to make;
        or the sentence of the refusal, as an error.
    """
    try:
        environ = _environ(each, arguments)
    except Refusal as refusal:
        return _error(str(refusal))
    except RecursionError:
        return _error("The arguments are nested too deeply.")
    # without what the server wraps it in: who asks is known by now, and the request has its id
    asked_within = partial(Flask.wsgi_app, current_app)
    with current_app.app_context():  # a g of its own: what is noted there for the log is of that request
        answer = Response.from_app(asked_within, environ)

    @after_this_request
    def close(told: Answer) -> Answer:
        told.call_on_close(answer.close)  # for what is done once an answer is sent
        return told

    if answer.status_code != 200:
        return _error(_refusal(answer))
    texts = [*_notes(answer), answer.get_data(as_text=True)]
    return CallToolResult(content=[TextContent(type="text", text=text) for text in texts])


def _environ(each: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request to the API: of the same sender, with arguments where the API has them.

    Raises
    ------
    Refusal
        If there is no address to ask, for lack of an id.
    RecursionError
    """
    given = dict(arguments)
    path = each.rule
    if _ID.search(path):
        wanted = _text(given.pop("id", None))
        if not wanted:
            raise Refusal(f"id takes {asked.OF_ID}.", "id")
        path = _ID.sub(lambda _: wanted, path)
    body = json.dumps(given.pop(BODY, None)).encode() if each.body else b""
    query = [(name, text) for name, value in given.items() for text in _texts(value)]
    sent = {name: value for name, value in request.environ.items() if name != "HTTP_TRANSFER_ENCODING"}
    return sent | {
        "REQUEST_METHOD": each.method.upper(),
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": urlencode(query),
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }


def _texts(value: object) -> list[str]:
    return [_text(each) for each in value] if isinstance(value, list) else [_text(value)]


def _text(value: object) -> str:
    """Write a value as an address has it; what an address cannot say, so that the API refuses it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value):
        return plain_text(value)
    return json.dumps(value)


def _notes(answer: Response) -> list[str]:
    """Say what the API says in headers: the release, how many entries there are, and how to get the next."""
    release, total = answer.headers.get("X-Release"), answer.headers.get("X-Total-Count")
    said = [f"From release {release}."] if release else []
    if total:
        said.append(f"{int(total):,} in all.")
    if link := _LINK.fullmatch(answer.headers.get("Link", "")):
        (offset,) = parse_qs(urlsplit(link[1]).query)["offset"]
        said.append(f"For the next ones, ask the same with offset {offset} and release {release}.")
    return [" ".join(said)] if said else []


def _refusal(answer: Response) -> str:
    told = answer.get_json()
    field = f" Argument: {told['field']}." if "field" in told else ""
    return f"{told['detail']}{field} Reference: {told['ref']}."


def _error(sentence: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)
