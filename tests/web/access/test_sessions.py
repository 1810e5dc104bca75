"""What becomes of sessions: links opened without one, and a page that stays open."""

from __future__ import annotations

import re
from html import unescape

import pytest

from services.site.people.accounts import Accounts
from services.site.people.opened import IDLE_SECONDS
from services.site.people.roles import Role
from services.site.people.sessions import Sessions
from services.site.state import State
from services.web.access.sent import LONGEST_ADDRESS, own_path
from tests.clock import Clock
from tests.web.people import PASSWORD, guarded


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


def customers(ids):
    return "/customers?" + "&".join(f"id={100_000_000_000_000 + number}" for number in range(ids))


LINKS = {
    "one": customers(1),
    "200 customers": customers(200),
    "380 customers": customers(380),
    "429 customers": customers(429),
    "as long as can be": "/?segment=" + "a" * (LONGEST_ADDRESS - 10),
    "signs that are written as three": "/?" + "&" * (LONGEST_ADDRESS - 2),
    "a next of its own": "/?next=/audit&note=" + "a" * (LONGEST_ADDRESS - 19),
}


def wanted(answer):
    return unescape(re.search(r'name="next" value="([^"]*)"', answer.text)[1])


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_f1_a_signed_out_link_arrives(site, link):
    assert len(link) <= LONGEST_ADDRESS
    client = site.visitor()
    answer = client.get(link)
    if answer.status_code == 302:
        assert len(answer.location) <= LONGEST_ADDRESS
        answer = client.get(answer.location)
    assert (answer.status_code, wanted(answer)) == (200, link)
    form = {"name": "viewer", "password": PASSWORD, "next": wanted(answer)}
    arrived = client.post("/sign-in", data=form)
    assert (arrived.status_code, arrived.location) == (302, link)


def test_a_wrong_password_keeps_where_one_was_going(site):
    link = LINKS["429 customers"]
    form = {"name": "viewer", "password": "wrong password", "next": link}
    again = site.visitor().post("/sign-in", data=form)
    assert (again.status_code, wanted(again)) == (401, link)


def test_who_is_signed_in_is_led_on_at_once(site):
    answer = site.signed_in(Role.VIEWER).get("/sign-in", query_string={"next": LINKS["200 customers"]})
    assert (answer.status_code, answer.location) == (302, LINKS["200 customers"])


def test_f12_a_long_link_leads_to_no_other_site():
    assert own_path("//other.example/" + "a" * 5_000) == "/"
    assert own_path("/" + "a" * LONGEST_ADDRESS) == "/"


def test_f9_a_page_that_stays_open_does_not_keep_its_session_alive(site, monkeypatch):
    client = site.signed_in(Role.VIEWER)
    monkeypatch.setattr(Sessions, "who", lambda *_given: pytest.fail("a session was looked at"))
    assert client.get("/current").status_code == 200


def test_f9_the_card_training_asks_who_reads_it_and_keeps_no_session_alive(tmp_path):
    state, clock = State(tmp_path), Clock()
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    sessions = Sessions(state, "k" * 32, clock)
    made = sessions.sign_in("ana", PASSWORD, "127.0.0.1")
    clock.now += IDLE_SECONDS - 2
    assert sessions.who(made, noticed=False).name == "ana"
    clock.now += 3
    assert sessions.who(made, noticed=False) is None
    assert sessions.who(made) is None
    state.close()


def test_f9_what_a_person_asks_after_the_card_does_keep_the_session(tmp_path):
    state, clock = State(tmp_path), Clock()
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    sessions = Sessions(state, "k" * 32, clock)
    made = sessions.sign_in("ana", PASSWORD, "127.0.0.1")
    clock.now += IDLE_SECONDS - 2
    sessions.who(made, noticed=False)
    assert sessions.who(made).name == "ana"
    clock.now += IDLE_SECONDS - 2
    assert sessions.who(made, noticed=False).name == "ana"
    state.close()


def test_the_card_training_is_shown_to_whoever_is_signed_in_and_to_nobody_else(site):
    assert site.visitor().get("/jobs/current").status_code == 401
    told = site.signed_in(Role.VIEWER).get("/jobs/current").json
    assert (told["open"], told["props"]["training-form-div"]) == (False, {"hidden": True})
    assert not site.signed_in(Role.ANALYST).get("/jobs/current").json["props"]["training-form-div"]["hidden"]
