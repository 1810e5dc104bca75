"""Many rows at once: ``POST /predict/rows`` takes a CSV and gives it back with its answers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.predictions.rows_answers import MOST_BYTES, MOST_ROWS, Answered, answer_rows
from services.web.access.asking import asking
from services.web.access.parameters import given, release_of
from services.web.exports.upload_slots import Slots

if TYPE_CHECKING:
    from services.desk import Services

ROUTE = "/predict/rows"
REPORT = "X-Rows"
"""The header that holds what the page says: a JSON object of ``rows``, ``refused`` and ``first``."""

_CHUNK = 1 << 16
_IN_MEMORY = 1 << 20


def install(server: Flask, services: Services) -> None:
    """Add the prediction of many rows to ``server``; the body is the file itself."""
    slots = Slots(lambda: services.settings.state_dir)

    @server.post(ROUTE)
    def predict_rows() -> Response:
        given("release")
        with slots.of_person(asking().account) as held:
            file = held.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 (it is one)
            _receive(file)
            slots.of_worker(held)  # not before: who sends slowly keeps nobody else waiting
            release = release_of(services)
            try:
                answered = answer_rows(release, file, MOST_ROWS)
            except Refusal as refused:
                raise BadRequest(str(refused)) from None
            until_sent = held.pop_all()
        report = {"rows": answered.rows, "refused": len(answered.refused), "first": answered.first}
        headers = {
            "Content-Disposition": f'attachment; filename="segment-desk-predicted-{release.id}.csv"',
            REPORT: json.dumps(report),
        }
        response = Response(_given(answered, until_sent), mimetype="text/csv", headers=headers)
        response.call_on_close(until_sent.close)  # also of an answer that nobody reads
        return response


def _given(answered: Answered, until_sent: ExitStack) -> Iterator[str]:
    with until_sent:
        yield from answered.text()


def _receive(file: IO[bytes]) -> None:
    """Copy the body, as far as it may go, to a file that grows on disk."""
    received = 0
    request.max_content_length = MOST_BYTES
    try:
        while chunk := request.stream.read(_CHUNK):
            received += len(chunk)
            if received > MOST_BYTES:
                raise RequestEntityTooLarge
            file.write(chunk)
        if received < (request.content_length or 0):  # the connection ended first: the rest is missing
            raise BadRequest(_("The file did not arrive whole. Send it again."))
    except RequestEntityTooLarge:
        raise RequestEntityTooLarge(
            _(
                "The file is larger than {most} MB. Split it into several.",
                most=MOST_BYTES // 1_000_000,
            )
        ) from None
