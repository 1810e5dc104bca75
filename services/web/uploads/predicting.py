"""A table of customers in, the same with its chances of churning out: ``POST /churn/table/rows``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from flask import Flask, Response, g
from werkzeug.datastructures import Headers
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartEncoder, Preamble

from services.releases import WORK, working_folder
from services.serving.predictions.rows_answers import MOST_BYTES
from services.web.access.asking import asking
from services.web.access.parameters import given, understood
from services.web.uploads import children, receiving
from services.web.uploads.looking import READING, slots_of

if TYPE_CHECKING:
    from services.desk import Services

ROUTE = "/churn/table/rows"

_MOST_MB = MOST_BYTES // 1_000_000
_BLOCK = 1 << 16
_BOUNDARY = b"segment-desk-7d1b2f60c4e94a53"
KIND = f"multipart/form-data; boundary={_BOUNDARY.decode()}"
_LONGEST_NAME = 200


def install(server: Flask, services: Services) -> None:
    """Add the prediction of a table to ``server``; the body is the file itself.

    The table is read by ``predict-churn`` in a process of its own, so page and command say the same.
    """

    @server.post(ROUTE)
    def predict_table() -> Response:
        query = given("name", "sheet")
        state_dir, models = services.settings.state_dir, services.settings.models_dir
        receiving.refuse_too_large(_MOST_MB)
        slots = slots_of(state_dir)
        with slots.of_person(f"{asking().account}\ntable") as held, ExitStack() as until_read:
            folder = until_read.enter_context(working_folder(state_dir / WORK)).resolve()
            with (folder / "table").open("wb") as file:
                for block in receiving.blocks(_MOST_MB):
                    file.write(block)
            slots.of_worker(held)  # not before: who sends slowly keeps nobody else waiting
            words = ["predict-churn", "--json", "--models", str(models.resolve())]
            words += [f"--sheet={query['sheet'][0]}"] if "sheet" in query else []
            words += ["--out", str(folder / "answers.csv"), "--", str(folder / "table")]
            report = children.ask("services", words, **READING)
            answers = (folder / "answers.csv").open("rb")
        # for the audit log: no release has these rows
        told = [("file", _named(query.get("name", ["table"])[0])), ("model", report["release"])]
        g.taken = ("", report["rows"], understood(told))
        del report["out"]
        response = Response(parts(report, answers), content_type=KIND)
        response.call_on_close(answers.close)
        return response


def parts(report: dict[str, Any], answers: IO[bytes]) -> Iterator[bytes]:
    """Write the report, JSON, and the file, CSV, as the two parts of an answer of ``KIND``."""
    encoder = MultipartEncoder(_BOUNDARY)
    yield encoder.send_event(Preamble(b""))
    yield encoder.send_event(Field(name="report", headers=Headers({"Content-Type": "application/json"})))
    yield encoder.send_event(Data(json.dumps(report).encode(), more_data=False))
    kind = Headers({"Content-Type": "text/csv; charset=utf-8"})
    yield encoder.send_event(File(name="file", filename="answers.csv", headers=kind))
    while block := answers.read(_BLOCK):
        yield encoder.send_event(Data(block, more_data=True))
    yield encoder.send_event(Data(b"", more_data=False))
    yield encoder.send_event(Epilogue(b""))


def _named(name: str) -> str:
    return Path(name).name[:_LONGEST_NAME]
