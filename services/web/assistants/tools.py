"""The API's reading operations as tools: which there are for whom, and what each takes.

All of it follows from the table that the API's document is written from, so a new operation is a tool, too.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from mcp_types import Tool, ToolAnnotations

from services.site.people.roles import Action, Role
from services.web.access.table import ROUTES
from services.web.api import asked
from services.web.api.document import OPERATIONS, Operation, parameters

BODY = "body"
"""The argument that stands for the body of a request."""
_NEEDED = {
    each: needed
    for each in OPERATIONS
    # what needs no token tells of the site, and what has no type of an answer is the API's own document
    if each.reads and each.answer is not None and isinstance(needed := ROUTES[each.rule], Action)
}
TOOLS = {each.name: each for each in _NEEDED}
"""The operations that are tools, by name."""


def tools_for(role: Role) -> list[Tool]:
    """Return the tools that a role may use, in the order of the API's document."""
    return [_tool(each) for each, needed in _NEEDED.items() if role.may(needed)]


@cache
def _tool(each: Operation) -> Tool:
    return Tool(
        name=each.name,
        description=each.summary,
        input_schema=_schema(each),
        annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _schema(each: Operation) -> dict[str, Any]:
    """Return what a call takes, as JSON Schema: the parameters of the address, and a body if there is one."""
    taken = parameters(each)
    properties = {one["name"]: one["schema"] | {"description": one["description"]} for one in taken}
    required = [one["name"] for one in taken if one.get("required")]
    if each.body:
        one = each.body.model_json_schema()
        many = {"type": "array", "items": one, "maxItems": asked.MOST_PREDICTIONS}
        properties[BODY] = {"anyOf": [one, many], "description": "Takes one object, or a list of them."}
        required.append(BODY)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
