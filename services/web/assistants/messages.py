"""Messages of the Model Context Protocol over HTTP: one in, one out, and nothing kept between them.

Types and versions are those of the official package ``mcp-types``, which checks each message both ways
(decision 110). Older versions begin with a handshake, of which nothing has to be remembered; since 2026-07-28
there is none, and each request says all about itself, in its headers too.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response
from mcp_types import (
    DEFAULT_NEGOTIATED_VERSION,
    PROTOCOL_VERSION_META_KEY,
    SERVER_INFO_META_KEY,
    Implementation,
    JSONRPCError,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
    Result,
    UnsupportedProtocolVersionErrorData,
)
from mcp_types.jsonrpc import (
    HEADER_MISMATCH,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    UNSUPPORTED_PROTOCOL_VERSION,
)
from mcp_types.methods import serialize_server_result
from mcp_types.version import KNOWN_PROTOCOL_VERSIONS, MODERN_PROTOCOL_VERSIONS
from pydantic import ValidationError
from werkzeug.datastructures import Headers

from services.core.refusals import Refusal
from services.site.people.roles import Role
from services.web.assistants.methods import INFO, Failure, result_of

Message = TypeVar("Message", JSONRPCNotification, JSONRPCRequest)

_VERSION, _METHOD, _NAME = "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"
_ENCODED = re.compile(r"=\?base64\?(.*)\?=")
_STATUSES = {
    HEADER_MISMATCH: 400,
    INVALID_PARAMS: 400,
    INVALID_REQUEST: 400,
    METHOD_NOT_FOUND: 404,
    PARSE_ERROR: 400,
    UNSUPPORTED_PROTOCOL_VERSION: 400,
}
_TOLD_WITH_200 = (INVALID_PARAMS, METHOD_NOT_FOUND)
"""Before 2026-07-28, what is wrong with a request that could be read is an answer like any other."""


def reply(read: Callable[[], object], said: Headers, role: Role) -> Response:
    """Answer a message.

    Parameters
    ----------
    read : callable
        Gives the body of the HTTP request, decoded; its Refusal is an error of the protocol.
    said : Headers
        Of the HTTP request.
    role : Role
        Of who asks.

    Returns
    -------
    Response
        JSON, or 202 without a body for a notification.
    """
    number: int | str | None = None
    modern = False
    try:
        message = _read(read)
        if "id" not in message:
            _checked(JSONRPCNotification, message)
            _version(said)
            return Response(status=202)  # nothing that could be notified changes anything here
        request = _checked(JSONRPCRequest, message)
        number = request.id
        version = _version(said)
        modern = version in MODERN_PROTOCOL_VERSIONS
        if modern:
            _check_headers(request, said)
        result = result_of(request, version, role)
    except Failure as failure:
        code = failure.error.code
        status = 200 if code in _TOLD_WITH_200 and not modern else _STATUSES[code]
        return _response(JSONRPCError(jsonrpc="2.0", id=number, error=failure.error), status)
    if modern:
        result.meta = {SERVER_INFO_META_KEY: _plain(INFO)}
    told = serialize_server_result(request.method, version, _plain(result))
    return _response(JSONRPCResponse(jsonrpc="2.0", id=request.id, result=told), 200)


def _read(read: Callable[[], object]) -> dict[str, Any]:
    try:
        body = read()
    except Refusal as refusal:
        raise Failure(PARSE_ERROR, str(refusal)) from None
    if not isinstance(body, dict):
        raise Failure(INVALID_REQUEST, "Send one message at a time, as a JSON object.")
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):  # JSON can name what no text can hold
        raise Failure(
            INVALID_REQUEST, "The message holds half of a character, or is nested too deeply."
        ) from None
    return body


def _checked(kind: type[Message], message: dict[str, Any]) -> Message:
    try:
        return kind.model_validate(message)
    except ValidationError:
        raise Failure(INVALID_REQUEST, "This is not a request or notification of JSON-RPC 2.0.") from None


def _version(said: Headers) -> str:
    """Return the version that a message is in: that of its header, or the last one that had no header."""
    version = said.get(_VERSION, DEFAULT_NEGOTIATED_VERSION)
    if version in KNOWN_PROTOCOL_VERSIONS:
        return version
    known = list(KNOWN_PROTOCOL_VERSIONS)
    data = UnsupportedProtocolVersionErrorData(supported=known, requested=version).model_dump(mode="json")
    sentence = f"This version of the protocol is not known here; known are {', '.join(known)}."
    raise Failure(UNSUPPORTED_PROTOCOL_VERSION, sentence, data)


def _check_headers(request: JSONRPCRequest, said: Headers) -> None:
    """Refuse a request whose headers, by which others on the way may go, say something else than its body.

    What its body lacks is refused with the rest of its form.
    """
    params = request.params or {}
    meta = params.get("_meta")
    named = {
        _VERSION: meta.get(PROTOCOL_VERSION_META_KEY) if isinstance(meta, dict) else None,
        _METHOD: request.method,
        _NAME: params.get("name") if request.method == "tools/call" else None,
    }
    for header, wanted in named.items():
        if wanted is not None and _decoded(said.get(header)) != wanted:
            raise Failure(HEADER_MISMATCH, f"The header {header} is missing, or is not what the body says.")


def _decoded(text: str | None) -> str | None:
    """Read a header whose text may be in base64; None where it is not there or cannot be read."""
    encoded = _ENCODED.fullmatch(text or "")
    if encoded is None:
        return text
    try:
        return base64.b64decode(encoded[1], validate=True).decode()
    except ValueError:  # no base64, or no UTF-8
        return None


def _plain(part: Implementation | JSONRPCError | JSONRPCResponse | Result) -> dict[str, Any]:
    return part.model_dump(by_alias=True, mode="json", exclude_none=True)


def _response(message: JSONRPCError | JSONRPCResponse, status: int) -> Response:
    told = {"id": None} | _plain(message)  # of a message without a number null, not nothing
    return Response(json.dumps(told, ensure_ascii=False), status, mimetype="application/json")
