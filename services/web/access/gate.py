"""The one gate before every route and callback: origin, person, body, press, role, in this order.

Dash looks outputs up in its table without checking the rest; a body that is not what the page
would send is an error of the sender and gets 400, never 500, before anything runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response

from services.core.language.messages import _
from services.web.access.forged import possible
from services.web.access.person import Door
from services.web.access.sent import shows_token
from services.web.answers.failure import to_program

CALLBACKS = "/_dash-update-component"
MOST_BYTES = 2_000_000
PRESSES = ("n_clicks", "n_submit")
"""Count up when somebody presses a button or Enter; nothing, or 0, while nobody did."""


def install(server: Flask, callback_map: Mapping[str, Mapping[str, Any]], door: Door) -> None:
    """Refuse foreign, forbidden and malformed requests on ``server``."""

    @server.before_request
    def check() -> Response | None:
        # a browser adds its cookie to what another site has it ask; nobody's token is added by itself
        by_browser = to_program() and not shows_token()
        changes = request.method not in ("GET", "HEAD", "OPTIONS")
        if (changes or by_browser) and not own_origin(request.headers, request.host):
            raise Forbidden(_("This request comes from another site."))
        elsewhere = door.enter()
        if elsewhere is not None or request.path != CALLBACKS or request.method != "POST":
            return elsewhere
        request.max_content_length = MOST_BYTES
        try:
            body = request.get_json()
            fault = fault_of(body, callback_map)
        except RecursionError:
            fault = "The body is nested too deeply."
        if fault:
            raise BadRequest(fault)
        entry = callback_map[body["output"]]
        if waits_for_press(entry["inputs"]) and not pressed(body["inputs"]):
            return Response(status=204)  # Dash asks when a button appears, too; nobody did anything
        door.enter_callback(entry["callback"])
        return None


def own_origin(headers: Mapping[str, str] | Headers, host: str) -> bool:
    """Whether the browser says that our own page sent this request (Datasette's rule)."""
    site = headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin", "none"):
        return False
    origin = headers.get("Origin")
    # a form's Origin is null where the page sends no referrer, as ours do not
    if origin is None or (origin == "null" and site == "same-origin"):
        return True
    try:
        return urlsplit(origin).netloc == host
    except ValueError:
        return False


def waits_for_press(inputs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a callback with these inputs answers presses alone, as all that change something do."""
    return bool(inputs) and all(each["property"] in PRESSES for each in inputs)


def pressed(inputs: Sequence[Any]) -> bool:
    """Whether any of a body's inputs, which are the callback's, says that something was pressed."""
    parts = (part for given in inputs for part in (given if isinstance(given, list) else [given]))
    return any(part["property"] in PRESSES and part.get("value") for part in parts)


def fault_of(body: object, callback_map: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Return what is wrong with a callback's body, or None.

    Parameters
    ----------
    body : object
        The decoded JSON.
    callback_map : mapping
        ``app.callback_map``.
    """
    if not isinstance(body, dict):
        return "The body is not a JSON object."
    output = body.get("output")
    if not isinstance(output, str) or "callback" not in callback_map.get(output, ()):
        return "The body names no callback of this site."
    entry = callback_map[output]
    for part, registered in (("inputs", entry["inputs"]), ("state", entry["state"])):
        given = body.get(part, [])
        if not isinstance(given, list) or len(given) != len(registered):
            return f"The body's {part} are not those of the callback."
        if not all(_fits(spec, value) for spec, value in zip(registered, given, strict=True)):
            return f"The body's {part} are not those of the callback."
        if not all(_possible(value) for value in given):
            return f"The body's {part} hold a value that no page sends."
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) for name in changed):
        return "The body's changedPropIds are not a list of names."
    known = [*entry["inputs"], *entry["state"]]
    if not all(_registered(name, known) for name in changed):
        return "The body's changedPropIds are not those of the callback."
    return None if entry.get("no_output") else _fault_of_outputs(entry, output, body)


def _fault_of_outputs(entry: Mapping[str, Any], output: str, body: Mapping[str, Any]) -> str | None:
    if not _outputs_fit(output, body.get("outputs")):
        return "The body's outputs are not those of the callback."
    if not _lists_agree(_lists_of(entry, output, body)):
        return "The body's lists of components are not of one page."
    return None


def _registered(name: str, specs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a property that changed, ``id.property``, is of one of these; wildcards by one component."""
    identifier, _dot, prop = name.rpartition(".")
    if not identifier.startswith("{"):
        return any((spec["id"], spec["property"]) == (identifier, prop) for spec in specs)
    try:
        part = {"id": json.loads(identifier), "property": prop}
    except ValueError:
        return False
    return any(_concrete(json.loads(spec["id"]), spec, part) for spec in specs if spec["id"].startswith("{"))


def _possible(given: Any) -> bool:
    parts = given if isinstance(given, list) else [given]  # wildcards send a list of them
    return all(possible(part["id"], part["property"], part.get("value")) for part in parts)


def _lists_agree(lists: Iterable[tuple[str, list[Any]]]) -> bool:
    """Whether all that a wildcard stands for is the same wherever it is given: a page has one of each."""
    seen: dict[str, list[Any]] = {}
    return all(
        seen.setdefault(pattern, ids) == ids
        for pattern, given in lists
        for ids in [[each["id"] for each in given]]
    )


def _lists_of(
    entry: Mapping[str, Any], output: str, body: Mapping[str, Any]
) -> Iterator[tuple[str, list[Any]]]:
    """Give each wildcard of a body that fits, as registered, with the components that it stands for."""
    for part, registered in (("inputs", entry["inputs"]), ("state", entry["state"])):
        for spec, given in zip(registered, body.get(part, []), strict=True):
            if isinstance(given, list):
                yield spec["id"], given
    outputs = body["outputs"] if output.startswith("..") else [body["outputs"]]
    for name, given in zip(_names(output), outputs, strict=True):
        if isinstance(given, list):
            yield name.rsplit(".", 1)[0], given


def _names(key: str) -> list[str]:
    return key[2:-2].split("...") if key.startswith("..") and key.endswith("..") else [key]


def _outputs_fit(key: str, given: object) -> bool:
    several = key.startswith("..") and key.endswith("..")
    registered = _outputs(key)
    values = given if several else [given]
    if not isinstance(values, list) or len(values) != len(registered):
        return False
    return all(_fits(spec, value) for spec, value in zip(registered, values, strict=True))


@cache  # finite: asked only for what the site has registered
def _outputs(key: str) -> list[dict[str, str]]:
    return [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in _names(key)]


@cache  # finite as well
def _pattern(identifier: str) -> dict[str, Any] | None:
    """Return what a registered wildcard admits; None for the id of one component."""
    found: dict[str, Any] | None = json.loads(identifier) if identifier.startswith("{") else None
    return found


def _fits(spec: Mapping[str, Any], given: object) -> bool:
    """Whether ``given`` is the registered input: the same id (or one its wildcards admit) and property."""
    pattern = _pattern(spec["id"])
    if pattern is None:
        return (
            isinstance(given, dict)
            and given.get("id") == spec["id"]
            and given.get("property") == spec["property"]
        )
    if any(value in (["ALL"], ["ALLSMALLER"]) for value in pattern.values()):
        return isinstance(given, list) and all(_concrete(pattern, spec, item) for item in given)
    return _concrete(pattern, spec, given)


def _concrete(pattern: Mapping[str, Any], spec: Mapping[str, Any], given: object) -> bool:
    if not isinstance(given, dict) or given.get("property") != spec["property"]:
        return False
    named = given.get("id")
    return isinstance(named, dict) and set(named) == set(pattern) and _values_fit(pattern, named)


def _values_fit(pattern: Mapping[str, Any], named: Mapping[str, Any]) -> bool:
    def fits(wanted: object, value: object) -> bool:
        if isinstance(wanted, Sequence) and not isinstance(wanted, str):
            return isinstance(value, str | int | float)
        return wanted == value

    return all(fits(wanted, named[key]) for key, wanted in pattern.items())
