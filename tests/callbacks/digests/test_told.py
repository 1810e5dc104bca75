"""What a digest says: the sentences of the pages, true to the letter, with links to the very views."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from callbacks.digests import sections
from callbacks.digests import words as said
from callbacks.digests.telling import Teller
from callbacks.digests.written import plain
from callbacks.movement.view import show
from layouts.audiences.words import of_rate
from layouts.plain import plain as as_sent
from layouts.segments.alerts import changes
from services.campaigns.measuring import measured
from services.serving.lists.filters import read_filters
from services.serving.movement.address import answer
from services.serving.segments.alerts import changes_of
from services.site.customers.audiences import Audiences
from services.site.digests.sendings import Sending, Stage
from services.site.settings import Settings
from services.site.state import State
from tests.callbacks.segments.test_segments import text_of
from tests.campaigns.test_measuring import DRAFT, EVERYBODY
from tests.serving.shops import shop, table_shop
from tests.site.digests.asking import DUE, LINK, MONDAY

TINY = """\
WHAT CHANGED
- No large change since 10 November: no segment of 20 customers or more has grown or shrunk by at least \
10\u00a0% and 20 customers. Too small to judge: Recent and Distant.
- 1 customer first ordered in the last 30 days, 1 fewer than in the 30 days before.
- This release was made by an earlier version, which kept no past values. Train again to see who moved.
See all segments: https://desk.example.com/?release=ID

AT RISK AND OVERDUE
- £280 from 2 customers at risk.
- 2 of 6 customers are overdue (longer than usual without an order), 1 of them silent. So far they have \
spent £270.
See who is at risk: https://desk.example.com/?segment=distant&release=ID
See who is overdue or silent: https://desk.example.com/?rhythm=overdue&rhythm=silent&release=ID

EXPECTED LOSS
- Expected loss if nothing is done: about £187 of £347 usual spend in 90 days.
See who is worth contacting: https://desk.example.com/churn?release=ID

CAMPAIGNS
- No campaign has been started yet.
See all campaigns: https://desk.example.com/audiences?release=ID

DATA
- Release: Made 21 Nov 2026, 22:45 with Tiny, 6 customers.
- Data: Ends on 30 November 2011, 5,486 days ago.
See where it comes from: https://desk.example.com/data?release=ID

This digest comes every Monday at 08:00 (Europe/London).
To end it, or to ask for another, open https://desk.example.com/digest
"""


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


def before(release: str, data_to: str | None) -> Sending:
    then = datetime(2026, 11, 30, 8, tzinfo=UTC)
    return Sending(1, 1, "2026-11-30", Stage.SENT, 1, then, None, then, None, release, data_to)


def campaign(state: State, name: str, **changed: object) -> int:
    return Audiences(state, "ana").add(replace(DRAFT, name=name, **changed), EVERYBODY)


def test_the_digest_of_a_small_release_is_this_to_the_letter(stage):
    stage.clock.now = DUE
    told = Teller(stage.settings, stage.state, stage.clock).told(MONDAY, None)
    assert told.subject == "Your weekly digest: data to 30 November 2011"
    assert plain(told, LINK) == TINY.replace("ID", stage.release)


def test_numbers_and_money_are_written_as_the_site_writes_them(stage):
    stage.set(locale="de_DE", currency="EUR")
    told = Teller(stage.settings, stage.state, stage.clock).told(MONDAY, None)
    Teller(Settings(models_dir=stage.settings.models_dir), stage.state)  # and the next as theirs
    assert "280\u00a0€ from 2 customers at risk." in told.sections[1].sentences[0]


def test_what_the_last_digest_told_of_is_said_first(stage):
    teller = Teller(stage.settings, stage.state, stage.clock)
    assert teller.told(MONDAY, before(stage.release, "2011-11-30")).opening == [
        "This digest is about the same release as the last one."
    ]
    earlier = teller.told(MONDAY, before("20261101T000000Z-3fa9c1", "2011-10-31"))
    assert earlier.opening == ["The last digest covered data to 31 October 2011."]
    assert teller.told(MONDAY, before("", None)).opening == teller.told(MONDAY, None).opening == []


@pytest.mark.parametrize("preset", ["standard", "ten-cluster"])
def test_what_changed_and_why_is_said_as_segments_and_movement_say_it(preset):
    release = shop(preset)
    told, tab = sections.changed(release), show(release, "")
    compared = release.overview.snapshots[release.overview.previous].as_of
    shown = text_of(as_sent(changes(changes_of(release), compared)))
    movement = [tab["sub"], tab["diagram_finding"], tab["flows_finding"]]
    if preset == "ten-cluster":  # where nobody moved one sentence is enough
        assert movement.pop() == "Nobody moved."
    alerts, moved = told.sentences[: -len(movement)], told.sentences[-len(movement) :]
    assert alerts
    assert all(each in shown for each in alerts)
    assert moved == movement


def test_the_link_to_who_moved_leads_to_the_days_that_are_told_of():
    release = shop()
    link = sections.changed(release).links[0]
    query = parse_qs(urlsplit(link.path).query)
    assert query.pop("release") == [release.id]
    found = answer(release, query)
    assert (found.asked.notes, found.asked.pairs) == ([], answer(release, {}).asked.pairs)


def test_the_links_to_who_is_at_risk_and_who_is_overdue_lead_to_as_many_as_are_told():
    release = shop()
    told = sections.at_risk(release)
    risky, late = (read_filters(parse_qs(urlsplit(link.path).query), release) for link in told.links)
    assert risky.left_out == late.left_out == []
    number = int(late.filters.mask(release).sum())
    assert told.sentences[1].startswith(f"{number} of 40 customers ")
    at_risk = {each.id for each in release.segments if each.at_risk}
    assert set(risky.filters.chosen("segment")) == at_risk


def test_a_table_of_customers_says_why_it_cannot_tell(state):
    release = table_shop()
    campaign(state, "Autumn")
    assert sections.changed(release).sentences[-1] == (
        "A table of customers shows one moment only. A file of transactions also shows the past."
    )
    assert sections.expected_loss(release).links == []
    (only,) = sections.campaigns(release, state, date(2024, 1, 1)).sentences
    assert only.startswith("This release was made from a table of customers, which holds no orders.")


def test_campaigns_that_run_or_ended_since_are_told_of_as_their_page_does(state):
    release = shop()
    ended = campaign(state, "Autumn")
    runs = campaign(state, "Winter", starts_on=date(2024, 12, 20), ends_on=date(2025, 1, 18))
    campaign(state, "Long ago", starts_on=date(2024, 2, 1), ends_on=date(2024, 3, 1))
    campaign(state, "Planned", starts_on=date(2025, 2, 1), ends_on=date(2025, 3, 1))
    told = sections.campaigns(release, state, date(2024, 11, 30))
    store = Audiences(state)
    results = {each.id: of_rate(measured(release, each, EVERYBODY)) for each in store.listed()}
    day = (release.manifest.data_to.date() - date(2024, 12, 20)).days + 1
    assert told.sentences == [
        f"“Winter” (day {day} of 30): {results[runs]}",
        f"“Autumn” (done): {results[ended]}",
    ]
    assert results[runs].startswith("So far ")
    assert [(link.name, link.path) for link in told.links] == [
        ("See “Winter”", f"/audiences?audience={runs}&release={release.id}"),
        ("See “Autumn”", f"/audiences?audience={ended}&release={release.id}"),
        ("See all campaigns", f"/audiences?release={release.id}"),
    ]
    later = sections.campaigns(release, state, date(2024, 12, 15))
    assert [each.partition(" (")[0] for each in later.sentences] == ["“Winter”"]


def test_where_no_campaign_is_to_be_told_of_that_is_said_and_how_many_more_there_are(state):
    release = shop()
    since = date(2024, 12, 15)
    campaign(state, "Autumn")
    assert sections.campaigns(release, state, since).sentences == [
        "As far as this data goes, no campaign is running and none has ended since 15 December 2024."
    ]
    for number in range(7):
        campaign(state, f"Winter {number}", starts_on=date(2024, 12, 20), ends_on=date(2025, 1, 18))
    told = sections.campaigns(release, state, since)
    assert len(told.sentences) == sections.MOST_CAMPAIGNS + 1
    assert told.sentences[0].startswith("“Winter 6” (")
    assert told.sentences[-1] == "2 more campaigns are running or have ended."


@pytest.mark.parametrize(
    ("late", "silent", "sentence"),
    [
        (0, 0, "None of 9 customers is overdue."),
        (
            1,
            0,
            "1 of 9 customers is overdue (longer than usual without an order). So far they have spent £8.",
        ),
        (
            1,
            1,
            "1 of 9 customers is overdue (longer than usual without an order) and silent. So far they have "
            "spent £8.",
        ),
        (
            3,
            1,
            "3 of 9 customers are overdue (longer than usual without an order), 1 of them silent. So far "
            "they have spent £8.",
        ),
    ],
)
def test_who_is_late_is_counted_in_words_that_fit(late, silent, sentence):
    assert said.overdue(late, silent, 9, 8.0) == sentence
