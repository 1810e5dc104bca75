"""Who may call what: every route, and every module of callbacks. What has no line here is refused."""

from __future__ import annotations

from typing import Literal

from services.site.roles import Role

Open = Literal["open"]
OPEN: Open = "open"
"""Asks for nobody: holds no data."""

ROUTES: dict[str, Role | Open] = {
    "/sign-in": OPEN,
    "/sign-out": OPEN,
    "/healthz": OPEN,
    "/readyz": OPEN,
    "/_favicon.ico": OPEN,
    "/assets/<path:filename>": OPEN,
    "/vendor/bootstrap.css": OPEN,
    "/vendor/desk.css": OPEN,
    "/vendor/desk.js": OPEN,
    "/vendor/template.js": OPEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": OPEN,
    "/": Role.VIEWER,
    "/<path:path>": Role.VIEWER,
    "/_dash-layout": Role.VIEWER,
    "/_dash-dependencies": Role.VIEWER,
    "/_dash-update-component": Role.VIEWER,
    "/_reload-hash": Role.VIEWER,
    "/predict/rows": Role.VIEWER,
    "/export/preset.toml": Role.VIEWER,
    "/export/customers.csv": Role.EXPORTER,
    "/export/rules.csv": Role.EXPORTER,
    "/export/bundles.csv": Role.EXPORTER,
    "/export/audience.csv": Role.EXPORTER,
    "/export/audience.xlsx": Role.EXPORTER,
    "/audit": Role.ADMIN,
    "/api/v1/health": OPEN,
    "/api/v1/openapi.json": Role.VIEWER,
    "/api/v1/releases": Role.VIEWER,
    "/api/v1/segments": Role.VIEWER,
    "/api/v1/customers/<customer_id:id>": Role.VIEWER,
    "/api/v1/customers": Role.EXPORTER,
    "/api/v1/predict": Role.VIEWER,
    "/api/v1/rules": Role.VIEWER,
}

CALLBACKS: dict[str, Role] = {
    # The module that the callback's function stands in; Dash's own is the pages router.
    "dash.dash": Role.VIEWER,
    "callbacks.shell": Role.VIEWER,
    "callbacks.segments": Role.VIEWER,
    "callbacks.segments_ranges": Role.VIEWER,
    "callbacks.customers": Role.VIEWER,
    "callbacks.customers_offers": Role.VIEWER,
    "callbacks.customers_contact": Role.VIEWER,
    "callbacks.customers_keeping": Role.ANALYST,
    "callbacks.predict": Role.VIEWER,
    "callbacks.baskets": Role.VIEWER,
    "callbacks.baskets_filters": Role.VIEWER,
    "callbacks.baskets_choices": Role.VIEWER,
    "callbacks.baskets_cards": Role.VIEWER,
    "callbacks.clusters": Role.VIEWER,
    "callbacks.movement": Role.VIEWER,
    "callbacks.left_out": Role.VIEWER,
    "callbacks.presets": Role.VIEWER,
    "callbacks.presets_saving": Role.ANALYST,
    "callbacks.playbooks": Role.VIEWER,
    "callbacks.playbooks_editing": Role.ANALYST,
    "callbacks.audiences": Role.VIEWER,
    "callbacks.audiences_saving": Role.EXPORTER,
    "callbacks.data": Role.VIEWER,
}

EXPORTS = (
    "/export/customers.csv",
    "/export/rules.csv",
    "/export/bundles.csv",
    "/export/audience.csv",
    "/export/audience.xlsx",
    "/api/v1/customers",
)
"""Logged before they are sent; not sent when they cannot be logged."""

LOOK_UP_ROUTES = ("/api/v1/customers/<customer_id:id>",)
"""Routes that tell of a person; callbacks that do call ``services.web.asking.tells_of``."""

PAGES = ("/", "/<path:path>", "/audit")
"""Who is not signed in is led to the sign-in page from these; all else answers 401."""
