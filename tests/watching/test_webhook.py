"""A webhook carries headers, and says how long its receiver asks to wait."""

from __future__ import annotations

import pytest

from services.watching.webhook import Unsent, Webhook
from tests.watching.receiver import receiver


@pytest.fixture
def told():
    with receiver() as running:
        yield running


def test_headers_go_along_and_leave_the_content_s_own_alone(told):
    assert Webhook(told.url, None).send("{}", {"Idempotency-Key": '"k-1"'}) is None
    (headers,) = told.headers
    assert (headers["idempotency-key"], headers["content-type"]) == ('"k-1"', "application/json")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("Wed, 02 Dec 2026 10:00:00 GMT", 0),
        ("-5", 0),
        ("99999999999", 0),
        ("\u00b2", 0),
    ],
)
def test_how_long_to_wait_is_read_in_seconds_and_anything_else_is_none(told, said, seconds):
    told.status, told.after = 429, said
    assert Webhook(told.url, None).send("{}") == Unsent("status 429", False, 429, seconds)


def test_a_receiver_that_hangs_up_may_have_taken_it(told):
    told.first = [0]
    assert Webhook(told.url, None).send("{}") == Unsent("the connection broke", perhaps=True)
    assert len(told.got) == 1
