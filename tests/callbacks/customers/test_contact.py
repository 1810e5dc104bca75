"""The card "Campaigns and notes": who may be written to, what staff noted, and who may change it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from dash import no_update

from callbacks.customers.contact import CARD, show
from callbacks.customers.contact_saving import keep, switch
from callbacks.shared.address import ids_in, one_or_none
from layouts.customers.contact import LONGEST
from services.core.contacts.contact import Contact
from services.site.customers import notes
from services.site.customers.contacts import Contacts
from services.site.customers.notes import Notes
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import Audit
from services.site.people.roles import Action, Role
from services.site.state import State
from services.web.access.asking import Asking
from services.web.access.gate import CALLBACKS
from tests.callbacks.segments.test_segments import text_of
from tests.serving.shops import identifier, shop
from tests.web.people import guarded, pressed_body

WHO = identifier(7)
SEARCH = f"?id={WHO}"


@pytest.fixture
def services(tmp_path):
    state = State(tmp_path)
    yield SimpleNamespace(releases=SimpleNamespace(at=lambda _asked: shop()), state=state)
    state.close()


OTHER = f"?id={identifier(8)}"


def card(services, search=SEARCH, kept=None, role=Role.SERVICE):
    profile = one_or_none(shop(), ids_in(search))
    shown = show(services, shop(), profile, kept, Asking("ana", role))
    assert set(shown) == set(CARD)
    return shown


def test_the_switch_puts_on_the_list_and_takes_off_again_and_both_are_logged(services):
    assert (card(services)["badge"], card(services)["kept"]) == ("", {"id": WHO, "opted_out": False})
    for out in (True, False):
        done = keep(services, SEARCH, None, WHO, lambda one, out=out: switch(services, one, out, "ana"))
        assert done["error"] == []
        assert OptOuts(services.state).ids() == ({WHO} if out else set())
        assert bool(card(services)["badge"]) is out
        assert card(services)["switch"] == ("Allow campaigns again" if out else "Opt out of campaigns")
    logged = Audit(services.state).listed(what="opt-out")
    assert [(each.who, each.subject, each.result) for each in logged] == [
        ("ana", WHO, "removed"),
        ("ana", WHO, "added"),
    ]


def test_how_they_are_reached_is_shown_to_who_may_see_it_and_to_nobody_else(services):
    assert card(services)["reach"] == []
    ann = Contact(
        WHO,
        "ann@example.org",
        "+447911123456",
        "Ann",
        "Lee",
        "GB",
        email_consent=True,
        attributes={"Tier": "Gold"},
    )
    Contacts(services.state).keep([ann, Contact(identifier(8), "b@example.org")], who="ana", subject="c.csv")
    said = text_of(card(services)["reach"])
    for each in (
        "Ann Lee",
        "ann@example.org (agreed to campaigns)",
        "+447911123456 (no consent recorded)",
        "Gold",
    ):
        assert each in said
    assert "b@example.org" not in said
    assert card(services, role=Role.VIEWER)["reach"] == []


def test_what_the_file_says_is_not_changed_here(services, monkeypatch):
    release = shop()
    marked = np.array([release.id_of(row) == WHO for row in range(release.count)])
    monkeypatch.setattr(release, "customers", dict(release.customers) | {"opted_out": marked})
    shown = card(services)
    assert "Opted out" in text_of(shown["badge"])
    assert "in the file itself" in shown["contact"]
    assert shown["switch_hidden"] is True


def test_notes_stand_newest_first_with_author_and_a_viewer_changes_nothing(services):
    store = Notes(services.state)
    store.add(WHO, "Called.\r\nWants <b>tea</b>.", "ana")
    store.add(WHO, "Second", "local")
    store.add(identifier(8), "Of another", "ana")
    said = text_of(card(services)["remarks"])
    assert said.index("Second") < said.index("Called.")
    assert "By ana, " in said
    assert "Of another" not in said
    seen = card(services, role=Role.EXPORTER)
    assert (seen["switch_hidden"], seen["form_hidden"]) == (True, True)
    assert "Remove" not in text_of(seen["remarks"])


def test_a_press_made_on_a_customer_changes_nothing_of_the_next_one(services):
    done = keep(services, OTHER, None, WHO, lambda one: switch(services, one, True, "ana"))
    assert "The page now shows another customer" in text_of(done["error"])
    assert OptOuts(services.state).ids() == set()


def test_what_was_typed_of_a_customer_does_not_stand_under_the_next_one(services):
    first = card(services)
    assert (first["remark"], first["remark_error"]) == ("", [])
    again = card(services, kept=first["kept"])
    assert (again["remark"], again["remark_error"]) == (no_update, no_update)
    other = card(services, OTHER, first["kept"])
    assert (other["remark"], other["remark_error"]) == ("", [])
    nobody = card(services, "", first["kept"])
    assert (nobody["remark"], nobody["remark_error"]) == ("", [])


@pytest.mark.parametrize("text", ["a\u00a0b", "1\u202f000", "\U0001f469\u200d\U0001f4bb", "a\u200cb"])
def test_a_note_pasted_from_elsewhere_keeps_its_blanks_and_joiners(services, text):
    Notes(services.state).add(WHO, text, "ana")
    assert Notes(services.state).of(WHO)[0].text == text


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST + 1), "a\0b", "\u202etxt"])
def test_a_note_that_cannot_be_read_is_refused_beside_the_field(services, text):
    assert notes.LONGEST == LONGEST
    store = Notes(services.state)
    done = keep(services, SEARCH, None, WHO, lambda one: store.add(one.customer_id, text, "ana"))
    assert done["error"]
    assert Notes(services.state).of(WHO) == []


@pytest.mark.parametrize("search", ["", "?id=nobody", f"?id={WHO}&id={identifier(8)}"])
def test_without_one_customer_the_card_is_empty_and_nothing_is_kept(services, search):
    assert card(services, search)["kept"] is None
    done = keep(services, search, None, WHO, lambda one: switch(services, one, True, "ana"))
    assert done["error"]
    assert OptOuts(services.state).ids() == set()


def test_a_note_is_removed_by_its_number_and_its_customer_alone(services):
    store = Notes(services.state)
    store.add(WHO, "One", "ana")
    number = store.of(WHO)[0].id

    def remove(one):
        store.remove(one.customer_id, number, "ana")

    assert keep(services, OTHER, None, identifier(8), remove)["error"]
    assert not keep(services, SEARCH, None, WHO, remove)["error"]
    assert store.of(WHO) == []
    assert "One" not in str(Audit(services.state).listed(what="note"))


def test_only_who_serves_customers_changes_what_is_kept(models, tmp_path):
    site = guarded(models, tmp_path)
    entries = {key: entry for key, entry in site.app.callback_map.items() if "callback" in entry}
    kept = [
        key
        for key, entry in entries.items()
        if entry["callback"].__module__ == "callbacks.customers.contact_saving"
        and "ALL" not in str(entry["inputs"])
    ]
    assert len(kept) == 2
    for key in kept:
        for role in Role:
            answer = site.signed_in(role).post(CALLBACKS, json=pressed_body(key, entries[key]))
            assert (answer.status_code != 403) is role.may(Action.SERVE)
