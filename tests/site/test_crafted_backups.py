"""A backup tells the site what to believe; what it could not work with is refused and changes nothing."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from base64 import b64encode

import pytest
from click.testing import CliRunner

from services.cli import main
from services.site.backup import NoBackup, backup, restore
from services.site.backup_contents import Unfit
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit
from services.site.state import State
from services.site.versions.preset_store import PresetVersions
from services.site.versions.presets import SavedPresets
from tests.site.filled import fill, rows_of

SHORT = {"bytes": b64encode(b"short").decode()}


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    opened = State(tmp_path_factory.mktemp("state"))
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def good(state, tmp_path_factory):
    path = tmp_path_factory.mktemp("good") / "site.backup"
    backup(state, path)
    return path


def craft(good, path, change, end=None):
    """Write what a good backup says with a change, and sign it as a whole one is signed."""
    head, *rows, last = (json.loads(line) for line in gzip.decompress(good.read_bytes()).splitlines())
    change(head, rows)
    lines = [json.dumps(each).encode() + b"\n" for each in (head, *rows)]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    signed = {**last, **(end or {}), "sha256": digest}
    path.write_bytes(gzip.compress(b"".join([*lines, json.dumps(signed).encode() + b"\n"])))
    return path


def first_row_with(table, column, value):
    def change(head, rows):
        place = head["columns"][table].index(column) + 1
        next(row for row in rows if row[0] == table)[place] = value

    return change


def refused(state, path):
    """Restore a crafted backup; return the sentence, when nothing was changed."""
    before = rows_of(state)
    with pytest.raises((Unfit, NoBackup)) as found:
        restore(state, path, "ana", replace=True)
    assert rows_of(state) == before
    return str(found.value)


def test_a_role_that_does_not_exist_is_named_with_those_that_do(state, good, tmp_path):
    path = craft(good, tmp_path / "site.backup", first_row_with("users", "role", "root"))
    assert refused(state, path) == (
        "“site.backup” cannot be restored, so nothing was changed: the role of row 1 of users is “root” and "
        "has to be one of viewer, service, marketer, analyst, exporter, admin. Use another backup."
    )


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("tokens", "role", "root", "role of row 1 of tokens is “root” and has to be one of viewer, service"),
        ("tokens", "digest", SHORT, "digest of row 1 of tokens does not fit and has to be 32 bytes"),
        ("tokens", "name", "A B", "name of row 1 of tokens is “A B”"),
        ("users", "name", "ANA", "name of row 1 of users is “ANA”"),
        ("users", "password", 7, "password of row 1 of users does not fit and has to be a text"),
        ("users", "disabled", "no", "disabled of row 1 of users is “no” and has to be true or false"),
        ("users", "made_at", 10**15, "has to be a moment before the year 9999"),
        ("users", "made_at", None, "made_at of row 1 of users is missing"),
        ("users", "signed_in_at", -1, "has to be a moment before the year 9999"),
        (
            "users",
            "first_password",
            "no",
            "first_password of row 1 of users is “no” and has to be true",
        ),
        ("users", "subject", "a\x1b[2J", "subject of row 1 of users .* without control characters"),
        ("users", "issuer", "x" * 513, "has to be a text of 512 characters at most"),
        ("users", "id", 2**63 - 1, "has to be a whole number below"),
        ("audit", "what", "conjuring", "what of row 1 of audit is “conjuring” and has to be one of sign-in"),
        ("audit", "at", -1, "has to be a moment"),
        ("audit", "at", "yesterday", "has to be a moment"),
        ("audit", "subject", "a\x1b[2J", "without control characters"),
        ("audit", "who", "x" * 65, "has to be a text of 64 characters at most"),
        ("audit", "who", "\ud800", "has to be a text"),
        (
            "playbooks",
            "kind",
            "shop",
            "kind of row 1 of playbooks is “shop” and has to be one of segment, cluster",
        ),
        ("playbooks", "version", 1.5, "has to be a whole number below"),
        (
            "audiences",
            "source",
            "hearsay",
            "has to be one of segments, movement, cohorts, churn, rule, product",
        ),
        ("audiences", "starts_on", "soon", "has to be a day such as"),
        ("audiences", "as_of", "2011-13-01", "has to be a moment such as"),
        ("audiences", "holdout_share", 1.5, "has to be a share from 0 to 1"),
        ("audiences", "holdout_share", float("nan"), "has to be a number"),
        ("audience_members", "audience_id", 99, "rows of audience_members .* refer to what is not there"),
        ("preset_versions", "definition", "id = 7", "the definition of row 1 of preset_versions"),
        ("preset_versions", "version", 7, "is that of another preset or version"),
        ("opt_outs", "customer_id", "a\0b", "customer_id of row 1 of opt_outs"),
        ("contacts", "phone", "0791", "phone of row 1 of contacts is “0791” and has to be a phone number"),
        ("contacts", "country", "Atlantis", "has to be a text of 2 characters at most"),
        ("contacts", "email", "a\x1b@x.org", "without control characters"),
        ("contacts", "attributes", "[1]", "attributes of row 1 of contacts .* an object of texts"),
        ("digest_subscriptions", "channel", "pigeon", "has to be one of mail, webhook, slack"),
        ("digest_subscriptions", "address", "a\x1b[2J", "without control characters"),
        (
            "digest_subscriptions",
            "day",
            8,
            "row 1 of digest_subscriptions: Give a day of the week, 1 for Monday to 7",
        ),
        ("digest_subscriptions", "zone", "Mars/Base", "“Mars/Base” is not a time zone"),
        ("digest_subscriptions", "link", "javascript:alert(1)", "is not the address of this site"),
        ("digest_subscriptions", "language", "../de", "has to be a language such as de"),
        ("views", "path", "//evil.example", "has to be a path such as /movement"),
        ("views", "path", "javascript:alert(1)", "has to be a path such as /movement"),
        ("views", "name", "a\x1b[2J", "without control characters"),
        ("views", "query", "x" * 4_001, "has to be a text of 4,000 characters at most"),
        ("forgotten", "digest", SHORT, "has to be 32 bytes"),
        ("keys", "value", SHORT, "value of row 1 of keys does not fit"),
    ],
)
def test_what_the_site_relies_on_is_looked_at(state, good, tmp_path, table, column, value, said):
    sentence = refused(state, craft(good, tmp_path / "site.backup", first_row_with(table, column, value)))
    assert re.search(said, sentence), sentence
    assert sentence.startswith("“site.backup” cannot be restored, so nothing was changed: ")


def _of_a_table_left_out(head, rows):
    head["columns"]["sessions"] = ["digest", "user_id"]
    rows.append(["sessions", {"bytes": ""}, 1])


@pytest.mark.parametrize(
    ("change", "end"),
    [
        (_of_a_table_left_out, None),
        (lambda _head, rows: rows.append([["users"], 1]), None),
        (lambda _head, rows: rows.append([]), None),
        (lambda head, _rows: head.update(columns=[]), None),
        (lambda head, _rows: head.update(made_at="\x1b[2J"), None),
        (lambda head, _rows: head.update(made_at=7), None),
        (lambda _head, _rows: None, {"rows": {"users": "many"}}),
        (lambda _head, _rows: None, {"rows": [1]}),
        (lambda _head, rows: rows.pop(), None),
    ],
)
def test_what_is_no_backup_beneath_a_good_digest_is_refused(state, good, tmp_path, change, end):
    sentence = refused(state, craft(good, tmp_path / "site.backup", change, end))
    assert "is not a backup of this site, or is damaged" in sentence


def test_what_the_site_writes_itself_passes(good, tmp_path):
    new = State(tmp_path / "new")
    restore(new, good, "ana")
    assert [each.name for each in Accounts(new).listed()] == ["ana", "ben"]
    assert [each.preset.version for each in SavedPresets(PresetVersions(new)).latest()] == [2]
    assert len(Audit(new).listed()) == 3
    new.close()


def test_the_command_says_it_in_one_line_before_it_opens_the_records(good, tmp_path, monkeypatch):
    craft(good, tmp_path / "site.backup", first_row_with("users", "role", "root"))
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "other"))
    told = CliRunner().invoke(main, ["restore", str(tmp_path / "site.backup")])
    assert (told.exit_code, told.output.count("\n")) == (2, 1)
    assert "the role of row 1 of users is “root”" in told.output
    assert not (tmp_path / "other").exists()
