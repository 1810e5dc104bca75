"""``/uploads``: a sales file is sent, looked at, and added to the ledger or removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify
from werkzeug.exceptions import BadRequest

from services.core.refusals import Refusal
from services.site.uploads import Upload, Uploads
from services.web.access.asking import asking
from services.web.access.parameters import given
from services.web.exports.upload_slots import Slots
from services.web.uploads import children, receiving

if TYPE_CHECKING:
    from services.desk import Services

ROUTE = "/uploads"
_ONE = f"{ROUTE}/<string:upload>"

#: Options of ``inspect`` that a request may give, once or several times.
_ONCE = (
    *("columns", "layout", "date_order", "encoding", "separator", "decimal", "only_currency", "header_row"),
    *("sheet", "cancel_prefix", "accept_unreadable"),
)
_SEVERAL = ("keep_status", "drop_status", "keep_customer", "drop_customer")

_RECOGNISING = {"seconds": 10, "memory_mb": 512}
_READING = {"seconds": 300, "memory_mb": 4_096}


def install(server: Flask, services: Services) -> None:
    """Add the routes of uploads to ``server``."""
    slots = Slots(lambda: services.settings.state_dir)

    def kept() -> Uploads:
        return Uploads(services.settings.state_dir)

    @server.post(ROUTE)
    def upload_file() -> tuple[Response, int]:
        name = (given("name").get("name") or ["file"])[0]
        most, uploads = services.settings.max_upload_mb, kept()
        receiving.refuse_too_large(most)
        with slots.of_person(asking().account):
            upload = uploads.receive(name, receiving.blocks(most))
            try:
                children.ask("services.reading.recognising", [str(uploads.path(upload))], **_RECOGNISING)
            except (Refusal, BadRequest):
                uploads.remove(upload)
                raise
        return jsonify(asdict(upload)), 201

    @server.get(f"{_ONE}/inspection")
    def inspect_upload(upload: str) -> Response:
        options, uploads = list(_options()), kept()
        return jsonify(_read(slots, uploads, uploads.one(upload), ["inspect", "--json", *options]))

    @server.post(f"{_ONE}/ledger")
    def add_upload(upload: str) -> Response:
        options, uploads = list(_options()), kept()
        sent = uploads.one(upload)
        words = ["ledger", "add", "--json", f"--by={asking().account}", *options]
        answer = _read(slots, uploads, sent, words)
        uploads.remove(sent)
        return jsonify(answer)

    @server.delete(_ONE)
    def remove_upload(upload: str) -> tuple[str, int]:
        given()
        uploads = kept()
        uploads.remove(uploads.one(upload))
        return "", 204


def _read(slots: Slots, uploads: Uploads, upload: Upload, words: list[str]) -> Any:
    """Have a command read an upload; one a person and two a worker at once."""
    with slots.of_person(asking().account) as held:
        slots.of_worker(held)
        return children.ask("services", [*words, "--", str(uploads.path(upload).resolve())], **_READING)


def _options() -> Iterator[str]:
    """Give the parameters of the request as options of the command."""
    for name, values in given(*_ONCE, several=_SEVERAL).items():
        option = f"--{name.replace('_', '-')}"
        if name == "accept_unreadable":
            if values != ["1"]:
                raise BadRequest("accept_unreadable takes 1.")
            yield option
            continue
        if name == "layout" and not values[0].replace("-", "").isalnum():
            raise BadRequest("layout takes the id of a known export, or none.")
        yield from (f"{option}={value}" for value in values)
