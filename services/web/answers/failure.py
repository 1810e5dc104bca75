"""The one form of an answer that says no: problem+json where programs ask (RFC 9457), else a short object."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response, jsonify, request

API = "/api/"
METRICS = "/metrics"
READY = "/readyz"
MCP = "/mcp"
CUSTOMER = "/api/v1/customers/"
PROBLEM = "application/problem+json"


def logged(path: str) -> str:
    """Return an address as the server's log may hold it: without a customer's id."""
    return f"{CUSTOMER}…" if path.startswith(CUSTOMER) else path


def to_program() -> bool:
    """Whether a program sent the request that is being answered: to the API, by an assistant, for figures."""
    return request.path.startswith(API) or request.path in (METRICS, READY, MCP)


def failure(sentence: str, status: int, reference: str, field: str | None = None) -> Response:
    """Make the answer to a request that fails.

    Parameters
    ----------
    sentence : str
        What is wrong and what to do.
    status : int
        Of HTTP.
    reference : str
        Under which the log has it.
    field : str, optional
        The input that the sentence is about.
    """
    if to_program():
        told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
        told |= {"detail": sentence, "ref": reference} | ({"field": field} if field else {})
        # a JSON body can name what UTF-8 cannot write
        answer = Response(
            json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"), status, mimetype=PROBLEM
        )
        if status == HTTPStatus.UNAUTHORIZED:
            answer.headers["WWW-Authenticate"] = "Bearer"
    else:
        answer = jsonify(error=sentence, ref=reference)
        answer.status_code = status
    answer.headers["X-Reference"] = reference
    return answer
