"""Many rows at once: ``POST /predict/rows`` takes a CSV and gives it back with its answers."""

from __future__ import annotations

import json
import tempfile
from typing import IO, TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from services.core.refusals import Refusal
from services.serving.row_answers import MOST_BYTES, MOST_ROWS, answer_rows
from services.web.parameters import only

if TYPE_CHECKING:
    from services.serving import Services

ROUTE = "/predict/rows"
REPORT = "X-Rows"
"""The header that holds what the page says: a JSON object of ``rows``, ``refused`` and ``first``."""

_CHUNK = 1 << 16
_IN_MEMORY = 1 << 20


def install(server: Flask, services: Services) -> None:
    """Add the prediction of many rows to ``server``; the body is the file itself."""

    @server.post(ROUTE)
    def predict_rows() -> Response:
        only("release")
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed with the answer)
        try:
            _receive(file)
            release = services.releases.at(request.args.get("release"))
            answered = answer_rows(release, file, MOST_ROWS)
        except Refusal as refused:
            file.close()
            raise BadRequest(str(refused)) from None
        except BaseException:
            file.close()
            raise
        report = {"rows": answered.rows, "refused": len(answered.refused), "first": answered.first}
        headers = {
            "Content-Disposition": f'attachment; filename="segment-desk-predicted-{release.id}.csv"',
            REPORT: json.dumps(report),
        }
        response = Response(answered.text(), mimetype="text/csv", headers=headers)
        response.call_on_close(file.close)
        return response


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
    except RequestEntityTooLarge:
        raise RequestEntityTooLarge(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it into several."
        ) from None
