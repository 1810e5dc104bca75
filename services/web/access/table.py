"""Who may call what: every route, and every module of callbacks. What has no line here is refused."""

from __future__ import annotations

from typing import Literal

from services.core.language.messages import later
from services.site.people.roles import Action, Role
from services.site.tabs import TABS

Open = Literal["open"]
OPEN: Open = "open"
"""Asks for nobody: holds no data."""

ROUTES: dict[str, Action | Open] = {
    "/sign-in": OPEN,
    "/sign-in/oidc": OPEN,
    "/sign-in/oidc/back": OPEN,
    "/sign-in/oidc/out": OPEN,
    "/sign-out": OPEN,
    "/language": OPEN,
    "/healthz": OPEN,
    "/readyz": OPEN,
    "/current": OPEN,
    "/_favicon.ico": OPEN,
    "/assets/<path:filename>": OPEN,
    "/vendor/desk.css": OPEN,
    "/vendor/desk.js": OPEN,
    "/vendor/inter-<string:part>.woff2": OPEN,
    "/vendor/template.js": OPEN,
    "/vendor/messages/<string:code>.js": OPEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": OPEN,
    "/": Action.LOOK,
    "/<path:path>": Action.LOOK,
    "/_dash-layout": Action.LOOK,
    "/_dash-dependencies": Action.LOOK,
    "/_dash-update-component": Action.LOOK,
    "/_reload-hash": Action.LOOK,
    "/predict/rows": Action.LOOK,
    "/churn/table/rows": Action.LOOK,
    "/export/preset.toml": Action.LOOK,
    "/export/customers.csv": Action.EXPORT,
    "/export/rules.csv": Action.EXPORT,
    "/export/bundles.csv": Action.EXPORT,
    "/export/bundle.csv": Action.EXPORT,
    "/export/cohorts.csv": Action.EXPORT,
    "/export/audience.csv": Action.EXPORT,
    "/export/audience.xlsx": Action.EXPORT,
    "/export/contacts.csv": Action.EXPORT,
    "/uploads": Action.DATA,
    "/uploads/<string:upload>": Action.DATA,
    "/uploads/<string:upload>/inspection": Action.DATA,
    "/uploads/<string:upload>/left-out.csv": Action.DATA,
    "/uploads/<string:upload>/ledger": Action.DATA,
    "/audit": Action.LOG,
    "/users": Action.PEOPLE,
    "/account": Action.LOOK,
    "/digest": Action.LOOK,
    "/jobs/current": Action.LOOK,
    "/metrics": Action.LOOK,
    "/mcp": Action.LOOK,
    "/api/v1/health": OPEN,
    "/api/v1/openapi.json": Action.LOOK,
    "/api/v1/releases": Action.LOOK,
    "/api/v1/segments": Action.LOOK,
    "/api/v1/cohorts": Action.LOOK,
    "/api/v1/campaigns": Action.LOOK,
    "/api/v1/customers/<customer_id:id>": Action.LOOK,
    "/api/v1/customers": Action.EXPORT,
    "/api/v1/predict": Action.LOOK,
    "/api/v1/rules": Action.LOOK,
}

CALLBACKS: dict[str, Action] = {
    # The module that the callback's function stands in; Dash's own is the pages router.
    "dash.dash": Action.LOOK,
    "callbacks.shell.wiring": Action.LOOK,
    "callbacks.shared.left_out": Action.LOOK,
    "callbacks.shared.contact_filters": Action.CONTACTS,
    "callbacks.shared.views": Action.LOOK,
    **{f"callbacks.{tab.key}.{module}": action for tab in TABS for module, action in tab.callbacks.items()},
}

EXPORTS = (
    "/export/customers.csv",
    "/export/rules.csv",
    "/export/bundles.csv",
    "/export/bundle.csv",
    "/export/cohorts.csv",
    "/export/audience.csv",
    "/export/audience.xlsx",
    "/export/contacts.csv",
    "/api/v1/customers",
)
"""Logged before they are sent; not sent when they cannot be logged."""

OWN_EXPORTS = ("/uploads/<string:upload>/left-out.csv", "/churn/table/rows")
"""Logged alike; they give back rows of a file that whoever asks has brought: no export."""

LOOK_UP_ROUTES = ("/api/v1/customers/<customer_id:id>",)
"""Routes that tell of a person; callbacks that do call ``services.web.access.asking.tells_of``."""

UNNOTICED = ("/jobs/current", "/readyz")
"""Asked by open pages themselves, and by who watches the site: keep no session alive."""

PAGES = ("/", "/<path:path>", "/audit", "/users", "/account", "/digest")
"""Who is not signed in is led to the sign-in page from these; all else answers 401."""

OWN_PAGE = "/account"
"""Of who is signed in; where their password is a first one, all that they may open."""

_OF_PERSON = {
    OWN_PAGE: later("Your account"),
    "/digest": later("Your digests"),
    "/users": later("Users"),
    "/audit": later("Audit log"),
}


def person_pages(role: Role) -> dict[str, str]:
    """Return the addresses that the menu of who is signed in leads to, and what these are called."""
    return {path: name() for path, name in _OF_PERSON.items() if _allows(role, path)}


def _allows(role: Role, rule: str) -> bool:
    needed = ROUTES[rule]
    return needed == OPEN or role.may(needed)
