"""What each method of the Model Context Protocol answers: who this is, which tools there are, and calls."""

from __future__ import annotations

from typing import Any

from mcp_types import (
    CallToolRequest,
    DiscoverRequest,
    DiscoverResult,
    EmptyResult,
    ErrorData,
    Implementation,
    InitializeRequest,
    InitializeResult,
    JSONRPCRequest,
    ListToolsRequest,
    ListToolsResult,
    PingRequest,
    Result,
    ServerCapabilities,
    ToolsCapability,
)
from mcp_types.jsonrpc import INVALID_PARAMS, METHOD_NOT_FOUND
from mcp_types.methods import parse_client_request
from mcp_types.version import (
    HANDSHAKE_PROTOCOL_VERSIONS,
    KNOWN_PROTOCOL_VERSIONS,
    LATEST_HANDSHAKE_VERSION,
)
from pydantic import ValidationError

from services.site.people.roles import Role
from services.web.api.document import VERSION
from services.web.assistants.calls import call
from services.web.assistants.tools import TOOLS, tools_for

INFO = Implementation(name="segment-desk", title="Segment Desk", version=VERSION)
"""Who answers; its version is the API's."""
_CAN = ServerCapabilities(tools=ToolsCapability())
_INSTRUCTIONS = (
    "Segment Desk knows a shop's customers: what they bought, in which segment and cluster they are, what is "
    "expected of them, and which products are bought together. Answers come from a release, which is made of "
    "the shop's sales up to a day, and say which it was. Money is in the shop's currency. The tools only "
    "read. Lists come a page at a time: ask for a few entries (limit) where these are enough. Look-ups of "
    "customers and lists of them are logged."
)
_KEPT_MS = 60_000
"""For how long a client may keep what it was told of this server and its tools."""


class Failure(Exception):
    """Ends a message with an error of the protocol.

    Parameters
    ----------
    code : int
        One of ``mcp_types.jsonrpc``.
    sentence : str
        What is wrong and what to do.
    data : dict, optional
        What the protocol adds to such an error.
    """

    def __init__(self, code: int, sentence: str, data: dict[str, Any] | None = None) -> None:
        super().__init__(sentence)
        self.error = ErrorData(code=code, message=sentence, data=data)


def result_of(request: JSONRPCRequest, version: str, role: Role) -> Result:
    """Answer a request.

    Parameters
    ----------
    request : JSONRPCRequest
    version : str
        A known one of the protocol: a method that it lacks is none.
    role : Role
        Of who asks.

    Raises
    ------
    Failure
        If there is no such method or tool, or its parameters have another form than the protocol gives them.
    """
    try:
        wanted = parse_client_request(request.method, version, request.params)
    except KeyError:
        raise _no_method(request) from None
    except ValidationError as fault:
        place = ".".join(map(str, fault.errors(include_url=False)[0]["loc"]))[:80]
        raise Failure(INVALID_PARAMS, f"{place} is missing, or is not what a request takes there.") from None
    match wanted:
        case InitializeRequest():
            return _begun(wanted.params.protocol_version)
        case DiscoverRequest():
            return DiscoverResult(
                supported_versions=list(KNOWN_PROTOCOL_VERSIONS),
                capabilities=_CAN,
                instructions=_INSTRUCTIONS,
                ttl_ms=_KEPT_MS,
            )
        case PingRequest():
            return EmptyResult()
        case ListToolsRequest():
            return ListToolsResult(tools=tools_for(role), ttl_ms=_KEPT_MS)
        case CallToolRequest():
            name = wanted.params.name
            if name not in TOOLS:
                raise Failure(
                    INVALID_PARAMS, f"There is no tool “{name[:60]}”; tools/list names those there are."
                )
            return call(TOOLS[name], wanted.params.arguments or {})
    raise _no_method(request)


def _begun(offered: str) -> InitializeResult:
    """Take the version that a client offers if it begins like this, else offer the latest that does."""
    known = offered in HANDSHAKE_PROTOCOL_VERSIONS
    return InitializeResult(
        protocol_version=offered if known else LATEST_HANDSHAKE_VERSION,
        capabilities=_CAN,
        server_info=INFO,
        instructions=_INSTRUCTIONS,
    )


def _no_method(request: JSONRPCRequest) -> Failure:
    sentence = (
        f"There is no method “{request.method[:60]}” in this version here: there are tools, and nothing else."
    )
    return Failure(METHOD_NOT_FOUND, sentence)
