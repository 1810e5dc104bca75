"""When a digest is due: on the wall clock of who gets it, in every zone and whatever the clock does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from services.core.refusals import Refusal
from services.site.digests.when import Rhythm, rhythm_of

LONDON, NEW_YORK, TOKYO, AUCKLAND = "Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "day", "moment"),
    [
        (LONDON, "2026-12-07T07:59:59", "2026-11-30", "2026-11-30T08:00"),
        (LONDON, "2026-12-07T08:00:00", "2026-12-07", "2026-12-07T08:00"),
        (LONDON, "2026-07-06T07:00:00", "2026-07-06", "2026-07-06T07:00"),  # summer time
        (NEW_YORK, "2026-12-07T12:59:59", "2026-11-30", "2026-11-30T13:00"),
        (NEW_YORK, "2026-12-07T13:00:00", "2026-12-07", "2026-12-07T13:00"),
        (TOKYO, "2026-12-06T22:59:59", "2026-11-30", "2026-11-29T23:00"),
        (TOKYO, "2026-12-06T23:00:00", "2026-12-07", "2026-12-06T23:00"),  # Monday there, Sunday here
        (AUCKLAND, "2026-12-06T19:00:00", "2026-12-07", "2026-12-06T19:00"),
    ],
)
def test_monday_at_eight_is_that_of_the_zone(zone, now, day, moment):
    found = Rhythm("weekly", 1, 8, zone).last(at(now))
    assert (found.day.isoformat(), found.at) == (day, at(moment))


def test_the_next_one_is_a_week_later_on_the_same_clock_though_summer_time_ends():
    rhythm = Rhythm("weekly", 7, 8, LONDON)
    before = rhythm.last(at("2026-10-18T12:00"))
    after = rhythm.next(at("2026-10-18T12:00"))
    assert (before.at, after.at) == (at("2026-10-18T07:00"), at("2026-10-25T08:00"))
    assert after == rhythm.last(after.at)


def test_an_hour_that_the_clock_leaves_out_is_sent_as_late_as_it_would_have_been():
    # 01:00 became 02:00 in London on 29 March 2026, a Sunday
    found = Rhythm("weekly", 7, 1, LONDON).last(at("2026-03-29T12:00"))
    assert (found.day, found.at) == (date(2026, 3, 29), at("2026-03-29T01:00"))
    assert found.at.astimezone(ZoneInfo(LONDON)).hour == 2


def test_of_an_hour_that_comes_twice_the_first_counts_and_the_second_is_not_another():
    # 02:00 became 01:00 in London on 25 October 2026, a Sunday
    rhythm = Rhythm("weekly", 7, 1, LONDON)
    first, second = at("2026-10-25T00:00"), at("2026-10-25T01:00")
    assert rhythm.last(first - timedelta(seconds=1)).day == date(2026, 10, 18)
    assert rhythm.last(first).at == first
    assert rhythm.last(second) == rhythm.last(first)


@pytest.mark.parametrize(
    ("day", "now", "last", "following"),
    [
        (1, "2026-12-01T08:00", "2026-12-01", "2027-01-01"),
        (1, "2026-12-01T07:59", "2026-11-01", "2026-12-01"),
        (31, "2026-03-01T12:00", "2026-02-28", "2026-03-31"),
        (31, "2028-02-29T12:00", "2028-02-29", "2028-03-31"),
        (30, "2026-02-28T12:00", "2026-02-28", "2026-03-30"),
        (29, "2026-02-27T12:00", "2026-01-29", "2026-02-28"),
        (15, "2026-01-10T12:00", "2025-12-15", "2026-01-15"),
    ],
)
def test_a_month_has_one_whatever_days_it_has(day, now, last, following):
    rhythm = Rhythm("monthly", day, 8, LONDON)
    assert rhythm.last(at(now)).day.isoformat() == last
    assert rhythm.next(at(now)).day.isoformat() == following


@pytest.mark.parametrize("zone", [LONDON, NEW_YORK, AUCKLAND, "Asia/Beirut"])
def test_through_a_year_a_week_has_one_and_the_next_follows(zone):
    rhythm = Rhythm("weekly", 7, 0, zone)
    now, seen = at("2025-01-01T00:00"), []
    while now < at("2026-01-01T00:00"):
        found = rhythm.last(now)
        assert found.at <= now < rhythm.next(now).at
        if not seen or seen[-1] != found.day:
            seen.append(found.day)
        now += timedelta(hours=3)
    assert {later - earlier for earlier, later in pairwise(seen)} == {timedelta(days=7)}


def test_a_rhythm_is_said_in_words():
    assert Rhythm("weekly", 1, 8, LONDON).said == "every Monday at 08:00 (Europe/London)"
    assert Rhythm("monthly", 15, 17, TOKYO).said == "on day 15 of each month at 17:00 (Asia/Tokyo)"
    assert (
        Rhythm("monthly", 30, 0, TOKYO).said == "on day 30 of each month, or its last, at 00:00 (Asia/Tokyo)"
    )
    assert Rhythm("monthly", 31, 8, LONDON).said == "on the last day of each month at 08:00 (Europe/London)"


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        (("daily", 1, 8, LONDON), "every", "A digest comes weekly or monthly."),
        (("weekly", 8, 8, LONDON), "day", "Give a day of the week, 1 for Monday to 7."),
        (("monthly", 0, 8, LONDON), "day", "Give a day of the month, 1 to 31."),
        (("weekly", 1, 24, LONDON), "hour", "Give an hour from 0 to 23."),
        (("weekly", 1, 8, "London"), "zone", "“London” is not a time zone: give one such as Europe/London."),
    ],
)
def test_what_cannot_be_asked_for_is_refused(asked, field, said):
    with pytest.raises(Refusal) as refused:
        rhythm_of(*asked)
    assert (refused.value.field, str(refused.value)) == (field, said)
