"""``/mcp`` speaks every version of the protocol, says what is wrong with a message, and lets in who may."""

from __future__ import annotations

import base64

import pytest
from mcp_types.jsonrpc import (
    HEADER_MISMATCH,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    UNSUPPORTED_PROTOCOL_VERSION,
)
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS, KNOWN_PROTOCOL_VERSIONS

from app import create_app
from services.desk import load_services
from services.site.people.roles import Role
from services.site.people.tries import TRIES_OF_ADDRESS
from services.site.settings import Settings
from services.web.api.asked import MOST_BYTES
from tests.web.assistants.sending import CLIENT, HANDSHAKE, MODERN, ask, ask_modern, asked, send
from tests.web.people import guarded

PROBLEM = "application/problem+json"


def begin(client, version):
    offered = {"protocolVersion": version, "capabilities": {}, "clientInfo": CLIENT}
    return client.post("/mcp", json=asked("initialize", offered)).json["result"]


@pytest.mark.parametrize("version", HANDSHAKE_PROTOCOL_VERSIONS)
def test_a_version_that_begins_with_a_handshake_is_taken_as_offered(program, version):
    told = begin(program, version)
    assert (told["protocolVersion"], told["capabilities"]) == (version, {"tools": {}})
    assert told["serverInfo"]["name"] == "segment-desk"
    assert "Look-ups of customers and lists of them are logged." in told["instructions"]
    headers = {"MCP-Protocol-Version": version}
    assert send(program, asked("ping"), headers).json["result"] == {}
    assert send(program, asked("tools/list"), headers).json["result"]["tools"]


def test_to_a_version_that_nobody_knows_the_latest_with_a_handshake_is_offered(program):
    assert begin(program, "2031-01-01")["protocolVersion"] == HANDSHAKE
    assert begin(program, MODERN)["protocolVersion"] == HANDSHAKE


def test_nothing_is_kept_between_requests_so_none_has_to_come_first(program):
    answer = program.post("/mcp", json=asked("tools/list"))
    assert answer.json["result"]["tools"]
    assert "Mcp-Session-Id" not in answer.headers


def test_the_version_without_a_handshake_is_told_of_all_versions_and_who_answers(program):
    told = ask_modern(program, "server/discover").json["result"]
    assert told["supportedVersions"] == list(KNOWN_PROTOCOL_VERSIONS)
    assert told["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == "segment-desk"
    tools = ask_modern(program, "tools/list").json["result"]
    assert (tools["resultType"], tools["cacheScope"], tools["ttlMs"]) == ("complete", "private", 60_000)
    assert tools["tools"] == ask(program, "tools/list")["result"]["tools"]


def test_of_a_notification_the_answer_is_that_it_came(program):
    for headers in ({}, {"MCP-Protocol-Version": MODERN}):
        answer = send(program, {"jsonrpc": "2.0", "method": "notifications/initialized"}, headers)
        assert (answer.status_code, answer.data) == (202, b"")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ([], INVALID_REQUEST),
        ([asked("ping"), asked("ping")], INVALID_REQUEST),  # a batch: 2025-03-26 alone had them
        ("ping", INVALID_REQUEST),
        ({}, INVALID_REQUEST),
        (asked("ping") | {"id": None}, INVALID_REQUEST),
        (asked("ping") | {"id": True}, INVALID_REQUEST),
        (asked("ping") | {"jsonrpc": "1.0"}, INVALID_REQUEST),
        (asked("ping") | {"id": "\ud800"}, INVALID_REQUEST),
        (asked("tools/call", {"name": "customer", "arguments": {"id": "\udc80"}}), INVALID_REQUEST),
        ({"jsonrpc": "2.0", "id": 1, "result": {}}, INVALID_REQUEST),
        ({"jsonrpc": "2.0", "method": 5}, INVALID_REQUEST),
    ],
)
def test_what_is_no_message_is_400_with_the_protocols_error(program, message, code):
    answer = send(program, message)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, code), answer.text
    assert answer.json["id"] is None
    assert answer.json["error"]["message"].endswith(".")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_400_with_the_apis_sentence(program, body):
    answer = program.post("/mcp", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["error"]["code"]) == (400, PARSE_ERROR)
    assert answer.json["error"]["message"] == "The body is not valid JSON."


def test_a_body_that_is_too_large_or_not_said_to_be_json_is_refused_as_the_api_does(program):
    large = program.post("/mcp", data=b" " * (MOST_BYTES + 1), content_type="application/json")
    text = program.post("/mcp", data=b"{}", content_type="text/plain")
    assert [(each.status_code, each.mimetype) for each in (large, text)] == [(413, PROBLEM), (415, PROBLEM)]


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("tools/delete", None, METHOD_NOT_FOUND),
        ("resources/list", None, METHOD_NOT_FOUND),
        ("server/discover", None, METHOD_NOT_FOUND),
        ("tools/call", {}, INVALID_PARAMS),
        ("tools/call", {"name": 5}, INVALID_PARAMS),
        ("tools/call", {"name": "rules", "arguments": ["x"]}, INVALID_PARAMS),
        ("tools/call", {"name": "erase"}, INVALID_PARAMS),
        ("tools/call", {"name": "health"}, INVALID_PARAMS),
        ("tools/call", {"name": "openapi"}, INVALID_PARAMS),
        ("initialize", {}, INVALID_PARAMS),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_the_protocol(program, method, params, code):
    error = ask(program, method, params)["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")
    assert len(error["message"]) < 300


@pytest.mark.parametrize("version", ["2031-01-01", "", "x"])
def test_a_version_that_is_not_known_is_400_and_told_which_are(program, version):
    for message in (asked("ping"), {"jsonrpc": "2.0", "method": "notifications/initialized"}):
        answer = send(program, message, {"MCP-Protocol-Version": version})
        error = answer.json["error"]
        assert (answer.status_code, error["code"]) == (400, UNSUPPORTED_PROTOCOL_VERSION)
        assert error["data"] == {"supported": list(KNOWN_PROTOCOL_VERSIONS), "requested": version}


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Mcp_Method": None}, 400, HEADER_MISMATCH),
        ({"Mcp_Method": "tools/list"}, 400, HEADER_MISMATCH),
        ({"Mcp_Name": None}, 400, HEADER_MISMATCH),
        ({"Mcp_Name": "customers"}, 400, HEADER_MISMATCH),
        ({"Mcp_Name": "=?base64?!?="}, 400, HEADER_MISMATCH),
        ({"Mcp_Name": "=?base64?é?="}, 400, HEADER_MISMATCH),
        ({"Mcp_Name": "=?base64?/w==?="}, 400, HEADER_MISMATCH),
    ],
)
def test_headers_that_say_something_else_than_the_body_are_refused(program, headers, status, code):
    answer = ask_modern(program, "tools/call", {"name": "segments"}, **headers)
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)


def test_since_the_version_without_a_handshake_an_error_has_a_status_of_its_own(program):
    for method, params, status, code in (
        ("tools/call", {"name": "erase"}, 400, INVALID_PARAMS),
        ("tools/list", {"_meta": {}}, 400, INVALID_PARAMS),
        ("ping", None, 404, METHOD_NOT_FOUND),
        ("initialize", None, 404, METHOD_NOT_FOUND),
    ):
        answer = ask_modern(program, method, params)
        assert (answer.status_code, answer.json["error"]["code"]) == (status, code), method


def test_a_header_may_be_written_in_base64(program):
    name = base64.b64encode(b"segments").decode()
    answer = ask_modern(program, "tools/call", {"name": "segments"}, Mcp_Name=f"=?base64?{name}?=")
    assert answer.json["result"]["isError"] is False


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_is_nothing_to_listen_to_and_no_session_to_end(program, method):
    answer = program.open("/mcp", method=method, headers={"Accept": "text/event-stream"})
    assert (answer.status_code, answer.mimetype, answer.headers["Allow"]) == (405, PROBLEM, "POST")


def test_f2_without_the_setting_there_is_nothing_here(models, tmp_path):
    program = guarded(models, tmp_path).program(Role.ADMIN)
    for method in ("POST", "GET", "DELETE"):
        answer = program.open("/mcp", method=method, json=asked("ping"))
        assert (answer.status_code, answer.mimetype) == (404, PROBLEM)
        assert "MCP=1" in answer.json["detail"]


def test_f2_only_a_token_opens_it_and_a_browsers_session_does_not(site):
    nobody = send(site.visitor(), asked("ping"))
    assert (nobody.status_code, nobody.headers["WWW-Authenticate"]) == (401, "Bearer")
    signed_in = send(site.signed_in(Role.ADMIN), asked("ping"))
    assert (signed_in.status_code, signed_in.mimetype) == (403, PROBLEM)


def test_f5_wrong_tokens_are_429_after_fifty_here_and_at_the_api(models, tmp_path):
    guesser = guarded(models, tmp_path, mcp=True).visitor()
    wrong = {"Authorization": "Bearer sdt_wrong"}
    sent = [send(guesser, asked("ping"), wrong).status_code for _ in range(TRIES_OF_ADDRESS + 1)]
    assert sent == [401] * TRIES_OF_ADDRESS + [429]
    assert guesser.get("/api/v1/releases", headers=wrong).status_code == 429


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_f11_another_sites_page_is_refused_whatever_it_shows(program, headers):
    assert send(program, asked("tools/list"), headers).status_code == 403


def test_f11_our_own_origin_is_let_in_as_by_the_api(program):
    assert send(program, asked("ping"), {"Origin": "http://localhost"}).status_code == 200


def test_without_accounts_this_computer_needs_no_token_and_another_name_of_it_gets_nothing(models, tmp_path):
    given = Settings(models_dir=models, state_dir=tmp_path, mcp=True)
    client = create_app(given, load_services(given)).server.test_client()
    assert {"customers", "rules"} <= {each["name"] for each in ask(client, "tools/list")["result"]["tools"]}
    rebound = send(client, asked("tools/list"), {"Host": "desk.example", "Origin": "http://desk.example"})
    assert rebound.status_code == 403
