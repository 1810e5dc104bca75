"""Makes digests of what the site knows now, each in the language of whoever gets it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import copy_context
from datetime import date, timedelta
from typing import TYPE_CHECKING

from callbacks.digests import sections
from callbacks.digests import words as said
from callbacks.digests.told import Section, Told
from layouts import words
from services.core.language import messages
from services.core.language.catalogues import in_language
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
    """Tells of one site.

    Parameters
    ----------
    settings : Settings
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, settings: Settings, state: State, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._state = state
        self._releases = Releases(settings.models_dir)
        self._looking = Looking(settings, state, clock)
        # most people get the same ones, in the same locale
        self._told: dict[tuple[str, date, str], list[Section]] = {}

    def told(self, rhythm: Rhythm, last: Sending | None, language: str | None = None) -> Told:
        """Return what a digest says now.

        Parameters
        ----------
        rhythm : Rhythm
            Of who gets it.
        last : Sending or None
            The one before that is known to have been accepted: what came after that is news.
        language : str, optional
            In which its sentences, numbers and dates are, ISO 639-1; that of the site where it is left out,
            or is none that there is.

        Raises
        ------
        StateUnusable
        """
        locale = in_language(self._settings.locale, language)
        return copy_context().run(self._in_locale, locale, rhythm, last)

    def _in_locale(self, locale: str, rhythm: Rhythm, last: Sending | None) -> Told:
        """Tell it in a context of its own, so that no other digest or thread hears of the language."""
        words.use(words.Manner(locale, self._settings.currency, self._settings.time_zone))
        release = self._releases.current()
        about = sections.data(
            self._looking.facts(), self._releases.problem, self._settings.retrain_at, release
        )
        if release is None:
            return _as_told(rhythm, [], [about], "", None)
        data_to = release.manifest.data_to.date()
        since = data_to - timedelta(days=FIRST_DAYS)
        if last is not None and last.data_to is not None:
            since = date.fromisoformat(last.data_to)
        told = [*self._of(release, since, locale), about]
        return _as_told(rhythm, said.since(last, release.id), told, release.id, data_to)

    def _of(self, release: Loaded, since: date, locale: str) -> list[Section]:
        key = (release.id, since, locale)
        if key not in self._told:
            self._told[key] = [
                sections.changed(release),
                sections.at_risk(release),
                sections.expected_loss(release),
                sections.campaigns(release, self._state, since),
            ]
        return self._told[key]


def _as_told(
    rhythm: Rhythm, opening: list[str], told: list[Section], release: str, data_to: date | None
) -> Told:
    return Told(
        said.subject(rhythm.every, data_to),
        opening,
        told,
        said.closing(rhythm),
        said.ending(),
        release,
        data_to,
        messages.language().tag,
    )
