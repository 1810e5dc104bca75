"""An audience goes out as it was asked for: to the byte, once, and whatever becomes of an answer."""

from __future__ import annotations

import json

import pytest

from services.site.audience_changes import Changes
from services.site.pushes.sending import LATE, LEASE_SECONDS, OPEN_SECONDS
from services.watching.webhook import Webhook, signature
from tests.campaigns.pushing.stage import SECRET, in_requests_of, mails
from tests.site.customers.test_audiences import DRAFT


def test_the_campaign_group_goes_out_signed_and_the_holdout_never(stage, told):
    push = stage.ask()
    assert stage.send() == ["done"]
    ((path, body, signed),) = told.got
    assert path == "/alerts?key=secret"
    contacts = ",".join(
        f'{{"customer_id":"c{number:04}","email":"{number}@example.org"}}' for number in range(8, 13)
    )
    wanted = (
        f'{{"kind":"audience","audience":{stage.audience},"name":"Win back","batch":1,"of":1,'
        f'"key":"{push.key}-1","contacts":[{contacts}]}}'
    )
    assert body == wanted.encode()
    assert signed == signature(SECRET, int(stage.clock()), body)
    (headers,) = told.headers
    assert headers["idempotency-key"] == f'"{push.key}-1"'
    assert headers["content-type"] == "application/json"
    assert stage.counts() == (5, 0, 0, 0)
    assert stage.log() == [("ana", 5, "sent"), ("ana", 5, "asked for")]
    assert stage.send() == []


def test_brevo_gets_an_import_with_its_key_and_no_signature(stage, told):
    stage.set(push_layout="brevo", push_key="xkeysib-1", push_list=12, push_secret=None)
    stage.ask()
    assert stage.send() == ["done"]
    ((_, body, signed),) = told.got
    contacts = ",".join(f'{{"email":"{number}@example.org","attributes":{{}}}}' for number in range(8, 13))
    assert body.decode() == (
        '{"updateExistingContacts":true,"emptyContactsAttributes":false,"disableNotification":true,'
        f'"listIds":[12],"jsonBody":[{contacts}]}}'
    )
    assert (signed, told.headers[0]["api-key"]) == (None, "xkeysib-1")


def test_hubspot_gets_contacts_marked_with_their_audience(stage, told):
    stage.set(push_layout="hubspot", push_key="pat-1", push_property="desk", push_secret=None)
    stage.ask()
    assert stage.send() == ["done"]
    ((_, body, _),) = told.got
    first = json.loads(body)["inputs"][0]
    assert first == {
        "id": "8@example.org",
        "idProperty": "email",
        "properties": {"email": "8@example.org", "desk": f"audience-{stage.audience}"},
    }
    assert told.headers[0]["authorization"] == "Bearer pat-1"


def test_a_large_audience_goes_in_requests_of_what_the_receiver_takes(stage, told, monkeypatch):
    in_requests_of(monkeypatch, 2)
    push = stage.ask()
    assert stage.send() == ["done"]
    assert [mails(told, place) for place in range(3)] == [["8", "9"], ["10", "11"], ["12"]]
    keys = [headers["idempotency-key"] for headers in told.headers]
    assert keys == [f'"{push.key}-{number}"' for number in (1, 2, 3)]
    assert [(json.loads(body)["batch"], json.loads(body)["of"]) for _, body, _ in told.got] == [
        (1, 3),
        (2, 3),
        (3, 3),
    ]


def test_a_receiver_that_is_busy_is_tried_again_under_the_same_key(stage, told):
    stage.ask()
    told.first, told.after = [429, 503], "45"
    assert stage.send() == ["waiting"]
    assert (stage.push().reason, stage.counts()) == ("status 429", (0, 0, 0, 0))
    stage.clock.now += 44
    assert stage.send() == []
    stage.clock.now += 1
    assert stage.send() == ["waiting"]
    told.after = None
    stage.clock.now += 60
    assert stage.send() == ["done"]
    assert len({headers["idempotency-key"] for headers in told.headers}) == 1
    assert len(told.got) == 3
    assert stage.counts() == (5, 0, 0, 0)
    assert stage.push().reason == "status 503"


@pytest.mark.parametrize("lost", [0, 500, 502])
def test_of_a_lost_answer_it_is_said_that_it_is_unknown_and_the_same_request_is_sent_again(stage, told, lost):
    stage.ask()
    told.first = [lost]
    assert stage.send() == ["waiting"]
    assert stage.push().open == 5
    stage.clock.now += 30
    assert stage.send() == ["done"]
    assert told.got[0][1] == told.got[1][1]
    assert told.headers[0]["idempotency-key"] == told.headers[1]["idempotency-key"]
    assert stage.counts() == (5, 0, 0, 0)


def test_a_lost_answer_that_is_never_given_stays_unknown(stage, told):
    stage.ask()
    told.first = [0]
    stage.send()
    told.status = 503
    while stage.push().is_open:
        stage.clock.now = stage.push().due_at.timestamp()
        stage.send()
    assert stage.counts() == (0, 0, 5, 0)
    assert stage.log()[0] == ("ana", 0, "not sent, 5 unknown")


@pytest.mark.parametrize("status", [423, 477])
def test_hubspot_that_is_locked_or_being_moved_is_tried_again(stage, told, status):
    stage.ask()
    told.first = [status]
    assert stage.send() == ["waiting"]
    stage.clock.now += 30
    assert stage.send() == ["done"]
    assert stage.counts() == (5, 0, 0, 0)


def test_what_is_refused_for_good_holds_up_no_other_request(stage, told, monkeypatch):
    in_requests_of(monkeypatch, 2)
    stage.ask()
    told.first = [200, 400]
    assert stage.send() == ["done"]
    assert (stage.counts(), stage.push().reason) == ((3, 2, 0, 0), "status 400")
    assert len(told.got) == 3


@pytest.mark.parametrize("status", [302, 401, 403, 404])
def test_a_key_or_an_address_that_is_wrong_ends_it_at_once(stage, told, monkeypatch, status):
    in_requests_of(monkeypatch, 2)
    stage.ask()
    told.first = [200, status]
    assert stage.send() == ["done"]
    assert (stage.counts(), stage.push().reason) == ((2, 3, 0, 0), f"status {status}")
    assert [path for path, *_ in told.got] == ["/alerts?key=secret"] * 2


def test_two_workers_send_each_request_once(stage, told, monkeypatch):
    in_requests_of(monkeypatch, 1)
    stage.ask()
    other = stage.sender()

    def meanwhile():
        assert list(other.send()) == []

    told.then = meanwhile
    assert stage.send() == ["done"]
    assert [mails(told, place) for place in range(len(told.got))] == [["8"], ["9"], ["10"], ["11"], ["12"]]


def test_a_worker_that_is_killed_leaves_its_request_to_the_next_one_under_the_same_key(
    stage, told, monkeypatch
):
    in_requests_of(monkeypatch, 3)
    stage.ask()
    send = Webhook.send

    def killed(self, *given):
        send(self, *given)
        raise SystemExit

    monkeypatch.setattr(Webhook, "send", killed)
    with pytest.raises(SystemExit):
        stage.send()
    monkeypatch.setattr(Webhook, "send", send)
    stage.clock.now += LEASE_SECONDS
    assert stage.send() == []
    stage.clock.now += 1
    assert stage.send() == ["done"]
    keys = [headers["idempotency-key"] for headers in told.headers]
    assert (keys[0], len(keys), len(set(keys))) == (keys[1], 3, 2)
    assert stage.counts() == (5, 0, 0, 0)


def test_a_worker_that_is_to_end_finishes_its_request_and_the_next_one_goes_on(stage, told, monkeypatch):
    in_requests_of(monkeypatch, 2)
    stage.ask()
    left = [push.state.value for push in stage.sender(lambda: bool(told.got)).send()]
    assert (left, len(told.got)) == (["waiting"], 1)
    assert stage.send() == ["done"]
    assert [mails(told, place) for place in range(3)] == [["8", "9"], ["10", "11"], ["12"]]


def test_a_campaign_that_is_deleted_goes_no_further(stage, told, monkeypatch):
    in_requests_of(monkeypatch, 2)
    stage.ask()

    def once():
        told.then = lambda: None
        Changes(stage.state, "ben").delete(stage.audience, DRAFT.name)

    told.then = once
    assert stage.send() == []
    assert len(told.got) == 1
    assert stage.push().reason == "The campaign was deleted."
    assert stage.counts() == (0, 3, 2, 0)


def test_what_was_asked_for_is_sent_to_no_other_receiver_and_given_up_after_a_day(stage, told):
    stage.ask()
    stage.set(push_layout="brevo", push_key="k", push_list=1)
    assert stage.send() == ["waiting"]
    assert stage.push().reason == "The settings of this site do not name 127.0.0.1 any more."
    stage.set(push_layout=None)
    stage.clock.now += OPEN_SECONDS + 1
    assert stage.send() == ["done"]
    assert (stage.push().reason, stage.counts(), told.got) == (LATE.text, (0, 5, 0, 0), [])


def test_nothing_that_is_queued_or_logged_says_more_of_anybody_than_their_id(stage, told, caplog):
    stage.ask()
    told.first = [0]
    stage.send()
    with stage.state.reading() as connection:
        rows = [
            str(tuple(row))
            for table in ("pushes", "push_members", "audit")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert "c0008" in "".join(rows)
    assert "@example.org" not in "".join(rows) + caplog.text
    assert "key=secret" not in "".join(rows) + caplog.text
