"""When a digest is due: by the clock on the wall of whoever gets it, whatever that clock does."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from services.core.language.messages import _, later
from services.core.refusals import Refusal

Every = Literal["weekly", "monthly"]
EVERY: tuple[Every, ...] = get_args(Every)
LAST_DAY = 31
"""Of a month: the last one, however many days it has."""
_IN_EVERY_MONTH = 28
_WEEKDAYS = (
    later("every Monday at {hour} ({zone})"),
    later("every Tuesday at {hour} ({zone})"),
    later("every Wednesday at {hour} ({zone})"),
    later("every Thursday at {hour} ({zone})"),
    later("every Friday at {hour} ({zone})"),
    later("every Saturday at {hour} ({zone})"),
    later("every Sunday at {hour} ({zone})"),
)


@dataclass(frozen=True)
class Moment:
    """When a digest is, or was, due: the day, which names it, and the moment, UTC."""

    day: date
    at: datetime


@dataclass(frozen=True)
class Rhythm:
    """When digests are due.

    Attributes
    ----------
    every : {"weekly", "monthly"}
    day : int
        Of the week, 1 for Monday to 7; or of the month, whose last one counts where it has fewer.
    hour : int
        0 to 23, on the clock of ``zone``. An hour that a clock leaves out is as late as it would have been;
        of one that it shows twice the first counts.
    zone : str
        IANA.
    """

    every: Every
    day: int
    hour: int
    zone: str

    def last(self, now: datetime) -> Moment:
        """Return when the latest one was due at ``now``, which has a zone."""
        day = self._on_or_before(now.astimezone(ZoneInfo(self.zone)).date())
        while self._at(day) > now:
            day = self._on_or_before(day - timedelta(days=1))
        return Moment(day, self._at(day))

    def next(self, now: datetime) -> Moment:
        """Return when the next one is due after ``now``, which has a zone."""
        day = self._after(self.last(now).day)
        return Moment(day, self._at(day))

    @property
    def said(self) -> str:
        """Say it in the middle of a sentence: ``every Monday at 08:00 (Europe/London)``."""
        hour = f"{self.hour:02}:00"
        if self.every == "weekly":
            return _WEEKDAYS[self.day - 1](hour=hour, zone=self.zone)
        if self.day == LAST_DAY:
            return _("on the last day of each month at {hour} ({zone})", hour=hour, zone=self.zone)
        if self.day > _IN_EVERY_MONTH:
            return _(
                "on day {day} of each month, or its last, at {hour} ({zone})",
                day=self.day,
                hour=hour,
                zone=self.zone,
            )
        return _("on day {day} of each month at {hour} ({zone})", day=self.day, hour=hour, zone=self.zone)

    def _at(self, day: date) -> datetime:
        # fold 0: of an hour that comes twice the first, and what is left out goes by the clock before
        local = datetime(day.year, day.month, day.day, self.hour, tzinfo=ZoneInfo(self.zone))
        return local.astimezone(UTC)

    def _on_or_before(self, day: date) -> date:
        if self.every == "weekly":
            return day - timedelta(days=(day.isoweekday() - self.day) % 7)
        found = self._in_month(day)
        return found if found <= day else self._in_month(day.replace(day=1) - timedelta(days=1))

    def _after(self, day: date) -> date:
        if self.every == "weekly":
            return day + timedelta(days=7)
        return self._in_month(day.replace(day=monthrange(day.year, day.month)[1]) + timedelta(days=1))

    def _in_month(self, day: date) -> date:
        return day.replace(day=min(self.day, monthrange(day.year, day.month)[1]))


def rhythm_of(every: str, day: int, hour: int, zone: str) -> Rhythm:
    """Return the rhythm that somebody asks for.

    Raises
    ------
    Refusal
        Whose field names what cannot be.
    """
    if every not in EVERY:
        raise Refusal(_("A digest comes weekly or monthly."), "every", choices=EVERY)
    if every == "weekly" and not 1 <= day <= len(_WEEKDAYS):
        raise Refusal(_("Give a day of the week, 1 for Monday to 7."), "day")
    if not 1 <= day <= LAST_DAY:
        raise Refusal(_("Give a day of the month, 1 to 31."), "day")
    if not 0 <= hour <= 23:
        raise Refusal(_("Give an hour from 0 to 23."), "hour")
    if zone not in available_timezones():
        raise Refusal(
            _("“{zone}” is not a time zone: give one such as Europe/London.", zone=zone[:64]), "zone"
        )
    return Rhythm("weekly" if every == "weekly" else "monthly", day, hour, zone)
