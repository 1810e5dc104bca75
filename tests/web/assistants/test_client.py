"""The official client talks to a site as it runs for its users, in the newest version and in those before."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.site.people.accounts import Accounts
from services.site.people.audit import Audit
from services.site.people.roles import Role
from services.site.people.tokens import Tokens
from services.site.state import State
from tests.running import serve
from tests.web.assistants.sending import HANDSHAKE, MODERN
from tests.web.people import KEY, PASSWORD

pytestmark = pytest.mark.slow


async def conversation(url, token, mode):
    """Ask as an assistant's program does; gives version, name, the tools' names, and the answers' texts."""
    # loaded here: the client brings a server of its own
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    shown = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=shown, timeout=60) as http,
        Client(streamable_http_client(url, http_client=http), mode=mode) as client,
    ):
        tools = [each.name for each in (await client.list_tools()).tools]
        found = [
            await client.call_tool("customer", {"id": "é/7"}),
            await client.call_tool("customer", {"id": "nobody"}),
            await client.call_tool("customers", {"segment": ["recent"], "limit": 2}),
        ]
        told = [(each.is_error, [part.text for part in each.content]) for each in found]
        return client.protocol_version, client.server_info.name, tools, told


def converse(url, token, mode):
    """Hold a `conversation`, in a thread: in one with a browser's tests a loop runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(conversation(url, token, mode))).result()


@pytest.mark.parametrize(("mode", "version"), [("auto", MODERN), ("legacy", HANDSHAKE)])
def test_the_official_client_lists_tools_and_calls_them(running, mode, version):
    url, tokens, audit = running
    spoken, name, tools, (one, nobody, some) = converse(url, tokens["exporter"], mode)
    assert (spoken, name) == (version, "segment-desk")
    assert {"customer", "customers", "predict", "rules"} <= set(tools)
    assert (one[0], json.loads(one[1][-1])["customer_id"]) == (False, "é/7")
    assert nobody[0]
    assert (some[0], len(json.loads(some[1][-1]))) == (False, 2)
    rows = [(each.what, each.subject) for each in audit.listed(who="token:exporter", most=3)]
    assert rows == [
        ("export", "/api/v1/customers?segment=recent&limit=2"),
        ("look-up", "nobody"),
        ("look-up", "é/7"),
    ]


def test_to_who_may_not_take_customers_away_the_client_is_not_offered_lists_of_them(running):
    url, tokens, _ = running
    _, _, tools, (_, _, some) = converse(url, tokens["viewer"], "auto")
    assert "customers" not in tools
    assert some[0]
    assert "Your role, viewer, does not allow this" in some[1][0]


@pytest.fixture(scope="module")
def running(models, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    state = State(folder / "state")
    Accounts(state).add("ana", Role.ADMIN, PASSWORD)
    tokens = {role: Tokens(state, KEY).add(role, Role(role)) for role in ("exporter", "viewer")}
    with serve(models, folder, MCP="1", SECRET_KEY=KEY) as site:
        yield f"{site.url}/mcp", tokens, Audit(state)
