"""What every page names: our style sheet, which begins with Bootstrap's; our script; and the font."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response
from rcssmin import cssmin
from werkzeug.exceptions import NotFound

from services.core.language.messages import _
from services.web.static import fonts
from services.web.static.files import File
from services.web.static.pruning import pruned

ALONE = ("theme.js", "leaving.js", "favicon.svg")
"""Files of ours that pages name by themselves: what they need before they are painted, what those need that
the site writes itself, and the icon."""
FIRST = "messages.js"
"""What says every sentence of the others, some while they are read."""
REMARK = re.compile(rb"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//.*)\n", re.MULTILINE)
"""A line of a script that is a comment alone: no text of ours goes over several lines (decision 105)."""
BEHIND = re.compile(rb"(?<=[;{,(\]}]) // .*$", re.MULTILINE)
"""A comment behind code: no text of ours holds two slashes between blanks."""
INDENT = re.compile(rb"^[ \t]+", re.MULTILINE)
"""What stands before a line of a script: nothing but to be read, for the same reason."""
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Named(NamedTuple):
    """Addresses of the style sheet, the script, what stands alone by its name, and the font's first part."""

    sheet: str
    script: str
    alone: dict[str, str]
    font: str


def bootstrap_css() -> Path:
    """Find where the installed package keeps Bootstrap 5; found without importing it."""
    spec = find_spec("js_lib_bootstrap5")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("django-js-lib-bootstrap5 is not installed.")
    return Path(spec.origin).parent / "static" / "js-lib-bootstrap5" / "css" / "bootstrap.min.css"


def _in_order(assets: Path, suffix: str) -> list[Path]:
    """List the files with ``suffix``: what all scripts call, what tabs share, then each tab's, by name."""
    return [
        *sorted(assets.glob(f"*{suffix}"), key=lambda path: (path.name != FIRST, path)),
        *sorted(assets.glob(f"*/*{suffix}")),
    ]


def install(server: Flask, assets: Path) -> Named:
    """Serve the files in ``assets`` from ``server``, and what of Bootstrap and the font pages use.

    Returns
    -------
    Named
    """
    own = {
        path.relative_to(assets).as_posix(): File(path.read_bytes(), _KINDS[path.suffix])
        for suffix in _KINDS
        for path in _in_order(assets, suffix)
    }
    joined = {
        suffix: b"\n".join(path.read_bytes() for path in _in_order(assets, suffix) if path.name not in ALONE)
        for suffix in (".css", ".js")
    }
    faces, font = fonts.install(server)
    before = faces + pruned(bootstrap_css().read_text("utf-8"))
    sheet = File(before.encode() + cssmin(joined[".css"]), _KINDS[".css"])
    script = File(BEHIND.sub(b"", INDENT.sub(b"", REMARK.sub(b"", joined[".js"]))), _KINDS[".js"])

    @server.get("/vendor/desk.css")
    def own_sheet() -> Response:
        return sheet.answer()

    @server.get("/vendor/desk.js")
    def own_script() -> Response:
        return script.answer()

    @server.get("/assets/<path:filename>")
    def own_file(filename: str) -> Response:
        if filename not in own:
            raise NotFound(_("There is no such file."))
        return own[filename].answer()

    return Named(
        sheet=sheet.at("/vendor/desk.css"),
        script=script.at("/vendor/desk.js"),
        alone={name: own[name].at(f"/assets/{name}") for name in ALONE},
        font=font,
    )
