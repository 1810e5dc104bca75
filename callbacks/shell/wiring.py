"""Callbacks of what surrounds the tabs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Shell
from layouts.shell.banners import Old, newer
from layouts.shell.visit import panel
from services.core.language.messages import _
from services.core.refusals import ReleaseUnusable
from services.core.text.currencies import together
from services.serving.release.provenance import local_day

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded
    from services.site.settings import Settings


def register(app: Dash, services: Services) -> None:
    """Attach the shell's callbacks to ``app``."""
    app.clientside_callback(
        ClientsideFunction("navigation", "mark"),
        Output(Shell.MARKED, "data"),
        Input(Shell.ADDRESS, "pathname"),
        Input(Shell.ADDRESS, "search"),
    )
    app.clientside_callback(
        ClientsideFunction("desk", "showToast"),
        Output(Shell.TOASTS, "title"),
        Input(Shell.TOAST, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(Shell.NEWER, "children"),
        Input(Shell.ACTIVE, "data"),
        State(Shell.RELEASE, "data"),
        prevent_initial_call=True,
    )
    def on_another(_active: str | None, shown: str | None) -> list[Component]:
        return announce(services, shown)

    @app.callback(Output(Shell.VISIT, "children"), Input(Shell.VISIT_STEP, "data"), prevent_initial_call=True)
    def on_step(step: int | None) -> list[Component]:
        return panel(step)


def announce(services: Services, shown: str | None) -> list[Component]:
    """Return the banner's children: empty while ``shown`` is the active release.

    The page keeps its release until the reader asks for the new one, so no number ever changes by itself.
    """
    active = services.releases.current()
    if active is None or active.id == shown:
        return []
    return newer(words.date_time(active.manifest.made_at))


def other_currency(release: Loaded | None, site: str) -> str | None:
    """Return the currency of a release's money where it is known and cannot be the site's.

    Parameters
    ----------
    release : Loaded or None
    site : str
        The setting ``CURRENCY``, a code of ISO 4217.

    Returns
    -------
    str or None
        A code, or a sign that several currencies share, none of which is the site's.
    """
    found = release.manifest.detected.currency if release else None
    return found if found and together(found, site) is None else None


def too_old(
    active: Loaded | None, shown: Loaded | None, settings: Settings, now: datetime, *, may_train: bool
) -> Old | None:
    """Return how far the active release's data reaches, where a page shows it and that is too long ago.

    Parameters
    ----------
    active, shown : Loaded or None
        Of an older release that somebody looks at nobody has to be told.
    settings : Settings
    now : datetime
        With a zone.
    may_train : bool
        Whether the reader is one of those who bring newer sales.
    """
    limit = settings.stale_after
    if limit is None or active is None or shown is None or shown.id != active.id:
        return None
    manifest = active.manifest
    days = (local_day(now, settings.time_zone) - manifest.data_to.date()).days
    return Old(manifest.data_to, manifest.as_of, days, may_train) if days > limit else None


def opened(services: Services, asked: str | None) -> tuple[Loaded | None, str | None]:
    """Return the release that a page shows when it is loaded.

    Parameters
    ----------
    services : Services
    asked : str or None
        The address's ``release``.

    Returns
    -------
    tuple
        The release or None, and a note when it is not the one asked for or not the one activated.
    """
    if not asked:
        release = services.releases.current()
        return release, services.releases.problem if release else None
    try:
        found = services.releases.at(asked)
    except ReleaseUnusable as fault:
        return services.releases.current(), str(fault)
    gone = _("The release in this link is not kept here; the page shows the active one.")
    return found, None if found.id == asked else gone
