"""``/uploads``: a sales file is sent, looked at, and added to the ledger or removed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import Flask, Response, g, jsonify, send_file
from werkzeug.exceptions import BadRequest

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.releases import WORK, working_folder
from services.site.uploads import Upload, Uploads
from services.web.access.asking import asking
from services.web.access.parameters import given, understood
from services.web.uploads import children, receiving
from services.web.uploads.looking import RECOGNISING, add, ask, slots_of
from services.web.uploads.options import ONCE, SEVERAL, options_of

if TYPE_CHECKING:
    from services.desk import Services

ROUTE = "/uploads"
_ONE = f"{ROUTE}/<string:upload>"

SWEPT_SECONDS = 600
"""How often a worker that is asked anything removes uploads that are too old."""


def install(server: Flask, services: Services) -> None:
    """Add the routes of uploads to ``server``."""
    _sweep(server, services)

    def kept() -> Uploads:
        return Uploads(services.settings.state_dir)

    def own(upload: str) -> Upload:
        return kept().one(upload, asking().account)

    @server.post(ROUTE)
    def upload_file() -> tuple[Response, int]:
        name = (given("name").get("name") or ["file"])[0]
        most, who, uploads = services.settings.max_upload_mb, asking().account, kept()
        receiving.refuse_too_large(most)
        with slots_of(services.settings.state_dir).of_person(who):
            upload = uploads.receive(name, receiving.blocks(most), who)
            try:
                children.ask("services.reading.recognising", [str(uploads.path(upload))], **RECOGNISING)
            except (Refusal, BadRequest):
                uploads.remove(upload)
                raise
        return jsonify(upload.told()), 201

    @server.get(f"{_ONE}/inspection")
    def inspect_upload(upload: str) -> Response:
        return jsonify(ask(services.settings.state_dir, own(upload), ["inspect", "--json", *_options()]))

    @server.get(f"{_ONE}/left-out.csv")
    def rows_left_out(upload: str) -> Response:
        options, sent = _options(), own(upload)
        with working_folder(services.settings.state_dir / WORK) as folder:
            target = folder.resolve() / "left-out.csv"
            found = ask(
                services.settings.state_dir, sent, ["inspect", "--json", f"--rejected={target}", *options]
            )
            if not target.exists() or not found["rows"]:
                raise BadRequest(_("Which rows are left out is known once the questions are answered."))
            file = target.open("rb")
        # for the audit log: no release has these rows
        g.taken = ("", found["rows"]["read"] - found["rows"]["kept"], understood([("file", sent.name)]))
        return send_file(file, "text/csv", as_attachment=True, download_name=f"{sent.name}-left-out.csv")

    @server.post(f"{_ONE}/ledger")
    def add_upload(upload: str) -> Response:
        return jsonify(add(services.settings.state_dir, own(upload), given(*ONCE, several=SEVERAL)))

    @server.delete(_ONE)
    def remove_upload(upload: str) -> tuple[str, int]:
        given()
        kept().remove(own(upload))
        return "", 204


def _sweep(server: Flask, services: Services) -> None:
    """Remove uploads that are too old now and then, while the site is asked anything."""
    swept = time.monotonic()

    @server.before_request
    def sweep() -> None:
        nonlocal swept
        if time.monotonic() - swept >= SWEPT_SECONDS:
            swept = time.monotonic()
            Uploads(services.settings.state_dir).clear()


def _options() -> list[str]:
    return options_of(given(*ONCE, several=SEVERAL))
