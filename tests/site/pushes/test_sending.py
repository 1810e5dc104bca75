"""A push is taken by one worker, request by request, and its counts say what became of everybody."""

from __future__ import annotations

import pytest

from services.core.refusals import NotFound, Refusal
from services.site.audience_changes import Changes
from services.site.customers.audiences import Audiences
from services.site.customers.forgotten import Forgotten
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import Audit, What
from services.site.pushes.push import Stage
from services.site.pushes.queue import Queue
from services.site.pushes.sending import LEASE_SECONDS, OPEN_SECONDS, Begun, Sending
from tests.site.customers.test_audiences import DRAFT
from tests.site.pushing import IDS, audience_of, handed, queued


def counts(push):
    return (push.accepted, push.refused, push.unsure, push.left_out)


def log(state):
    return [(each.subject, each.rows, each.result) for each in Audit(state).listed(what="push")]


def test_all_of_it_is_sent_request_by_request_and_then_no_id_is_kept(state, clock, sending, audience):
    asked = queued(state, clock, audience)
    assert (asked.batches, asked.queued, asked.state) == (3, 5, Stage.WAITING)
    push, keys, sent = sending.claim(), [], []
    while push.is_open:
        keys.append(push.batch_key)
        sent += sending.ids(push)
        push = sending.accepted(push, handed(sending, push))
    assert sent == list(IDS)
    assert keys == [f"{asked.key}-{number}" for number in (1, 2, 3)]
    assert (counts(push), push.reason) == ((5, 0, 0, 0), None)
    assert Queue(state).listed(audience) == [push]
    assert not sending.due()
    with state.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM push_members").scalar() == 0
    done, begun = log(state)
    assert done == (f"audience {audience} to Brevo", 5, "sent")
    assert begun == (f"audience {audience} to Brevo", 5, "asked for")


def test_the_log_says_all_of_who_is_left_out_and_why(state, clock, audience):
    without = ", ".join(f"100000 {reason}" for reason in ("held out", "without consent", "sharing " * 30))
    queued(state, clock, audience, without=without)
    assert log(state)[0][0] == f"audience {audience} to Brevo, without {without}"


def test_a_push_that_is_stopped_between_two_requests_and_within_one(state, clock, sending, audience):
    queued(state, clock, audience)
    push = sending.claim()
    push = sending.accepted(push, handed(sending, push))
    handed(sending, push)  # of which nobody knows yet whether it arrives
    ended = Queue(state, clock).stop(audience, who="ben")
    assert (ended.state, counts(ended)) == (Stage.DONE, (2, 1, 2, 0))
    assert sending.accepted(push, 2) is None
    assert Queue(state).listed(audience) == [ended]
    assert sending.claim() is None
    about = f"audience {audience} to Brevo"
    assert [each.who for each in Audit(state).listed(what="push")][1] == "ben"
    assert log(state)[:2] == [(about, 2, "sent, 1 not accepted, 2 unknown"), (about, None, "stopped")]
    with pytest.raises(Refusal, match="nothing left to stop"):
        Queue(state, clock).stop(audience, who="ben")


def test_an_audience_is_not_sent_twice_at_once_and_again_once_it_is_done(state, clock, sending, audience):
    first = queued(state, clock, audience, IDS[:1])
    with pytest.raises(Refusal, match="being sent to Brevo already"):
        queued(state, clock, audience)
    push = sending.claim()
    sending.accepted(push, handed(sending, push))
    again = queued(state, clock, audience, IDS[:1])
    assert again.key != first.key
    assert [each.id for each in Queue(state).listed(audience)] == [again.id, first.id]


def test_what_was_renamed_or_deleted_meanwhile_is_not_sent(state, clock, audience):
    Changes(state, "ben").rename(audience, DRAFT.name, "Spring")
    with pytest.raises(Refusal, match="renamed this campaign to “Spring”"):
        queued(state, clock, audience, seen=DRAFT.name)
    Changes(state, "ben").delete(audience, "Spring")
    with pytest.raises(NotFound, match="may have been deleted"):
        queued(state, clock, audience, seen="Spring")
    with pytest.raises(NotFound):
        queued(state, clock, 99)
    assert log(state) == []


def test_two_workers_never_have_the_same_push(state, clock, sending, audience):
    queued(state, clock, audience)
    other = Sending(state, clock)
    push = sending.claim()
    assert push is not None
    assert not other.due()
    assert other.claim() is None
    second = queued(state, clock, audience_of(state))
    assert other.claim().id == second.id


def test_who_looks_at_the_same_moment_gets_nothing(state, clock, sending, audience, monkeypatch):
    queued(state, clock, audience)
    other, first_due = Sending(state, clock), Sending._first_due

    def slower(self, connection):
        row = first_due(self, connection)
        monkeypatch.setattr(Sending, "_first_due", first_due)
        assert other.claim() is not None
        return row

    monkeypatch.setattr(Sending, "_first_due", slower)
    assert sending.claim() is None


def test_a_worker_that_is_gone_leaves_its_push_to_another_and_says_nothing_more(
    state, clock, sending, audience
):
    queued(state, clock, audience)
    lost = sending.claim()
    handed(sending, lost)
    clock.now += LEASE_SECONDS
    assert not sending.due()
    clock.now += 1
    push = Sending(state, clock).claim()
    assert (push.batch_key, push.open) == (lost.batch_key, 2)  # it may have arrived: the same key
    assert sending.accepted(lost, 2) is None
    assert sending.begin(lost, 2, sending.stamp()) is Begun.LOST
    assert counts(sending.accepted(push, handed(sending, push))) == (2, 0, 0, 0)


def test_what_is_not_taken_now_waits_ever_longer_and_is_given_up_after_a_day(state, clock, sending, audience):
    asked = queued(state, clock, audience)
    waits = []
    while (push := sending.claim()) is not None:
        push = sending.later(push, handed(sending, push), "status 503", perhaps=False)
        waits.append(push.due_at.timestamp() - clock.now)
        if push.is_open:
            assert not sending.due()
            clock.now = push.due_at.timestamp()
    assert waits[:9] == [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]
    assert clock.now - asked.asked_at.timestamp() <= OPEN_SECONDS
    (push,) = Queue(state).listed(audience)
    assert (push.state, counts(push), push.reason) == (Stage.DONE, (0, 5, 0, 0), "status 503")
    assert log(state)[0] == (f"audience {audience} to Brevo", 0, "not sent, 5 not accepted")


def test_a_receiver_that_asks_for_more_time_gets_it(state, clock, sending, audience):
    queued(state, clock, audience)
    push = sending.claim()
    push = sending.later(push, handed(sending, push), "status 429", perhaps=False, after=900)
    assert push.due_at.timestamp() - clock.now == 900


def test_a_lost_answer_is_unknown_until_the_same_request_is_answered(state, clock, sending, audience):
    queued(state, clock, audience)
    push = sending.claim()
    lost = sending.later(push, handed(sending, push), "the connection broke", perhaps=True)
    assert (lost.open, counts(lost)) == (2, (0, 0, 0, 0))
    clock.now = lost.due_at.timestamp()
    push = sending.claim()
    push = sending.later(push, handed(sending, push), "status 429", perhaps=False)
    assert push.open == 2  # the refusal is of the second try
    clock.now = push.due_at.timestamp()
    push = sending.claim()
    assert push.batch_key == lost.batch_key
    assert counts(sending.accepted(push, handed(sending, push))) == (2, 0, 0, 0)


def test_of_a_lost_answer_that_nobody_ever_gives_it_is_said_that_it_is_not_known(
    state, clock, sending, audience
):
    queued(state, clock, audience)
    push = sending.claim()
    push = sending.later(push, handed(sending, push, 1), "the connection broke", perhaps=True)
    clock.now += OPEN_SECONDS + 1
    push = sending.claim()
    assert sending.is_late(push)
    ended = sending.stop(push, "It was not sent within a day.")
    assert counts(ended) == (0, 3, 1, 1)
    assert log(state)[0][2] == "not sent, 3 not accepted, 1 unknown, 1 left out"


def test_a_request_that_is_refused_for_good_does_not_hold_up_the_others(state, clock, sending, audience):
    queued(state, clock, audience)
    push = sending.claim()
    push = sending.refused(push, handed(sending, push), "status 400")
    assert (push.state, push.next_batch, counts(push)) == (Stage.SENDING, 1, (0, 2, 0, 0))
    push = sending.accepted(push, handed(sending, push))
    push = sending.accepted(push, handed(sending, push))
    assert (push.state, counts(push), push.reason) == (Stage.DONE, (3, 2, 0, 0), "status 400")


def test_who_may_not_be_sent_any_more_is_counted_and_nobody_twice(state, clock, sending, audience):
    queued(state, clock, audience)
    push = sending.claim()
    push = sending.later(push, handed(sending, push, 2), "the connection broke", perhaps=True)
    clock.now = push.due_at.timestamp()
    push = sending.claim()
    push = sending.accepted(push, handed(sending, push, 1))  # one opted out after the first try
    assert counts(push) == (1, 0, 1, 0)
    push = sending.accepted(push, 0)  # nobody is left of the second request: none is sent
    assert counts(push) == (1, 0, 1, 2)


def test_a_change_of_who_may_be_sent_is_seen_up_to_the_last_moment(state, clock, sending, audience):
    queued(state, clock, audience)
    push, stamp = sending.claim(), sending.stamp()
    Audit(state).add("ana", What.LOOK_UP, "c1")
    assert sending.stamp() == stamp
    OptOuts(state).add(["c1"], "ana", "c1")
    assert sending.begin(push, 2, stamp) is Begun.CHANGED
    assert sending.begin(push, 1, sending.stamp()) is Begun.YES


def test_who_is_erased_while_it_is_being_asked_for_gets_into_no_queue(state, clock, audience):
    stamp = Queue(state).stamp()
    forgotten = Forgotten(state)
    forgotten.erase("c1", forgotten.add("c1"), "ana", "done")
    with pytest.raises(Refusal, match="changed at this very moment"):
        queued(state, clock, audience, stamp=stamp)
    assert forgotten.held("c1").pushes == 0


def test_a_push_that_ends_whoever_takes_it_does_not_keep_the_others_waiting(state, clock, sending, audience):
    fatal = queued(state, clock, audience)
    assert sending.claim().id == fatal.id
    other = queued(state, clock, audience_of(state))
    clock.now += LEASE_SECONDS + 1
    assert [sending.claim().id, sending.claim().id] == [other.id, fatal.id]


def test_who_is_erased_leaves_the_queue_and_the_receipt_says_so(state, clock, sending, audience):
    queued(state, clock, audience)
    forgotten = Forgotten(state)
    assert forgotten.held("c1").pushes == 1
    assert forgotten.erase("c1", forgotten.add("c1"), "ana", "done").pushes == 1
    push = sending.claim()
    assert sending.ids(push) == ["c2"]
    push = sending.accepted(push, handed(sending, push))
    assert counts(push) == (1, 0, 0, 0)


def test_a_deleted_campaign_is_not_sent_any_further(state, clock, sending, audience):
    queued(state, clock, audience)
    push = sending.claim()
    push = sending.accepted(push, handed(sending, push))
    told = handed(sending, push)
    Changes(state, "ben").delete(audience, Audiences(state).one(audience).draft.name)
    assert sending.accepted(push, told) is None
    (push,) = Queue(state).listed(audience)
    assert (push.state, counts(push), push.reason) == (
        Stage.DONE,
        (2, 1, 2, 0),
        "The campaign was deleted.",
    )
    with state.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM push_members").scalar() == 0


def test_a_worker_that_ends_gives_its_push_back_to_be_gone_on_with(state, clock, sending, audience):
    queued(state, clock, audience)
    push = sending.claim()
    push = sending.leave(sending.accepted(push, handed(sending, push)))
    assert push.state is Stage.WAITING
    assert Sending(state, clock).claim().next_batch == 1


def test_a_key_that_is_not_good_ends_all_of_it(state, clock, sending, audience):
    queued(state, clock, audience)
    push = sending.claim()
    handed(sending, push)
    ended = sending.stop(push, "status 401")
    assert (ended.state, counts(ended), ended.reason) == (Stage.DONE, (0, 5, 0, 0), "status 401")
