"""A preset as a file for ``train --preset FILE``: ``/export/preset.toml?preset=our-shop&version=2``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response
from werkzeug.exceptions import BadRequest, NotFound

from services.core.language.messages import _
from services.core.presets.toml import to_toml
from services.core.refusals import Refusal
from services.serving.presets.opening import base_of
from services.site.state import StateUnusable
from services.web.access.parameters import given, release_of

if TYPE_CHECKING:
    from services.desk import Services


def install(server: Flask, services: Services) -> None:
    """Add the download of presets to ``server``."""

    @server.get("/export/preset.toml")
    def export_preset() -> Response:
        query = given("preset", "version", "release")
        version = query.get("version", [""])[0]
        if version and not (version.isascii() and version.isdigit() and len(version) < 10):
            raise BadRequest(_("A version is a number, such as 2."))
        release = release_of(services)
        name = query.get("preset", [release.preset.id])[0]
        try:
            preset = base_of(services.presets, release, name, int(version) if version else None)
        except StateUnusable:
            raise
        except Refusal as refused:
            raise NotFound(str(refused)) from None
        # an id holds small letters, digits and hyphens only
        file = f"{preset.id}-{preset.version}.toml" if preset.version else f"{preset.id}.toml"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return Response(to_toml(preset), mimetype="application/toml", headers=headers)
