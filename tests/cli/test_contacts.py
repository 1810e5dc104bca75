"""``contacts FILE``: from whatever an export looks like to contacts that are kept, each row accounted for."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.customers.opt_outs import OptOuts
from services.site.state import State
from tests.releases.tiny import make_tiny_release

TEXT = (
    "Customer ID;First Name;Email;Phone;Accepts Email Marketing;Tier\n"
    "A-001;Zoë;Zoe@Example.org;+44 20 7946 0000;yes;Gold\n"
    "A-002;Ann;ann@example;12;no;\n"
    "A-002;Anna;ann@example.org;;;\n"
    ";x;y@example.org;;;\n"
    "00123.0;Bo;bo@example.org;;?;\n"
)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A models folder and a state folder that the command takes; gives a function that runs it."""
    make_tiny_release(tmp_path / "models")
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    return lambda *words: CliRunner().invoke(main, ["contacts", *map(str, words)])


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_row_is_accounted_for_whatever_the_encoding(desk, state, tmp_path, encoding):
    file = tmp_path / "c.csv"
    file.write_bytes(TEXT.encode(encoding))
    told = json.loads(desk(file, "--json").output)
    assert (told["rows"], told["kept"], told["rejected"]) == (5, 4, {"no_id": 1})
    assert told["unused"] == {"bad_email": 1, "bad_phone": 1, "unclear_consent": 1}
    assert (told["contacts"], told["repeated"], told["contradictory"], told["unknown"]) == (3, 1, 1, 1)
    assert (told["added"], told["opted_out"], told["reachable"]) == (3, 1, {"email": 1, "phone": 0})
    assert told["columns"]["customer"] == "Customer ID"
    assert told["attributes"] == ["Tier"]
    assert [each["line"] for each in told["first"]] == [3, 3, 5, 6]
    one = Contacts(state).of("A-001")
    assert (one.first_name, one.email, one.phone) == ("Zoë", "zoe@example.org", "+442079460000")
    assert Contacts(state).of("00123").email == "bo@example.org"
    assert OptOuts(state).ids() == {"A-002"}


def test_the_column_that_names_customers_of_the_release_joins_the_file(desk, tmp_path):
    file = tmp_path / "c.csv"
    file.write_text(
        "Customer ID,Member number,Email,Consent\n991,A-001,a@example.org,yes\n992,00123,b@example.org,yes\n"
    )
    told = json.loads(desk(file, "--id", "Member number", "--json").output)
    assert (told["columns"]["customer"], told["unknown"]) == ("Member number", 0)
    assert json.loads(desk(file, "--json").output)["unknown"] == 2


def test_without_a_word_on_consent_nobody_is_taken_to_agree_unless_it_is_said(desk, tmp_path):
    file = tmp_path / "c.csv"
    file.write_text("Customer ID,Email\nA-001,a@example.org\n")
    assert "No column says who agreed" in desk(file).output
    assert json.loads(desk(file, "--all-agreed", "--json").output)["reachable"] == {"email": 1, "phone": 0}


def test_who_was_erased_does_not_come_back(desk, state, tmp_path):
    Forgotten(state).add("A-001")
    file = tmp_path / "c.csv"
    file.write_text("Customer ID,Email\nA-001,a@example.org\nA-002,b@example.org\n")
    assert json.loads(desk(file, "--json").output)["rejected"] == {"forgotten": 1}
    assert Contacts(state).of("A-001") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "The file is empty."),
        ("Colour,Size\nred,1\n", "The file has no column of a list of contacts"),
        ("Customer ID,First Name\n1,Ann\n", "no e-mails, phone numbers or consent"),
        ("Customer ID,Email\n,a@example.org\n", "no row has a customer ID"),
        ("Customer ID,Email,Email\n1,a@example.org,\n", "appears twice"),
    ],
)
def test_a_file_that_is_none_is_refused_and_nothing_changed(desk, state, tmp_path, content, said):
    file = tmp_path / "c.csv"
    file.write_text(content)
    ended = desk(file)
    assert ended.exit_code == 2
    assert said in ended.output
    assert Contacts(state).standing().contacts == 0
