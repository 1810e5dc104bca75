"""Makes digests of what the site knows now."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from callbacks.digests import sections
from callbacks.digests import words as said
from callbacks.digests.told import Section, Told
from layouts import words
from services.serving.release.active import Releases
from services.watching.facts import Looking

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded
    from services.site.digests.sendings import Sending
    from services.site.digests.when import Rhythm
    from services.site.settings import Settings
    from services.site.state import State

FIRST_DAYS = 31
"""How far back the first digest looks for campaigns that ended, from the last day of the data."""


class Teller:
    """Tells of one site, in its way of writing numbers and money.

    Parameters
    ----------
    settings : Settings
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, settings: Settings, state: State, clock: Callable[[], float] = time.time) -> None:
        words.use(words.Manner(settings.locale, settings.currency, settings.time_zone))
        self._settings = settings
        self._state = state
        self._releases = Releases(settings.models_dir)
        self._looking = Looking(settings, state, clock)
        # most people get the same ones
        self._told: dict[tuple[str, date], list[Section]] = {}

    def told(self, rhythm: Rhythm, last: Sending | None) -> Told:
        """Return what a digest says now.

        Parameters
        ----------
        rhythm : Rhythm
            Of who gets it.
        last : Sending or None
            The one before that is known to have been accepted: what came after that is news.

        Raises
        ------
        StateUnusable
        """
        release = self._releases.current()
        about = sections.data(
            self._looking.facts(), self._releases.problem, self._settings.retrain_at, release
        )
        if release is None:
            return Told(said.subject(rhythm.every, None), [], [about], said.closing(rhythm), "", None)
        data_to = release.manifest.data_to.date()
        since = data_to - timedelta(days=FIRST_DAYS)
        if last is not None and last.data_to is not None:
            since = date.fromisoformat(last.data_to)
        return Told(
            said.subject(rhythm.every, data_to),
            said.since(last, release.id),
            [*self._of(release, since), about],
            said.closing(rhythm),
            release.id,
            data_to,
        )

    def _of(self, release: Loaded, since: date) -> list[Section]:
        key = (release.id, since)
        if key not in self._told:
            self._told[key] = [
                sections.changed(release),
                sections.at_risk(release),
                sections.expected_loss(release),
                sections.campaigns(release, self._state, since),
            ]
        return self._told[key]
