"""Accounts that belong to somebody at a provider, and sign-ins that have begun there."""

from __future__ import annotations

import pytest

from services.core.refusals import NotFound, Refusal
from services.site.people import entering
from services.site.people.accounts import SignsInElsewhere
from services.site.people.audit import Audit
from services.site.people.elsewhere import NotAllowed, Proven, admit, link
from services.site.people.entering import Entering
from services.site.people.passwords import matches
from services.site.people.roles import Role
from services.site.people.sessions import NO_MATCH
from tests.site.people.signing_in import KEY, PASSWORD, sign_in

ANA = "ana@example.org"
ISSUER = "https://id.example.com"
ROLES = (("heads", Role.ADMIN), ("staff", Role.VIEWER))


def somebody(subject="u-1", *names, groups=("staff",), issuer=ISSUER):
    return Proven(issuer, subject, (*names, subject), groups)


def enter(state, person):
    return admit(state, person, ROLES, "Shop ID")


@pytest.fixture
def begun(state, clock):
    return Entering(state, KEY, clock)


def test_the_same_subject_of_another_issuer_is_somebody_else(state, accounts):
    assert enter(state, somebody("u-1", "zoe")) == "zoe"
    assert enter(state, somebody("u-1", "zoe-too", issuer="https://other.example")) == "zoe-too"
    assert enter(state, somebody("U-1", "zoe-three")) == "zoe-three"
    assert enter(state, somebody("u-1", "another name by now")) == "zoe"
    assert [each.name for each in accounts.listed()] == [ANA, "zoe", "zoe-three", "zoe-too"]


def test_an_account_is_called_by_the_first_name_that_can_be_one(state):
    assert enter(state, somebody("u-1", "Zoë Z", "", "Zoe@Shop.example")) == "zoe@shop.example"
    with pytest.raises(NotAllowed, match="None of your names with Shop ID can be"):
        enter(state, somebody("ü", "x", "<b>"))


def test_a_role_that_stays_the_same_changes_and_logs_nothing(state, sessions):
    enter(state, somebody("u-1", "zoe"))
    made = sessions.begin("zoe")
    before = len(Audit(state).listed())
    enter(state, somebody("u-1", "zoe", groups=["other", "staff"]))
    assert sessions.who(made).elsewhere
    assert len(Audit(state).listed()) == before
    enter(state, somebody("u-1", "zoe", groups=["staff", "heads"]))
    entry = Audit(state).listed(most=1)[0]
    assert (entry.who, entry.subject, entry.result) == ("oidc:zoe", "zoe", "role admin")


def test_nothing_is_kept_as_a_password_and_none_opens_it(state, sessions):
    enter(state, somebody("u-1", "zoe"))
    for password in ("", "nobody has this password", PASSWORD):
        assert not matches("", password)
        with pytest.raises(Refusal, match=NO_MATCH()):
            sign_in(sessions, "zoe", password)


def test_an_account_with_a_password_is_linked_and_its_password_is_over(state, accounts, sessions):
    mine = sign_in(sessions)
    link(state, ANA, ISSUER, "u-1", "cli:root")
    assert sessions.open_of(ANA, mine) == []
    with pytest.raises(Refusal, match=NO_MATCH()):
        sign_in(sessions)
    assert enter(state, somebody("u-1", "zoe")) == ANA
    enter(state, somebody("u-2", "ben"))
    with pytest.raises(Refusal, match="belongs to this subject already"):
        link(state, "ben", ISSUER, "u-1", "cli:root")
    with pytest.raises(NotFound):
        link(state, "nobody", ISSUER, "u-3", "cli:root")
    for subject in ("", "x" * 256, "u-1\n", "ü"):
        with pytest.raises(Refusal, match="A subject has 1 to 255 letters, digits and signs"):
            link(state, ANA, ISSUER, subject, "cli:root")
    assert "signs in with the provider" in [each.result for each in Audit(state).listed()]


def test_a_new_password_ends_the_link_unless_that_is_to_be_kept(state, accounts, sessions):
    enter(state, somebody("u-1", "zoe"))
    with pytest.raises(SignsInElsewhere, match="zoe signs in with another service"):
        accounts.reset("zoe", PASSWORD, keep_link=True)
    with pytest.raises(SignsInElsewhere):
        accounts.set_role("zoe", Role.ADMIN)
    accounts.reset("zoe", PASSWORD)
    assert not sessions.who(sign_in(sessions, "zoe")).elsewhere
    with pytest.raises(NotAllowed, match="There is already an account zoe"):
        enter(state, somebody("u-1", "zoe"))


def test_who_is_locked_meanwhile_gets_no_session(state, accounts, sessions):
    name = enter(state, somebody("u-1", "zoe"))
    accounts.disable(name)
    with pytest.raises(NotAllowed, match="locked"):
        sessions.begin(name)


def test_who_is_given_a_password_meanwhile_gets_no_session(state, accounts, sessions):
    name = enter(state, somebody("u-1", "zoe"))
    accounts.reset(name, PASSWORD)
    with pytest.raises(NotAllowed):
        sessions.begin(name)


def test_f14_what_was_begun_is_given_back_once_to_the_browser_that_began_it(begun):
    made = begun.begin(None, "10.0.0.1", "/baskets")
    assert begun.take("x" * 43, made.state) is None
    assert begun.take(None, made.state) is None
    assert begun.take(made.browser, "another") is None
    taken = begun.take(made.browser, made.state)
    assert (taken.nonce, taken.verifier, taken.wanted) == (made.nonce, made.verifier, "/baskets")
    assert begun.take(made.browser, made.state) is None


def test_f14_what_was_begun_is_over_after_ten_minutes(begun, clock):
    made = begun.begin(None, "10.0.0.1", "/")
    clock.now += entering.SECONDS
    assert begun.take(made.browser, made.state) is None


@pytest.mark.parametrize("kept", [None, "", "short", "x" * 44, "é" * 43, "a" * 42 + "\0"])
def test_f14_a_secret_that_a_browser_made_up_is_replaced(begun, kept):
    made = begun.begin(kept, "10.0.0.1", "/")
    assert made.browser != kept
    assert begun.begin(made.browser, "10.0.0.1", "/").browser == made.browser


def test_f14_another_key_knows_nothing_of_what_was_begun(begun, state, clock):
    made = begun.begin(None, "10.0.0.1", "/")
    assert Entering(state, "another key", clock).take(made.browser, made.state) is None


def test_one_address_begins_no_more_than_there_is_room_for_and_hinders_no_other(begun, monkeypatch, clock):
    monkeypatch.setattr(entering, "MOST_OF_PLACE", 3)
    other = begun.begin(None, "10.0.0.2", "/")
    made = []
    for _ in range(5):
        made.append(begun.begin(None, "10.0.0.1", "/"))
        clock.now += 1
    taken = [begun.take(each.browser, each.state) is not None for each in made]
    assert taken == [False, False, True, True, True]
    assert begun.take(other.browser, other.state) is not None
