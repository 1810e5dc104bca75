"""The scripts of ``assets/`` in a page of their own: no site, no Dash; React and what Dash offers them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import dash
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

from services.web.static import vendor
from tests.browser.console import Console
from tests.running import ROOT

PAGE = """<!doctype html>
<html lang="{language}"><head><title>Scripts</title>
<meta name="sd-locale" content="{locale}"><meta name="sd-currency" content="{currency}">
<meta name="sd-plotly" content="/plotly.js"><link rel="icon" href="data:,">
<script>
  window.told = [];
  window.dash_clientside = {{
    no_update: "no update",
    callback_context: {{}},
    set_props: function (id, props) {{ window.told.push([id, props]); }},
  }};
</script>
<script src="/react.js"></script><script src="/react-dom.js"></script>
<script src="/assets/theme.js"></script></head>
<body><div id="shell-toasts-area"></div><div id="drawn"></div>{body}
<script src="/vendor/desk.js"></script></body></html>"""

# What Dash's renderer does with the components that a function returns, as far as html's and links go.
DRAW = """([source, given]) => {
  const Link = ({ setProps, className, ...props }) =>
    window.React.createElement("a", { className: `${className || ""} of-dash`, ...props });
  window.dash_core_components = { Link };
  const made = (part) => {
    if (part === null || part === undefined || typeof part !== "object") return part;
    if (Array.isArray(part)) return window.React.createElement(window.React.Fragment, {}, ...part.map(made));
    if (part.$$typeof) return part; // a cell of a grid is made by React itself
    const { children, ...props } = part.props;
    if (part.namespace === "still") {
      return window.React.createElement(window.still[part.type], { ...part.props, setProps: () => {} });
    }
    const type = part.type === "Link" ? Link : part.type.toLowerCase();
    return window.React.createElement(type, props, ...[].concat(children).map(made));
  };
  const place = document.getElementById("drawn");
  place.textContent = "";
  const root = window.ReactDOM.createRoot(place);
  window.ReactDOM.flushSync(() => root.render(made(eval(source)(...given))));
}"""


class Desk:
    """A page with the scripts, and nothing else that moves."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.console = Console()
        self.console.listen(page)
        self._document = ""
        page.route("**/*", self._answer)

    def open(
        self, body: str = "", *, locale: str = "en-GB", currency: str = "GBP", address: str = "/"
    ) -> Desk:
        """Load the scripts anew, into a page of a site with this locale and currency."""
        language = locale.partition("-")[0] or "en"
        self._document = PAGE.format(body=body, language=language, locale=locale, currency=currency)
        self.page.goto(f"http://desk.test{address}")
        return self

    def _answer(self, route: Route) -> None:
        script = _scripts().get(urlsplit(route.request.url).path)
        if script:
            route.fulfill(body=script, content_type="text/javascript; charset=utf-8")
        else:
            route.fulfill(body=self._document, content_type="text/html; charset=utf-8")

    def run(self, function: str, *given: object) -> object:
        """Call a JavaScript function and return its answer."""
        return self.page.evaluate("([source, given]) => eval(source)(...given)", [f"({function})", given])

    def draw(self, function: str, *given: object) -> Locator:
        """Draw the components that a JavaScript function returns, as Dash would."""
        self.page.evaluate(DRAW, [f"({function})", given])
        return self.page.locator("#drawn")

    @property
    def told(self) -> list[list[object]]:
        """What the scripts had Dash set so far: ``[[id, properties], …]``."""
        return self.page.evaluate("window.told")


@cache
def _scripts() -> dict[str, bytes]:
    """Return the scripts as the site serves them, and React, by their paths."""
    server = Flask(__name__)
    vendor.install(server, ROOT / "assets")
    client = server.test_client()
    libraries = Path(dash.__file__).parent / "deps"
    return {
        **{path: client.get(path).data for path in ("/vendor/desk.js", "/assets/theme.js")},
        **{
            f"/{name}.js": (libraries / f"{name}@18.3.1.min.js").read_bytes()
            for name in ("react", "react-dom")
        },
    }


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader far from the shop: no date may move by the hours between them."""
    opened = browser.new_context(locale="en-GB", timezone_id="America/Los_Angeles", color_scheme="light")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def site_in(context: BrowserContext) -> Callable[..., Desk]:
    """Return the scripts of a site by locale and currency, loaded once: for functions that keep nothing."""

    @cache
    def loaded(locale: str = "en-GB", currency: str = "GBP") -> Desk:
        return Desk(context.new_page()).open(locale=locale, currency=currency)

    return loaded


@pytest.fixture
def desk(context: BrowserContext) -> Iterator[Desk]:
    """The scripts of a British site in an empty page; an error of theirs fails the test."""
    opened = Desk(context.new_page()).open()
    yield opened
    opened.page.close()
    opened.console.check()
