"""Who may import whom: the table of docs/architecture.md in a form that a test can check."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """What a room may import besides itself and the standard library.

    ``ours`` are modules of the project (with everything below them), ``libraries`` distributions' top-level
    names, ``never`` modules of the standard library that do not belong here.
    """

    ours: frozenset[str] = frozenset()
    libraries: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


def room(ours: str = "", libraries: str = "", never: str = "") -> Room:
    """Make a room from words."""
    return Room(frozenset(ours.split()), frozenset(libraries.split()), frozenset(never.split()))


OUTSIDE = "os subprocess socket sqlite3 urllib.request http time random pickle"
ROOMS = {
    # The longest name that fits a module decides; a star is any one name.
    "layouts": room(
        "services.core.churn.costs services.core.contacts.reasons services.core.drift services.core.filters "
        "services.core.findings services.core.glossary services.core.how_read "
        "services.core.labelled.sentences services.core.left_out services.core.vocabulary services.site.tabs",
        "dash dash_bootstrap_components dash_ag_grid",
        OUTSIDE,
    ),
    "layouts.ids": room("layouts.*.ids", never=OUTSIDE),
    "layouts.*.ids": room(never=OUTSIDE),
    "layouts.words": room(
        "layouts.counted services.core.language services.core.text.numbers_typed services.core.vocabulary",
        "babel",
        OUTSIDE,
    ),
    "layouts.counted": room(never=OUTSIDE),
    "layouts.*.figures": room("layouts services.core.vocabulary", "dash numpy", OUTSIDE),
    "layouts.*.profile_figures": room("layouts services.core.vocabulary", "dash numpy", OUTSIDE),
    "layouts.*.label_figures": room("layouts services.core.vocabulary", "dash numpy", OUTSIDE),
    "layouts.parts.charts": room("layouts services.core.vocabulary", "dash numpy", OUTSIDE),
    "callbacks": room(
        "layouts services.campaigns services.core.churn.costs services.core.cohorts "
        "services.core.contacts.receivers services.core.contacts.tools services.core.drift "
        "services.core.filters services.core.findings services.core.parameters services.core.refusals "
        "services.core.text.addresses services.core.text.currencies services.core.text.customer_ids "
        "services.core.text.numbers_plain services.core.vocabulary services.desk services.serving "
        "services.site services.watching services.web.access.asking services.web.answers.references "
        "services.web.uploads",
        "dash",
        "pickle sqlite3 subprocess",
    ),
    # made in a process of its own, which the worker and commands start
    "callbacks.digests": room(
        "layouts services.campaigns services.core.language services.core.refusals services.serving "
        "services.site services.watching services.worker.training",
        "numpy",
        "pickle sqlite3 subprocess",
    ),
    "services.core": room(libraries="numpy pandas scipy sklearn", never=f"{OUTSIDE} io pathlib"),
    "services.core.side_by_side": room(libraries="threadpoolctl", never=OUTSIDE),
    "services.core.labelled.candidates": room("services.core", "lightgbm sklearn xgboost", OUTSIDE),
    "services.core.language.catalogues": room("services.core", "babel", "os subprocess socket sqlite3"),
    "services.core.language.written": room("services.core.language.messages", "babel", OUTSIDE),
    "services.core.text.numbers_typed": room("services.core", "babel", OUTSIDE),
    "services.core.text.currencies": room("services.core", "babel", OUTSIDE),
    "services.core.contacts": room("services.core", "babel email_validator phonenumbers", OUTSIDE),
    "services.core.presets": room("services.core", "pydantic", OUTSIDE),
    "services.core.playbooks": room("services.core", "pydantic", OUTSIDE),
    "services.training": room(
        "services.core services.reading.source services.releases",
        "mlxtend numpy pandas pydantic scipy sklearn threadpoolctl",
    ),
    "services.training.reading": room(
        "services.core services.reading services.training.lines",
        "numpy pydantic python_calamine",
        "pickle subprocess",
    ),
    "services.training.reading.cells": room(
        "services.core services.training.lines services.training.reading", "babel", "pickle subprocess"
    ),
    "services.training.reading.cutting": room(
        "services.core services.reading services.training.lines services.training.reading",
        "python_calamine xlsxwriter",
        "pickle subprocess",
    ),
    "services.training.lines": room("services.core", "narwhals numpy pandas scipy", "pickle subprocess"),
    "services.training.lines.engine": room("services.core services.training.lines", "duckdb narwhals pandas"),
    "services.training.sample": room("services.core.refusals", "numpy", "os random time"),
    "services.reading": room("services.core.refusals", never="pickle sqlite3 subprocess"),
    "services.brought": room(
        "services.core services.reading services.releases services.site services.training",
        never="pickle sqlite3",
    ),
    "services.releases": room("services.core", "numpy orjson pandas pydantic sklearn"),
    "services.releases.store.objects": room("services.core services.releases.locks", "fsspec"),
    "services.desk": room("services.core services.releases services.serving services.site"),
    "services.serving": room(
        "services.core services.reading services.releases services.site.language_model "
        "services.site.versions.preset_store services.site.versions.playbooks "
        "services.site.versions.presets services.site.state",
        "numpy orjson pandas pydantic scipy",
    ),
    "services.serving.release.cache": room(libraries="flask flask_caching"),
    "services.site": room(
        "services.core.contacts.addresses services.core.contacts.contact services.core.contacts.receivers "
        "services.core.presets "
        "services.core.refusals services.core.text.addresses services.core.text.customer_ids "
        "services.core.text.slugs",
        "argon2 babel orjson pydantic pythonjsonlogger sqlalchemy",
        "pickle sqlite3",
    ),
    "services.site.state": room("services.core.refusals", "alembic psycopg sqlalchemy"),
    "services.site.provider": room(
        "services.core.refusals services.site", "authlib joserfc pydantic requests urllib3", "pickle sqlite3"
    ),
    "services.campaigns": room(
        "services.core services.desk services.serving services.site", "numpy", "pickle sqlite3"
    ),
    # run in a process of its own, which the worker starts; pages and commands ask there
    "services.campaigns.pushing": room(
        "services.campaigns services.core services.serving services.site services.watching "
        "services.worker.training",
        never="pickle sqlite3 subprocess",
    ),
    "services.web": room(
        "services.campaigns services.core services.releases services.desk services.serving services.site",
        "babel brotli dash dash_ag_grid dash_bootstrap_components flask flask_caching fontTools gunicorn "
        "markupsafe orjson prometheus_client pydantic rcssmin werkzeug xlsxwriter",
    ),
    # the types of a protocol, loaded where MCP=1 alone
    "services.web.assistants": room(
        "services.core.refusals services.core.text.numbers_plain services.site.people.roles services.web",
        "flask mcp_types pydantic werkzeug",
    ),
    "services.watching": room(
        "services.core services.releases services.serving services.site", never="pickle sqlite3 subprocess"
    ),
    "services.worker": room(
        "services.brought services.core services.releases services.site services.training",
        never="pickle sqlite3",
    ),
    "services.cli": room("services", "click orjson"),
    "services.__main__": room("services"),
}
EVERYWHERE = tuple(f"services.core.language.{each}" for each in ("again", "lists", "messages", "written"))
ONLY_IN = {
    "duckdb": "services.training.lines.engine",
    "narwhals": "services.training.lines",
    "sqlalchemy": "services.site",
    "alembic": "services.site.state",
    "psycopg": "services.site.state.patience",
    "argon2": "services.site.people.passwords",
    "authlib": "services.site.provider.signing_in",
    "joserfc": "services.site.provider",
    "requests": "services.site.provider",
    "urllib3": "services.site.provider.asking",
    "pickle": "services.releases",
    "lightgbm": "services.core.labelled.candidates",
    "mlxtend": "services.training",
    "click": "services.cli",
    "fsspec": "services.releases.store.objects",
    "email_validator": "services.core.contacts.addresses",
    "phonenumbers": "services.core.contacts.addresses",
    "babel": (
        "layouts.words",
        "services.core.contacts.countries",
        "services.core.language.catalogues",
        "services.core.language.written",
        "services.core.text.currencies",
        "services.core.text.numbers_typed",
        "services.site",
        "services.training.reading.cells",
        "services.web.exports.audiences",
        "services.web.pages.moments",
    ),
    "gunicorn": ("services.web.server.access_log", "services.web.answers.errors"),
    "mcp": (),
    "mcp_types": "services.web.assistants",
    "prometheus_client": "services.web.server.metrics",
    "xgboost": "services.core.labelled.candidates",
    "xlsxwriter": ("services.training.reading.cutting.of_workbook", "services.web.exports.sheets"),
    "plotly": (),
}


def offences(module: str, source: str) -> list[str]:
    """Return what ``module`` does against the table, one sentence each.

    Imports for type checkers alone are free: they make a name known, not a dependency.
    """
    tree = ast.parse(source)
    own = _room_of(module)
    found = [
        f"{module}:{line} imports {name}: {reason}"
        for line, name in _imports(tree)
        if (reason := _reason(module, own, name))
    ]
    return found + [f"{module}:{line} {what}" for line, what in _habits(tree, module)]


def _room_of(module: str) -> str | None:
    fitting = [name for name in ROOMS if _within(module, name)]
    return max(fitting, key=len, default=None)


def _within(module: str, room_name: str) -> bool:
    parts, names = module.split("."), room_name.split(".")
    return len(parts) >= len(names) and all(
        name in ("*", part) for name, part in zip(names, parts, strict=False)
    )


def _reason(module: str, own: str | None, name: str) -> str | None:
    top = name.partition(".")[0]
    if top == "app":
        return "nothing imports app"
    if module in ("app", "gunicorn.conf"):
        return None  # they put everything together
    if own is None:
        return f"{module} belongs to no room of the table in tests/imports.py"
    homes = ONLY_IN.get(top)
    if homes is not None and not any(_within(module, home) for home in _each(homes)):
        return f"{top} is named only in {', '.join(_each(homes)) or 'tests'}"
    rules = ROOMS[own]
    if top in ("callbacks", "layouts", "services"):
        if name in EVERYWHERE or _within(name, own) or any(_within(name, allowed) for allowed in rules.ours):
            return None
        return f"{own} may import {', '.join(sorted(rules.ours)) or 'nothing of ours'}"
    if top in sys.stdlib_module_names:
        return f"it does not belong in {own}" if any(_within(name, bad) for bad in rules.never) else None
    return None if top in rules.libraries else f"{own} may use {', '.join(sorted(rules.libraries)) or 'none'}"


def _each(homes: str | tuple[str, ...]) -> tuple[str, ...]:
    return (homes,) if isinstance(homes, str) else homes


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in at_run_time(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module in ("services", "services.core"):
                # "from services.core import vocabulary" names a room by its last word
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
            elif node.module and not node.level:
                yield node.lineno, node.module


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Give every node below ``node`` but those that type checkers alone read."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from at_run_time(child)


def _habits(tree: ast.Module, module: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "has a relative import: name the room"
        elif isinstance(node, ast.ImportFrom) and node.module == "dash":
            for alias in node.names:
                if alias.name in ("callback", "clientside_callback"):
                    yield (
                        node.lineno,
                        f"imports dash.{alias.name}: attach callbacks in register(app, services)",
                    )
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in (
            "dash.callback",
            "dash.clientside_callback",
        ):
            yield node.lineno, "uses dash.callback: attach callbacks in register(app, services)"
        elif isinstance(node, ast.keyword) and node.arg == "suppress_callback_exceptions":
            yield (
                node.value.lineno,
                "sets suppress_callback_exceptions: the wiring test names what is missing",
            )
        elif module != "services.site.settings" and (name := _environment(node)):
            yield node.lineno, f"reads {name}: services/site/settings.py alone reads the environment"


def _environment(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        name = ast.unparse(node)
        return name if name in ("os.environ", "os.getenv") else None
    if isinstance(node, ast.ImportFrom) and node.module == "os":
        return next((alias.name for alias in node.names if alias.name in ("environ", "getenv")), None)
    return None
