"""How a source stands: taken by one at a time, tried again after a failure, tried at once when it is new."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.site.customers.forgotten import Forgotten
from services.site.settings import Settings
from services.site.sources import DATABASE, Done, Sources, Standing, configured, failing
from services.site.sources.records import LONGEST_WAIT

URL = "postgresql://reader:hidden@db/shop"
DAY = Settings(source_url=URL, source_query="orders", source_every="1d")


@pytest.fixture
def sources(state, clock):
    return Sources(state, clock)


def of(settings):
    (source,) = configured(settings)
    return source


def waits(sources, source, clock):
    (found,) = sources.standing([source])
    return found.next_at.timestamp() - clock.now


def test_the_settings_name_the_sources_without_a_password():
    assert configured(Settings()) == []
    source = of(DAY)
    assert (source.name, source.where, source.every) == (DATABASE, "orders in PostgreSQL shop on db", 86_400)
    assert source.about == of(Settings(source_url=URL.replace("hidden", "new"), source_query="orders")).about


def test_a_source_is_taken_by_one_until_it_is_left_or_nobody_has_heard_of_that_one(sources, clock):
    source = of(DAY)
    assert sources.due([source]) == [source]
    assert sources.claim(source, "a", 20)
    assert not sources.claim(source, "b", 20, early=True)
    assert sources.due([source]) == []
    clock.now += 15
    assert sources.beat(source, "a", 20)
    clock.now += 21
    assert sources.claim(source, "b", 20)
    assert not sources.beat(source, "a", 20)
    sources.succeeded(source, "a", Done(True, "x"), train=True)  # too late: it is another's now
    assert sources.standing([source]) == [Standing(source)]
    sources.give_back(source, "b")
    assert sources.due([source]) == [source]


def test_after_a_try_that_went_well_the_next_is_an_interval_later(sources, clock):
    source = of(DAY)
    assert sources.claim(source, "a", 20)
    sources.succeeded(source, "a", Done(True, "d"), train=True)
    (found,) = sources.standing([source])
    assert found.changed_at == found.tried_at == found.next_at - timedelta(days=1)
    assert (sources.held(source), sources.to_train()) == ("d", True)
    sources.trained()
    clock.now += 86_399
    assert not sources.claim(source, "a", 20)
    clock.now += 1
    assert sources.claim(source, "a", 20)
    sources.succeeded(source, "a", Done(False, "d"), train=True)
    assert not sources.to_train()
    assert sources.standing([source])[0].changed_at == found.changed_at


def test_failures_wait_longer_each_up_to_an_hour_and_never_longer_than_the_interval(sources, clock):
    often = of(Settings(source_url=URL, source_query="orders", source_every="5m"))
    for source, longest in ((of(DAY), LONGEST_WAIT), (often, 300)):
        waited = []
        for _ in range(8):
            assert sources.claim(source, "a", 20, early=True)
            sources.failed(source, "a", "It is away.")
            waited.append(waits(sources, source, clock))
        assert waited[:4] == [60, 120, 240, min(480, longest)]
        assert waited[-1] == longest
    (found,) = sources.standing([often])
    assert (found.failure, found.failing_since.timestamp()) == ("It is away.", clock.now)
    assert sources.claim(often, "a", 20, early=True)
    sources.succeeded(often, "a", Done(), train=False)
    assert sources.standing([often])[0].failure is None


def test_a_source_that_is_set_anew_is_tried_at_once_and_has_not_failed(sources):
    old = of(DAY)
    assert sources.claim(old, "a", 20)
    sources.failed(old, "a", "It is away.")
    new = of(Settings(source_url=URL, source_query="sales"))
    assert sources.due([new]) == [new]
    assert sources.standing([new])[0].failure is None


def test_what_fails_is_listed_for_alerts_and_an_erased_customer_is_not_in_it(state, sources, clock):
    source = of(DAY)
    assert sources.claim(source, "a", 20)
    sources.failed(source, "a", "The id K-12 stands there.")
    (found,) = failing(DAY, state)
    assert (found.source, found.file, found.sentence) == ("database", None, "The id K-12 stands there.")
    assert found.since.timestamp() == clock.now
    assert failing(Settings(), state) == []
    forgotten = Forgotten(state)
    forgotten.erase("K-1", forgotten.add("K-1"), "ana", "done")
    assert len(failing(DAY, state)) == 1
    forgotten.erase("K-12", forgotten.add("K-12"), "ana", "done")
    assert failing(DAY, state) == []
    assert sources.due([source]) == [source]
