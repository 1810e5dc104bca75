"""Puts the parts together; everything else is told what it needs."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dash import Dash
from dash._pages import _path_to_page  # the only way to ask for a page without drawing it
from dash.development.base_component import Component
from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

import callbacks
import layouts
from callbacks.data.standing import standing
from callbacks.shared.failures import on_error
from callbacks.shell.wiring import opened, other_currency, too_old
from layouts import words
from layouts.parts import charts as theme
from layouts.plain import outline
from layouts.shell.first import first
from layouts.shell.frame import TITLE, shell
from services.core.language import messages
from services.core.language.catalogues import names
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.releases import WORK, clear_left_over
from services.site import logging
from services.site.ledger import Ledger
from services.site.people.roles import Action
from services.site.settings import Settings
from services.site.uploads import Uploads
from services.web import api, assistants
from services.web.access import gate
from services.web.access import person as door
from services.web.access.asking import asking
from services.web.access.table import person_pages
from services.web.answers import errors, headers, without_release
from services.web.answers import packed as packed_answers
from services.web.answers.failure import to_program
from services.web.exports import audiences as audience_exports
from services.web.exports import bundle as built_bundle_export
from services.web.exports import bundles as bundle_exports
from services.web.exports import cohorts as cohort_exports
from services.web.exports import contacts as contact_exports
from services.web.exports import customers as customer_exports
from services.web.exports import predicted_rows as row_predictions
from services.web.exports import presets as preset_exports
from services.web.exports import rules as rule_exports
from services.web.pages import account as account_page
from services.web.pages import audit as audit_page
from services.web.pages import digest as digest_page
from services.web.pages import elsewhere, languages, sign_in
from services.web.pages import users as user_page
from services.web.server import health, jobs, metrics
from services.web.server.request_ids import with_ids
from services.web.static import said_in_scripts, suites, vendor
from services.web.static import template_script as themes
from services.web.uploads import predicting as table_predictions
from services.web.uploads import routes as uploads

if TYPE_CHECKING:
    from services.desk import Services

ASSETS = Path(__file__).parent / "assets"
INDEX = """<!DOCTYPE html>
<html lang="{%language%}" data-bs-theme="light" data-ag-theme-mode="light">
<head>
{%metas%}
<title>{%title%}</title>
HEAD
{%css%}
</head>
<body>
{%app_entry%}
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>
"""


def create_server() -> Flask:
    """Make what gunicorn runs: settings from the environment, releases from the models folder."""
    from services.desk import load_services

    settings = Settings.from_environment()
    logging.configure()
    try:
        services = load_services(settings)
        door.check_start(settings, services.state)
    except Refusal as refusal:
        sys.exit(str(refusal))
    clear_left_over(settings.models_dir, settings.state_dir / WORK)
    Ledger(settings.state_dir).clear_left_over()
    Uploads(settings.state_dir).clear()
    server: Flask = create_app(settings, services).server
    print(f"{TITLE}: {settings.address}", flush=True)  # noqa: T201 (for the person who started it)
    return server


def create_app(settings: Settings, services: Services) -> Dash:
    """Make the Dash app of one site.

    Parameters
    ----------
    settings : Settings
    services : Services
    """
    server = Flask("segment_desk", static_folder=None)
    keeper = door.Door(settings, services.state)
    template_address = themes.install(server, theme.template())
    named = vendor.install(server, ASSETS)
    said_in_scripts.install(server)
    languages.install(server)
    services.cache.install(server)
    health.install(server, services, keeper)
    metrics.install(server, services)
    jobs.install(server, lambda who: standing(services, who))
    customer_exports.install(server, services)
    rule_exports.install(server, services)
    bundle_exports.install(server, services)
    built_bundle_export.install(server, services)
    cohort_exports.install(server, services)
    audience_exports.install(server, services)
    contact_exports.install(server, services)
    preset_exports.install(server, services)
    row_predictions.install(server, services)
    table_predictions.install(server, services)
    uploads.install(server, services)
    api.install(server, services)
    assistants.install(server, offered=settings.mcp)
    app = suites.Desk(
        TITLE,
        server=server,  # type: ignore[arg-type]
        use_pages=True,
        pages_folder="",
        assets_folder=str(ASSETS),
        assets_ignore=".",  # any: vendor names them, in one file each
        external_stylesheets=[named.sheet],
        external_scripts=[template_address, named.script],
        index_string=INDEX.replace("HEAD", _head(named)),
        include_pages_meta=False,
        meta_tags=[
            {"charset": "utf-8"},
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "sd-currency", "content": settings.currency},
            {"name": "sd-plotly", "content": suites.plotly_address()},
        ],
        title=TITLE,
        update_title=None,  # type: ignore[arg-type]
        on_error=on_error,
    )
    app.first = first
    app.locale = lambda: words.manner().locale
    layouts.register_pages()
    manner = words.Manner(settings.locale, settings.currency, settings.time_zone)

    @server.before_request
    def write_as_the_reader_wants() -> None:
        words.use(replace(manner, locale=languages.locale(settings.locale)))
        if to_program():
            messages.use(messages.ENGLISH)

    def layout() -> Component:
        person = g.get("person")
        release, note = opened(services, request.args.get("release"))
        if release:
            reach = _("Data to {date}", date=words.date(release.manifest.data_to))
        else:
            reach = services.releases.problem or _("There is no release yet.")
        return shell(
            release=release.id if release else None,
            status=reach,
            local=not keeper.guarded,
            person=(person.name, person.role.said) if keeper.guarded and person else None,
            own=person_pages(person.role) if person else {},
            exports=person is None or person.role.may(Action.EXPORT),
            note=note,
            other_currency=other_currency(release, settings.currency),
            old=too_old(
                services.releases.current(),
                release,
                settings,
                datetime.now(UTC),
                may_train=person is None or person.role.may(Action.TRAIN),
            ),
            languages=names(),
        )

    callbacks.register(app, services)
    # before what answers unknown paths: who is not signed in does not learn which exist
    gate.install(server, app.callback_map, keeper)
    errors.install(server, _is_page, _error_head(named))
    without_release.install(server, services, _is_page, lambda: asking().may(Action.DATA), _error_head(named))
    provider = elsewhere.provider_of(settings)
    sign_in.install(server, keeper, provider, _error_head(named))
    audit_page.install(server, keeper, _error_head(named))
    user_page.install(server, keeper, provider, _error_head(named))
    account_page.install(server, keeper, settings, _error_head(named))
    digest_page.install(server, settings, services.state, _error_head(named))
    # Dash adds the router's callback and an inline script with the first request only; the hashes need both.
    with server.test_request_context("/"):
        app.layout = layout
        server.preprocess_request()
        # goes out with every page
        app.validation_layout = outline(app.validation_layout)  # type: ignore[assignment]
        suites.install(app, app.index())
    packed_answers.install(server)
    headers.install(server, app.csp_hashes())
    door.install_export_log(server, keeper)
    if settings.trusted_hosts:
        server.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    server.wsgi_app = with_ids(server.wsgi_app, proxy=settings.trusted_proxies > 0)  # type: ignore[assignment, method-assign]
    return app


def _is_page(path: str) -> bool:
    return bool(_path_to_page(path.strip("/"))[0])


def _head(named: vendor.Named) -> str:
    """Return what stands in the head of every page: icon, font, and the theme before anything is painted."""
    font = f'<link rel="preload" href="{named.font}" as="font" type="font/woff2" crossorigin>\n'
    return (
        f"{font if named.font else ''}"
        f'<link rel="icon" type="image/svg+xml" href="{named.alone["favicon.svg"]}">\n'
        f'<script src="{named.alone["theme.js"]}"></script>'
    )


def _error_head(named: vendor.Named) -> str:
    """Return the head of pages that the site writes itself."""
    sheet = f'<link rel="stylesheet" href="{named.sheet}">'
    return "\n".join([_head(named), sheet, f'<script defer src="{named.alone["leaving.js"]}"></script>'])
