"""Callbacks of the tab Data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output

from layouts.data import frame as view
from layouts.data.retraining import Standing
from layouts.data.source import sub
from layouts.ids import Data, Shell
from layouts.plain import plain
from services.core.refusals import ReleaseUnusable
from services.serving.release.provenance import local_day, provenance
from services.serving.rules.find import RuleFilters
from services.serving.rules.sets import counted_of

if TYPE_CHECKING:
    from services.desk import Services
    from services.releases import ReleaseSummary
    from services.serving.release.loaded import Loaded

WHERE = "Where these numbers come from."
REMEMBERED = 4
LISTED_SECONDS = 5  # looking after every file of every release takes longer than all the rest

Shown = dict[str, Any]


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""
    pages = Pages(services)

    @app.callback(
        output={"page": Output(Data.PAGE, "children"), "sub": Output(Data.SUB, "children")},
        inputs={"release": Input(Shell.RELEASE, "data")},
    )
    def on_open(release: str | None) -> Shown:
        return pages.show(release, datetime.now(UTC))


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

    def show(self, release_id: str | None, now: datetime) -> Shown:
        """Return the page of a release, or why there is none and what the folder holds.

        Parameters
        ----------
        release_id : str or None
            The release that the page shows.
        now : datetime
            With a zone; says how old the data is today.
        """
        active = self._services.releases.current()
        listing = self._listed(active and active.id, int(now.timestamp() // LISTED_SECONDS))
        try:
            release = self._services.releases.at(release_id)
        except ReleaseUnusable as fault:
            return {"page": plain(view.nothing(str(fault), listing)), "sub": WHERE}
        today = local_day(now, self._services.settings.time_zone)
        described, said = self._remembered(release.id, today)
        last = plain(view.listed(listing, release.id, self._standing(active, today)))
        return {"page": [*described, last], "sub": said}

    def _standing(self, active: Loaded | None, today: date) -> Standing | None:
        if active is None:
            return None
        settings = self._services.settings
        return Standing(
            age=(today - active.manifest.data_to.date()).days,
            stale_after=settings.stale_after,
            newer=self._services.drifts.newer(active.id),
            retrain_at=settings.retrain_at,
        )

    def _list(self, _active: str | None, _period: int) -> list[ReleaseSummary]:
        return self._services.releases.listing()

    def _described(self, release_id: str, today: date) -> tuple[list[dict[str, Any]], str]:
        zone = self._services.settings.time_zone
        release = self._services.releases.at(release_id)
        found, rules = provenance(release, today, zone), counted_of(release, RuleFilters())
        return plain(view.page(found, rules, zone)), sub(found, zone)
