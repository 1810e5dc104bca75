"""Campaigns for programs: what the site keeps of one, and what a release says of it."""

from __future__ import annotations

from datetime import date

import pytest

from services.campaigns.contract import as_contract
from services.site.audience_changes import Changes
from services.site.customers.audiences import Audiences, Draft, Member
from services.site.pushes.queue import Queue
from services.site.state import State
from services.web.api.campaign_answers import Campaign
from tests.serving.shops import shop, table_shop


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


def saved(state, name, start, end, *, started=True):
    release = shop()
    draft = Draft(
        name=name, seed=name, owner="Ana", playbook="", source="segments", query="",
        described="All customers", release=release.id,
        as_of=release.manifest.as_of.isoformat(), starts_on=start, ends_on=end,
        holdout_share=0.5, spend_anyway=1200.5, point_worth=None,
    )  # fmt: skip
    members = [Member(release.id_of(row), row % 2 == 0) for row in range(release.count)]
    return Audiences(state).add(draft, members, started=started)


def test_states_values_and_results_are_those_of_the_page(state):
    last = shop().manifest.data_to.date()
    ended = saved(state, "Ended", date(2024, 6, 1), last)
    draft = saved(state, "Draft", date(2030, 1, 1), date(2030, 1, 30), started=False)
    Changes(state, "ana").archive(saved(state, "Old", date(2024, 6, 1), last), "Old", archived=True)
    store = Audiences(state)
    told = {
        each["id"]: Campaign.model_validate(each) for each in as_contract(shop(), store, Queue(state), "")
    }
    assert [told[number].state for number in (draft, ended)] == ["draft", "ended"]
    assert (told[ended].spend_anyway, told[ended].point_worth) == (1200.5, None)
    assert told[draft].result is None
    result = told[ended].result
    assert result.treated.customers + result.held_out.customers == shop().count
    assert result.verdict is not None
    assert [each["name"] for each in as_contract(shop(), store, Queue(state), "archived")] == ["Old"]
    assert [each["name"] for each in as_contract(shop(), store, Queue(state), "draft")] == ["Draft"]


def test_what_was_sent_of_it_stands_in_it_in_customers(state):
    number = saved(state, "Sent", date(2030, 1, 1), date(2030, 1, 30))
    other = saved(state, "Kept", date(2030, 1, 1), date(2030, 1, 30))
    queue = Queue(state)
    queue.ask(number, "Brevo", ["c1", "c2"], 100, stamp=queue.stamp(), who="ana", release="r1")
    told = {
        each["id"]: Campaign.model_validate(each).pushes
        for each in as_contract(shop(), Audiences(state), Queue(state), "")
    }
    assert told[other] == []
    (push,) = told[number]
    assert (push.receiver, push.state, push.queued, push.accepted) == ("Brevo", "waiting", 2, 0)


def test_a_table_of_customers_has_no_result(state):
    saved(state, "Ended", date(2024, 6, 1), date(2024, 6, 30))
    (told,) = as_contract(table_shop(), Audiences(state), Queue(state), "")
    assert told["result"] is None
