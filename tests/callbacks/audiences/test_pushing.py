"""The card "Send to another tool": who sees what of it, and what a press does."""

from __future__ import annotations

import pytest
from dash import no_update
from flask import g

from callbacks.audiences.changing import change
from callbacks.audiences.pushing import CARD, push, stop
from callbacks.audiences.view import again, show
from services.core.contacts.contact import Contact
from services.site.customers.audiences import Audiences
from services.site.customers.contacts import Contacts
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import Audit
from services.site.people.roles import Role
from services.site.pushes.queue import Queue
from services.site.pushes.sending import Sending
from services.site.settings import Settings
from services.web.access.asking import Asking
from tests.callbacks.audiences.test_changing import saved
from tests.callbacks.segments.test_segments import text_of
from tests.serving.shops import shop

ANA = Asking("ana", Role.MARKETER)


@pytest.fixture
def brevo(services):
    services.settings = Settings(push_layout="brevo", push_key="k-1", push_list=12)
    return services


@pytest.fixture
def audience(services):
    """Forty customers, of whom all have an e-mail and half agreed."""
    release = shop()
    ids = [release.id_of(row) for row in range(release.count)]
    given = [
        Contact(each, email=f"{place}@example.org", email_consent=True if place % 2 else None)
        for place, each in enumerate(ids)
    ]
    Contacts(services.state).keep(given, who="ana", subject="c.csv")
    return saved(services)


def seen(number, name="Win back"):
    return {"audience": number, "name": name}


def shown(services, number):
    return {name: show(services, shop(), f"?audience={number}")[name] for name in CARD}


def shown_file(services, number):
    return show(services, shop(), f"?audience={number}")["file"]


def reachable(services, number):
    known = Contacts(services.state)
    members = [each.customer_id for each in Audiences(services.state).members(number) if not each.held_out]
    return sum(each.email_consent is True for each in known.among(members).values())


def test_a_site_that_sends_nowhere_shows_no_card(services, audience):
    card = shown(services, audience)
    assert (card["push_hidden"], card["push_part_hidden"]) == (True, True)


def test_who_goes_and_who_does_not_is_said_before_anything_is_sent(brevo, audience):
    card, count = shown(brevo, audience), reachable(brevo, audience)
    held_out = Audiences(brevo.state).one(audience).holdout
    assert (card["push_hidden"], card["push_part_hidden"]) == (False, False)
    assert card["push_button"] == "Send to Brevo"
    assert card["push_finding"] == (
        f"{count} customers in the audience can be sent to Brevo. Left out: {held_out} held out, "
        f"{40 - held_out - count} without consent."
    )
    assert card["push_place"] == "In Brevo they are added to list 12."
    assert card["push_list"] == []
    assert Queue(brevo.state).listed() == []


def test_a_press_queues_it_says_so_and_takes_the_button_away_until_it_is_done(brevo, audience):
    count = reachable(brevo, audience)
    told = push(brevo, seen(audience), ANA)
    assert told["toast"]["heading"] == f"{count} customers of “Win back” will be sent to Brevo."
    assert told["error"] == []
    assert told["card"]["push_part_hidden"] is True
    waiting = f"Waiting for the worker: Brevo accepted 0 of {count} customers so far."
    assert waiting in text_of(told["card"]["push_list"])
    (logged,) = Audit(brevo.state).listed(what="push")
    assert (logged.who, logged.rows) == ("ana", count)
    sending = Sending(brevo.state)
    one = sending.claim()
    sending.begin(one, count, sending.stamp())
    sending.accepted(one, count)
    card = again(brevo, shop(), f"?audience={audience}")
    assert card["push_part_hidden"] is False
    assert f"Sent: Brevo accepted all {count} customers." in text_of(card["push_list"])
    assert ", ana" in text_of(card["push_list"])


def test_what_is_being_sent_can_be_stopped_and_then_sent_again(brevo, audience):
    assert shown(brevo, audience)["push_stop_hidden"] is True
    count = reachable(brevo, audience)
    assert push(brevo, seen(audience), ANA)["card"]["push_stop_hidden"] is False
    told = stop(brevo, seen(audience), Asking("ben", Role.MARKETER))
    assert told["toast"]["heading"] == "No more of “Win back” will be sent."
    assert told["toast"]["sentence"] == f"Brevo had accepted 0 of {count} customers by then."
    assert (told["card"]["push_stop_hidden"], told["card"]["push_part_hidden"]) == (True, False)
    said = f"Not sent: Brevo accepted 0 of {count} customers; {count} not accepted."
    assert f"{said} Last reason: It was stopped on this site." in text_of(told["card"]["push_list"])
    assert not Sending(brevo.state).due()
    again = stop(brevo, seen(audience), ANA)
    assert "It has ended already" in text_of(again["error"])
    assert push(brevo, seen(audience), ANA)["error"] == []


def test_a_second_press_is_refused_by_a_sentence_and_queues_nothing(brevo, audience):
    push(brevo, seen(audience), ANA)
    told = push(brevo, seen(audience), ANA)
    assert "being sent to Brevo already" in text_of(told["error"])
    assert (set(told["card"].values()), told["toast"]) == ({no_update}, no_update)
    assert len(Queue(brevo.state).listed()) == 1


def test_what_somebody_renamed_or_deleted_meanwhile_is_not_sent(brevo, audience):
    change(brevo, shop(), f"?audience={audience}", "rename", seen(audience), "Spring", "ben")
    assert "renamed this campaign to “Spring”" in text_of(push(brevo, seen(audience), ANA)["error"])
    change(brevo, shop(), f"?audience={audience}", "delete", seen(audience, "Spring"), "delete", "ben")
    assert "may have been deleted" in text_of(push(brevo, seen(audience, "Spring"), ANA)["error"])
    assert Queue(brevo.state).listed() == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.SERVICE, Role.ANALYST])
def test_who_takes_nothing_away_sees_how_it_stands_and_no_button(brevo, audience, role, monkeypatch):
    push(brevo, seen(audience), ANA)
    monkeypatch.setattr("callbacks.audiences.view.asking", lambda: Asking("ben", role))
    card = shown(brevo, audience)
    assert (card["push_hidden"], card["push_part_hidden"]) == (False, True)
    assert card["push_stop_hidden"] is True
    assert "It takes the role marketer or admin to send them." in card["push_finding"]
    assert "Waiting for the worker" in text_of(card["push_list"])
    assert "person" not in g


def test_an_audience_of_whom_nobody_can_be_sent_has_no_button(brevo):
    number = saved(brevo)
    card = shown(brevo, number)
    assert card["push_finding"] == "There are no contacts yet, so nothing can be sent to Brevo."
    assert card["push_part_hidden"] is True
    assert again(brevo, shop(), f"?audience={number}") == {**card, "file": shown_file(brevo, number)}
    assert "Nobody in this audience can be sent to Brevo" in text_of(push(brevo, seen(number), ANA)["error"])


def test_who_opts_out_meanwhile_is_counted_when_the_page_is_seen_again(brevo, audience):
    count = reachable(brevo, audience)
    out = [each.customer_id for each in Audiences(brevo.state).members(audience)]
    OptOuts(brevo.state).add(out, "ana", "list")
    card = again(brevo, shop(), f"?audience={audience}")
    assert card["push_finding"].startswith("Nobody in the audience can be sent to Brevo.")
    assert card["push_part_hidden"] is True
    assert count


def test_a_page_that_opens_no_audience_shows_no_card_again(brevo):
    assert again(brevo, shop(), "?audience=99")["push_hidden"] is True
    assert again(brevo, shop(), "")["push_hidden"] is True
