"""The card of the sources: where they are, when they were tried, and what fails."""

from __future__ import annotations

from datetime import UTC, datetime

from layouts.data.sources import sources
from services.site.settings import Settings
from services.site.sources import Failing, Standing, configured
from tests.layouts.data.pages import text

SETTINGS = Settings(
    source_folder="/srv/sales",
    source_url="postgresql://reader:hidden@db/shop",
    source_query="orders",
    source_every="12h",
)
TRIED = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)


def test_sources_that_were_not_tried_yet_are_named_without_a_password():
    said = text(sources([Standing(each) for each in configured(SETTINGS)], [], where=True))
    assert "No sales have arrived yet." in said
    assert "Watched folder" in said
    assert "/srv/sales" in said
    assert "orders in PostgreSQL shop on db" in said
    assert "every minute" in said
    assert "every 12 hours" in said
    assert "hidden" not in said


def test_what_fails_is_said_first_and_since_when():
    folder, database = configured(SETTINGS)
    found = [
        Standing(folder, TRIED, TRIED),
        Standing(database, TRIED, None, TRIED.replace(hour=10), TRIED, "It is away."),
    ]
    failing = [
        Failing("database", None, TRIED, "It is away."),
        Failing("folder", "a.csv", TRIED, "“a.csv” was not added: Which?"),
    ]
    said = text(sources(found, failing, where=True))
    assert "1 source failed and 1 file could not be added." in said
    assert "It is away. Since 1 Dec 2026, 09:05." in said
    assert "Next try1 Dec 2026, 10:05" in said
    assert "Sales last arrived on 1 Dec 2026, 09:05." in text(sources(found[:1], [], where=True))
    assert "The last try failed." in text(sources(found[1:], failing[:1], where=True))


def test_where_the_sources_are_is_not_for_every_reader():
    folder, database = configured(SETTINGS)
    failing = [
        Failing("folder", None, TRIED, "There is no folder “/srv/sales”."),
        Failing("folder", "a.csv", TRIED, "“a.csv” was not added: Which?"),
    ]
    said = text(sources([Standing(folder, TRIED), Standing(database)], failing, where=False))
    assert "/srv/sales" not in said
    assert "PostgreSQL" not in said
    assert "It cannot be read; analysts see why. Since 1 Dec 2026, 09:05." in said
    assert "“a.csv” was not added: Which?" in said
