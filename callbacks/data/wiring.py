"""Callbacks of the tab Data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.data.contacts import finding, register_contacts
from callbacks.data.standing import form
from callbacks.data.training import register_training
from layouts.data import frame as view
from layouts.data.retraining import Retraining
from layouts.data.source import sub
from layouts.ids import Data, Shell, Training
from layouts.plain import plain
from services.core.language.messages import language
from services.core.refusals import ReleaseUnusable
from services.serving.release.provenance import local_day, provenance
from services.serving.rules.find import RuleFilters
from services.serving.rules.sets import counted_of
from services.site.people.roles import Action
from services.site.sources import Sources, configured, failing
from services.site.state import StateUnusable
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services
    from services.releases import ReleaseSummary
    from services.serving.release.loaded import Loaded
    from services.serving.releases.drifting import Newer

REMEMBERED = 4
LISTED_SECONDS = 5  # looking after every file of every release takes longer than all the rest

Shown = dict[str, Any]


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    pages = Pages(services)
    register_training(app, services)
    register_contacts(app, services)
    # as the card appears, and after each press: assets/data/jobs.js
    app.clientside_callback(
        ClientsideFunction("jobs", "ask"), Output(Training.TOLD, "data"), Input(Training.ASKED, "data")
    )

    @app.callback(
        output={
            "page": Output(Data.PAGE, "children"),
            "listed": Output(Data.LISTED, "children"),
            "sub": Output(Data.SUB, "children"),
            "bring_hidden": Output(Data.BRING, "hidden"),
            "contacts_hidden": Output(Data.CONTACTS_PART, "hidden"),
            "contacts": Output(Data.CONTACTS_FINDING, "children"),
            "files": Output(Training.FILES, "children"),
            "presets": Output(Training.PRESET, "options"),
            "preset": Output(Training.PRESET, "value"),
            "choices": Output(Training.OPTIONS, "children"),
            "train_hidden": Output(Training.TRAIN_BAR, "hidden"),
        },
        inputs={"release": Input(Shell.RELEASE, "data")},
    )
    def on_open(release: str | None) -> Shown:
        return (
            pages.show(release, datetime.now(UTC), where=asking().may(Action.DATA))
            | form(services, asking())
            | {"bring_hidden": not asking().may(Action.DATA)}
            | {"contacts_hidden": not asking().may(Action.DATA), "contacts": finding(services)}
        )

    @app.callback(
        Output(Data.LISTED, "children", allow_duplicate=True),
        Input(Training.ENDED, "data"),
        State(Shell.RELEASE, "data"),
        prevent_initial_call=True,
    )
    def on_ended(_job: int | None, release: str | None) -> list[dict[str, Any]]:
        return pages.listed(release, datetime.now(UTC), anew=True)


class Pages:
    """The page of each release; what does not change within a day is built once.

    The list of releases is at most ``LISTED_SECONDS`` old, and never older than the active release.

    Parameters
    ----------
    services : Services
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._described)
        self._listed = lru_cache(maxsize=1)(self._list)

    def show(self, release_id: str | None, now: datetime, *, where: bool = False) -> Shown:
        """Return the page of a release, or why there is none and what the folder holds.

        Parameters
        ----------
        release_id : str or None
            The release that the page shows.
        now : datetime
            With a zone; says how old the data is today.
        where : bool
            Whether the reader may know where on the server, and in which database, the sources are.
        """
        listed = self.listed(release_id, now)
        try:
            release = self._services.releases.at(release_id)
        except ReleaseUnusable as fault:
            page = [*plain(view.nothing(str(fault))), *self._sources(where)]
            return {"page": page, "listed": listed, "sub": view.SUB()}
        today = local_day(now, self._services.settings.time_zone)
        (figures, cards), said = self._remembered(release.id, today, language().code)
        return {"page": [figures, *self._sources(where), cards], "listed": listed, "sub": said}

    def listed(self, shown: str | None, now: datetime, *, anew: bool = False) -> list[dict[str, Any]]:
        """Return the releases that there are, and how the active one stands.

        Parameters
        ----------
        shown : str or None
            The release that the page shows.
        now : datetime
            With a zone.
        anew : bool
            Whether the folder is looked at now, because a training may have added to it.
        """
        if anew:
            self._listed.cache_clear()
        active = self._services.releases.current()
        listing, newer = self._listed(active and active.id, int(now.timestamp() // LISTED_SECONDS))
        today = local_day(now, self._services.settings.time_zone)
        shown = shown or (active.id if active else None)
        return plain(view.listed(listing, shown, self._retraining(active, newer, today)))

    def _sources(self, where: bool) -> list[dict[str, Any]]:
        """Return the card of the sources that renew themselves, where the settings name any."""
        settings, state = self._services.settings, self._services.state
        named = configured(settings)
        if not named:
            return []
        try:
            standing, broken = Sources(state).standing(named), failing(settings, state)
            return [plain(view.sources(standing, broken, where=where))]
        except StateUnusable as fault:
            return [plain(view.sources_unknown(str(fault)))]

    def _retraining(self, active: Loaded | None, newer: Newer | None, today: date) -> Retraining | None:
        if active is None:
            return None
        settings = self._services.settings
        return Retraining(
            age=(today - active.manifest.data_to.date()).days,
            stale_after=settings.stale_after,
            newer=newer,
            retrain_at=settings.retrain_at,
        )

    def _list(self, active: str | None, _period: int) -> tuple[list[ReleaseSummary], Newer | None]:
        newer = None if active is None else self._services.drifts.newer(active)
        return self._services.releases.listing(), newer

    def _described(self, release_id: str, today: date, _language: str) -> tuple[list[dict[str, Any]], str]:
        zone = self._services.settings.time_zone
        release = self._services.releases.at(release_id)
        found, rules = provenance(release, today, zone), counted_of(release, RuleFilters())
        return plain(view.page(found, rules, zone)), sub(found, zone)
