"""How an assistant asks: messages of the protocol, by a client of a site in this process."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HANDSHAKE = "2025-11-25"
"""The last version that begins with a handshake."""
MODERN = "2026-07-28"
CLIENT = {"name": "test", "version": "1"}
_ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
}


def send(
    client: FlaskClient, message: object, headers: dict[str, str] | None = None, **options: object
) -> TestResponse:
    """Send a message as it is, in a version that begins with a handshake unless the headers say another."""
    said = {"MCP-Protocol-Version": HANDSHAKE} | (headers or {})
    return client.post("/mcp", json=message, headers=said, **options)


def asked(method: str, params: dict | None = None) -> dict:
    """Return a request."""
    return {"jsonrpc": "2.0", "id": 7, "method": method} | ({} if params is None else {"params": params})


def ask(client: FlaskClient, method: str, params: dict | None = None) -> dict:
    """Return the answer to a request of the last version that begins with a handshake."""
    answer = send(client, asked(method, params))
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    assert (answer.json["jsonrpc"], answer.json["id"]) == ("2.0", 7)
    return answer.json


def ask_modern(
    client: FlaskClient, method: str, params: dict | None = None, **headers: str | None
) -> TestResponse:
    """Send a request of the version without a handshake; ``headers`` change those that go with it."""
    said = {"MCP-Protocol-Version": MODERN, "Mcp-Method": method}
    if params and "name" in params:
        said["Mcp-Name"] = params["name"]
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    message = asked(method, {"_meta": _ENVELOPE} | (params or {}))
    return client.post("/mcp", json=message, headers={name: text for name, text in said.items() if text})


def called(client: FlaskClient, name: str, arguments: dict | None = None) -> tuple[bool, list[str]]:
    """Call a tool: whether it failed, and its texts."""
    result = ask(client, "tools/call", {"name": name, "arguments": arguments or {}})["result"]
    return result["isError"], [each["text"] for each in result["content"]]
