"""The files of Dash and its components: which of them a page names, and how they are sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dash import Dash
from dash.fingerprint import build_fingerprint, check_fingerprint
from flask import Response, request

from services.core.language.messages import language
from services.web.static import said_in_scripts
from services.web.static.files import CHECKED, FOREVER, File

_PLACE = "/_dash-component-suites/"
RULE = f"{_PLACE}<string:package_name>/<path:fingerprinted_path>"
_ADDRESS = re.compile(rf'src="({_PLACE}[^"]+)"')
# For browsers that know no promises, and for dash_table, which Dash names whether it is used or not.
_UNUSED = re.compile(r'<script src="[^"]*/(?:polyfill@|dash_table/)[^"]*"></script>\n?')
_PLOTLY = "package_data/plotly.min.js"
LANGUAGE = "{%language%}"
"""Where the page has its language: ``<html lang>``."""


class Desk(Dash):
    """A Dash app whose pages name only the scripts that they use, and show something before these have run.

    Attributes
    ----------
    first : callable
        From the path of a page to the HTML that stands in its place until Dash draws it.
    locale : callable
        Returns the Babel locale of the reader of this request.
    """

    first: Callable[[str], str]
    locale: Callable[[], str]

    def interpolate_index(  # type: ignore[override]
        self, *, metas: str = "", scripts: str = "", app_entry: str = "", **parts: Any
    ) -> str:
        """Fill the page; Dash calls this for each."""
        page = super().interpolate_index(
            metas=f'{metas}\n<meta name="sd-locale" content="{self.locale().replace("_", "-")}">',
            scripts=said_in_scripts.tag() + _UNUSED.sub("", scripts),
            app_entry=app_entry + self.first(request.path),
            **parts,
        )
        return page.replace(LANGUAGE, language().tag, 1)


def plotly_js() -> Path:
    """Find the file that Dash loads with the first chart, without importing plotly."""
    spec = find_spec("plotly")
    assert spec is not None  # Dash needs it
    assert spec.origin is not None
    return Path(spec.origin).parent / _PLOTLY


@cache
def plotly_address() -> str:
    """Return the address of plotly.js with a fingerprint; Dash's own has none."""
    script = File(plotly_js().read_bytes(), "text/javascript")
    return f"{_PLACE}plotly/{build_fingerprint(_PLOTLY, version('plotly'), script.fingerprint)}"


def install(app: Dash, page: str) -> None:
    """Answer what components ask for, on the server of ``app``.

    A file may be kept for ever under the addresses that this start's pages name; a page from before an
    upgrade gets its scripts, too, but keeps none of them under the old address. What components load by
    themselves has no fingerprint in its address.

    Parameters
    ----------
    app : Dash
    page : str
        One as the site sends it.
    """
    named = frozenset((*_ADDRESS.findall(page), plotly_address()))
    files: dict[tuple[str, str], File] = {}  # finite: Dash refuses what no component registered
    server = app.server
    found: Callable[..., Response] = server.view_functions[RULE]

    def component_file(package_name: str, fingerprinted_path: str) -> Response:
        key = (package_name, check_fingerprint(fingerprinted_path)[0])
        if key not in files:
            response = found(package_name=package_name, fingerprinted_path=fingerprinted_path)
            if response.status_code != 200:
                return response
            files[key] = File(response.get_data(), response.mimetype or "application/octet-stream")
        return files[key].answer(FOREVER if request.path in named else CHECKED)

    server.view_functions[RULE] = component_file
    # read before gunicorn forks: workers share what they would else hold each
    with server.test_request_context():
        for address in named:
            component_file(*address.removeprefix(_PLACE).split("/", 1))
