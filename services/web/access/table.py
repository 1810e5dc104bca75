"""Who may call what: every route, and every module of callbacks. What has no line here is refused."""

from __future__ import annotations

from typing import Literal

from services.site.people.roles import Role
from services.site.tabs import TABS

Open = Literal["open"]
OPEN: Open = "open"
"""Asks for nobody: holds no data."""

ROUTES: dict[str, Role | Open] = {
    "/sign-in": OPEN,
    "/sign-out": OPEN,
    "/healthz": OPEN,
    "/readyz": OPEN,
    "/current": OPEN,
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
    "/churn/table/rows": Role.VIEWER,
    "/export/preset.toml": Role.VIEWER,
    "/export/customers.csv": Role.EXPORTER,
    "/export/rules.csv": Role.EXPORTER,
    "/export/bundles.csv": Role.EXPORTER,
    "/export/cohorts.csv": Role.EXPORTER,
    "/export/audience.csv": Role.EXPORTER,
    "/export/audience.xlsx": Role.EXPORTER,
    "/export/contacts.csv": Role.EXPORTER,
    "/uploads": Role.ANALYST,
    "/uploads/<string:upload>": Role.ANALYST,
    "/uploads/<string:upload>/inspection": Role.ANALYST,
    "/uploads/<string:upload>/left-out.csv": Role.ANALYST,
    "/uploads/<string:upload>/ledger": Role.ANALYST,
    "/audit": Role.ADMIN,
    "/jobs/current": Role.VIEWER,
    "/metrics": Role.VIEWER,
    "/api/v1/health": OPEN,
    "/api/v1/openapi.json": Role.VIEWER,
    "/api/v1/releases": Role.VIEWER,
    "/api/v1/segments": Role.VIEWER,
    "/api/v1/cohorts": Role.VIEWER,
    "/api/v1/campaigns": Role.VIEWER,
    "/api/v1/customers/<customer_id:id>": Role.VIEWER,
    "/api/v1/customers": Role.EXPORTER,
    "/api/v1/predict": Role.VIEWER,
    "/api/v1/rules": Role.VIEWER,
}

CALLBACKS: dict[str, Role] = {
    # The module that the callback's function stands in; Dash's own is the pages router.
    "dash.dash": Role.VIEWER,
    "callbacks.shell.wiring": Role.VIEWER,
    "callbacks.shared.left_out": Role.VIEWER,
    **{f"callbacks.{tab.key}.{module}": role for tab in TABS for module, role in tab.callbacks.items()},
}

EXPORTS = (
    "/export/customers.csv",
    "/export/rules.csv",
    "/export/bundles.csv",
    "/export/cohorts.csv",
    "/export/audience.csv",
    "/export/audience.xlsx",
    "/export/contacts.csv",
    "/api/v1/customers",
)
"""Logged before they are sent; not sent when they cannot be logged."""

OWN_EXPORTS = ("/uploads/<string:upload>/left-out.csv", "/churn/table/rows")
"""Logged alike; they give back rows of a file that whoever asks has brought, which takes no exporter."""

LOOK_UP_ROUTES = ("/api/v1/customers/<customer_id:id>",)
"""Routes that tell of a person; callbacks that do call ``services.web.access.asking.tells_of``."""

UNNOTICED = ("/jobs/current", "/readyz")
"""Asked by open pages themselves, and by who watches the site: keep no session alive."""

PAGES = ("/", "/<path:path>", "/audit")
"""Who is not signed in is led to the sign-in page from these; all else answers 401."""
