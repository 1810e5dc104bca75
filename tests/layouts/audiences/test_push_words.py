"""What became of an audience that was sent, in sentences that are true to the counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from layouts.audiences import push_words as said
from services.site.pushes.push import Push, Stage

AT = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
WAITING = Push(
    id=1, audience_id=3, receiver="Brevo", who="ana", asked_at=AT, key="k", state=Stage.WAITING, batches=5,
    next_batch=0, claims=0, failures=0, due_at=AT, taken_at=None, ended_at=None, reason=None, queued=412,
    accepted=0, refused=0, unsure=0, left_out=0, open=0,
)  # fmt: skip


def with_(**changed) -> str:
    return said.of_push(replace(WAITING, **changed))


def test_how_far_it_is():
    assert with_() == "Waiting for the worker: Brevo accepted 0 of 412 customers so far."
    sending = with_(state=Stage.SENDING, accepted=300)
    assert sending == "Being sent: Brevo accepted 300 of 412 customers so far."
    later = with_(failures=1, accepted=300, reason="status 429")
    assert later == (
        "Not accepted yet, to be tried again on 2 Dec 2026, 09:30: Brevo accepted 300 of 412 customers so "
        "far. Why: Brevo was busy (status 429)."
    )
    lost = with_(failures=1, open=100, reason="the connection broke")
    assert "It is not known whether it accepted 100 more; they are sent again as the same request." in lost


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"accepted": 412}, "Sent: Brevo accepted all 412 customers."),
        ({"queued": 1, "accepted": 1}, "Sent: Brevo accepted 1 customer."),
        (
            {"accepted": 409, "left_out": 2},
            "Sent: Brevo accepted 409 of 412 customers; 2 left out, because they may no longer be sent and "
            "1 erased beforehand.",
        ),
        (
            {"refused": 412, "reason": "status 401"},
            "Not sent: Brevo accepted 0 of 412 customers; 412 not accepted. Last reason: Brevo did not let "
            "this site in (status 401). Send it again, or ask the person who runs this site.",
        ),
        (
            {"accepted": 400, "unsure": 12, "reason": "It was not sent within a day."},
            "Sent: Brevo accepted 400 of 412 customers; 12 possibly accepted, because no clear answer "
            "came. Last reason: It was not sent within a day. Send it again, or ask the person who runs this "
            "site. Sending again includes everyone that Brevo may have already.",
        ),
    ],
)
def test_what_became_of_it(counts, sentence):
    assert with_(state=Stage.DONE, **counts) == sentence


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (302, "accepts nothing at the address that this site has for it"),
        (404, "accepts nothing at the address that this site has for it"),
        (403, "did not let this site in"),
        (400, "refused what was sent"),
        (477, "was busy"),
        (503, "was busy"),
        (500, "had a fault"),
    ],
)
def test_a_status_is_said_in_words(status, said):
    told = with_(failures=1, reason=f"status {status}")
    assert told.endswith(f" Why: Brevo {said} (status {status}).")


def test_where_contacts_are_found_then():
    place = said.of_place
    assert place("Brevo", 12, None, "audience-3") == "In Brevo they are added to list 12."
    assert place("HubSpot", None, "desk", "audience-3") == "In HubSpot their property desk says “audience-3”."
    assert place("Brevo", 12, "DESK", "audience-3") == (
        "In Brevo they are added to list 12 and their property DESK says “audience-3”."
    )
    assert place("hooks.example.com", None, None, "audience-3") == ""


def test_how_many_go_and_why_others_do_not():
    assert said.of_going(412, "Brevo", {"held out": 80, "opted out": 12}) == (
        "412 customers in the audience can be sent to Brevo. Left out: 80 held out, 12 opted out."
    )
    assert said.of_going(0, "Brevo", {}) == "Nobody in the audience can be sent to Brevo."
