"""The OpenAPI document of ``/api/v1``, written from the types of what is asked and answered."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from services.site.people.roles import who_may
from services.web.access.table import OPEN, ROUTES
from services.web.answers.failure import PROBLEM
from services.web.api import answers, asked
from services.web.api.campaign_answers import Campaign

ROOT = "/api/v1"
VERSION = "1"
_PARTS = "#/components/schemas/{model}"
_STATES = {
    400: "The request cannot be answered; `detail` says what to do, `field` names the input.",
    401: "No token, or one that is unknown, expired or revoked.",
    403: "The role does not allow it.",
    404: "There is no such customer or release.",
    413: "The body is too large.",
    415: "The body is not declared as JSON.",
    429: "Too many wrong tokens from this address.",
    503: "There is no release, or the site's own records cannot be used.",
}
_HEADERS = {
    "X-Release": "The release that the answer comes from.",
    "X-Total-Count": "How many entries there are on all pages.",
    "Link": 'The next page, as `<address>; rel="next"`; absent on the last one.',
}


@dataclass(frozen=True)
class Operation:
    """An address and a method of the API.

    Attributes
    ----------
    rule : str
        As Flask writes it.
    name, summary : str
    query : type
        Its parameters.
    answer : type
        Of the body, or of each entry where ``several``.
    several : {"no", "yes", "asked"}
        Whether the body is a list; ``asked``: where the request's body is one.
    body : type, optional
        Of the request.
    method : {"get", "post"}
    refusals : tuple of int
        Statuses beside those that every address has.
    only_reads : bool
        Of a post: whether it changes nothing all the same.
    """

    rule: str
    name: str
    summary: str
    answer: type[BaseModel] | None
    query: type[asked.Query] = asked.Query
    several: Literal["no", "yes", "asked"] = "no"
    body: type[BaseModel] | None = None
    method: Literal["get", "post"] = "get"
    refusals: tuple[int, ...] = ()
    only_reads: bool = False

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "get" or self.only_reads

    @property
    def path(self) -> str:
        """The address as OpenAPI writes it."""
        return re.sub(r"<[^>]*?(\w+)>", r"{\1}", self.rule)


OPERATIONS = (
    Operation(f"{ROOT}/health", "health", "Whether the site can answer. Needs no token.", answers.Health),
    Operation(f"{ROOT}/openapi.json", "openapi", "This document.", None),
    Operation(f"{ROOT}/releases", "releases", "The releases, newest first.", answers.Release, several="yes"),
    Operation(
        f"{ROOT}/segments",
        "segments",
        "The segments in the preset's order, with their means.",
        answers.Segment,
        asked.OfRelease,
        several="yes",
        refusals=(404, 503),
    ),
    Operation(
        f"{ROOT}/cohorts",
        "cohorts",
        "What the customers won in each month, quarter or week have done since.",
        answers.Cohort,
        asked.Cohorts,
        several="yes",
        refusals=(404, 503),
    ),
    Operation(
        f"{ROOT}/campaigns",
        "campaigns",
        "The saved campaigns, latest first: state, owner, value, and what came of each.",
        Campaign,
        asked.Campaigns,
        several="yes",
        refusals=(404, 503),
    ),
    Operation(
        f"{ROOT}/customers/<customer_id:id>",
        "customer",
        "One customer, by an ID in any spelling. Logged.",
        answers.Customer,
        asked.OfRelease,
        refusals=(404, 503),
    ),
    Operation(
        f"{ROOT}/customers",
        "customers",
        "The customers that match the filters, without those who opted out, a page at a time. Logged.",
        answers.Customer,
        asked.Customers,
        several="yes",
        refusals=(404, 503),
    ),
    Operation(
        f"{ROOT}/predict",
        "predict",
        "Where customers with these values would fall: one, or a list of "
        f"{asked.MOST_PREDICTIONS:,} at most. Nothing is stored.",
        answers.Prediction,
        asked.OfRelease,
        several="asked",
        body=asked.Values,
        method="post",
        refusals=(404, 413, 415, 503),
        only_reads=True,
    ),
    Operation(
        f"{ROOT}/rules",
        "rules",
        "Basket rules, strongest confidence first, a page at a time.",
        answers.Rule,
        asked.Rules,
        several="yes",
        refusals=(404, 503),
    ),
)


@cache
def document() -> str:
    """Return the document as JSON."""
    told = [each.answer for each in OPERATIONS if each.answer] + [answers.Problem]
    read = [each.body for each in OPERATIONS if each.body]
    kinds = [(kind, "serialization") for kind in told] + [(kind, "validation") for kind in read]
    _, parts = models_json_schema(kinds, ref_template=_PARTS)  # type: ignore[arg-type]
    paths: dict[str, Any] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method] = _operation(each)
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Segment Desk",
                "version": VERSION,
                "description": "Customers, segments, basket rules and predictions of a release, as the "
                "command line gives them. Fields and addresses may be added; existing ones keep their "
                "meaning.",
            },
            "paths": paths,
            "components": {
                "schemas": parts["$defs"],
                "securitySchemes": {
                    "token": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "Create one with python -m services tokens add.",
                    }
                },
            },
            "security": [{"token": []}],
        },
        ensure_ascii=False,
    )


def _operation(each: Operation) -> dict[str, Any]:
    needed = ROUTES[each.rule]
    states = each.refusals + ((400,) if needed == OPEN else (400, 401, 403, 429))
    told: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "parameters": parameters(each),
        "responses": {"200": _answer(each)} | {str(state): _refusal(state) for state in sorted(states)},
    }
    if needed == OPEN:
        told["security"] = []
        told["responses"]["503"] = _answer(each, "There is no release to answer from.")
    else:
        told["description"] = f"Needs a role that may {needed}: {who_may(needed, older=True)}."
    if each.body:
        one = _part(each.body)
        many = {"type": "array", "items": one, "maxItems": asked.MOST_PREDICTIONS}
        told["requestBody"] = {"required": True, "content": _json({"anyOf": [one, many]})}
    return told


def parameters(each: Operation) -> list[dict[str, Any]]:
    """Return what an operation takes in its address, as OpenAPI describes it."""
    found: list[dict[str, Any]] = []
    if "{id}" in each.path:
        text = {"type": "string", "minLength": 1}
        said = f"Takes {asked.OF_ID}."
        found.append({"name": "id", "in": "path", "required": True, "description": said, "schema": text})
    for name, schema in each.query.model_json_schema().get("properties", {}).items():
        said = schema.pop("description")
        schema.pop("title")
        if schema.get("default", "") is None:  # it may be left out; an address cannot say null
            schema = schema["anyOf"][0]
        elif schema.get("default") == "":  # nor that a parameter has no value
            del schema["default"]
        found.append({"name": name, "in": "query", "description": f"Takes {said}.", "schema": schema})
    return found


def _answer(each: Operation, said: str = "The answer.") -> dict[str, Any]:
    if each.answer is None:
        return {"description": said, "content": _json({"type": "object"})}
    one = _part(each.answer)
    many = {"type": "array", "items": one}
    bodies: dict[str, dict[str, Any]] = {"no": one, "yes": many, "asked": {"anyOf": [one, many]}}
    paged = issubclass(each.query, asked.Page)
    names = list(_HEADERS) if paged else ["X-Release"] if each.query is not asked.Query else []
    headers = {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in names}
    return {"description": said, "content": _json(bodies[each.several])} | (
        {"headers": headers} if headers else {}
    )


def _refusal(state: int) -> dict[str, Any]:
    return {"description": _STATES[state], "content": {PROBLEM: {"schema": _part(answers.Problem)}}}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _part(kind: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _PARTS.format(model=kind.__name__)}
