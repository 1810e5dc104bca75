"""The site's records in a file: saved while the site goes on, brought back whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from services.cli import main
from services.core.refusals import Refusal
from services.site import backup as saving
from services.site.backup import NoBackup, backup, restore
from services.site.backup_contents import Unfit
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit, What
from services.site.people.roles import Role
from services.site.people.sessions import Sessions
from services.site.state import State
from services.site.state.schema import TooNew, newest
from tests.site.filled import fill, rows_of

PASSWORD = "four words and more"
ANA = [1, "ana", "viewer", "x", False, 7]
USERS = ["id", "name", "role", "password", "disabled", "made_at"]


@pytest.fixture
def open_state(tmp_path):
    opened = []

    def one(name):
        opened.append(State(tmp_path / name))
        return opened[-1]

    yield one
    for state in opened:
        state.close()


def written(path, version, rows, columns=None):
    """Write a backup by hand."""
    head = {"format": saving.FORMAT, "made_at": "2026-01-01", "version": version}
    lines = [json.dumps(head | {"columns": columns or {"users": USERS}}).encode() + b"\n"]
    lines += [json.dumps(["users", *row]).encode() + b"\n" for row in rows]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    lines.append(json.dumps({"rows": {"users": len(rows)}, "sha256": digest}).encode() + b"\n")
    path.write_bytes(gzip.compress(b"".join(lines)))
    return path


def test_what_is_of_the_moment_stays_behind_and_all_else_comes_back_and_is_logged(open_state, tmp_path):
    old, new = open_state("old"), open_state("new")
    fill(old)
    backup(old, tmp_path / "site.backup")
    restore(new, tmp_path / "site.backup", "cli:ana")
    expected, found = rows_of(old), rows_of(new)
    moment = ("sessions", "attempts", "sign_ins", "jobs", "served", "workers", "sources", "source_files")
    for table in (*moment, "alerts", "alert_messages", "digest_sendings", "pushes", "push_members"):
        assert expected.pop(table)
        assert found.pop(table) == []
    *log, restored = found.pop("audit")
    assert log == expected.pop("audit")
    assert found == expected
    assert restored[2:5] == ("cli:ana", "backup", "site.backup")
    with new.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest()


def test_a_backup_is_of_one_moment_and_the_site_writes_on_meanwhile(open_state, tmp_path, monkeypatch):
    state, log = open_state("a"), Audit(open_state("a"))
    log.add("ana", What.LOOK_UP, "before")
    ask = saving.version_of

    def and_write(connection):
        version = ask(connection)
        log.add("ana", What.LOOK_UP, "meanwhile")
        return version

    monkeypatch.setattr(saving, "version_of", and_write)
    assert backup(state, tmp_path / "file").rows["audit"] == 1
    assert [entry.subject for entry in log.listed()] == ["meanwhile", "before"]


def test_the_file_is_nobody_elses_and_never_written_over(open_state, tmp_path):
    path = tmp_path / "file"
    backup(open_state("a"), path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refusal, match="There is already a file “file”"):
        backup(open_state("a"), path)
    with pytest.raises(Refusal, match=r"cannot be written: No such file or directory\."):
        backup(open_state("a"), tmp_path / "nowhere" / "file")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "file"]


def _cut(made):
    return made[: len(made) // 2]


def _flip(made):
    return made[:-20] + bytes([made[-20] ^ 1]) + made[-19:]


def _other_row(made):
    return gzip.compress(gzip.decompress(made).replace(b'"ana"', b'"eve"'))


def _no_end(made):
    return gzip.compress(b"".join(gzip.decompress(made).splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize(
    "spoil",
    [_cut, _flip, _other_row, _no_end, lambda _: b"", lambda _: b"{}", lambda _: gzip.compress(b"[1]\n{}\n")],
)
def test_a_damaged_file_is_refused_by_name_and_nothing_changes(open_state, tmp_path, spoil):
    state = open_state("a")
    Accounts(state).add("ana", Role.ADMIN, PASSWORD)
    path = tmp_path / "site.backup"
    backup(state, path)
    path.write_bytes(spoil(path.read_bytes()))
    before = rows_of(state)
    with pytest.raises(NoBackup, match=r"“site\.backup” is not a backup of this site, or is damaged"):
        restore(state, path, "ana", replace=True)
    assert rows_of(state) == before


@pytest.mark.parametrize(
    ("rows", "columns", "refused"),
    [
        ([ANA, ANA], None, Unfit),
        ([ANA], {"users": [*USERS[:5], "age"]}, NoBackup),
        ([ANA], {"users": USERS[:5]}, NoBackup),
        ([ANA[:5]], {"users": USERS[:5]}, Unfit),
        ([ANA], {"x": USERS}, NoBackup),
        ([ANA], {"users": 7}, NoBackup),
    ],
)
def test_rows_that_the_tables_do_not_take_leave_all_as_it_was(open_state, tmp_path, rows, columns, refused):
    state = open_state("a")
    fill(state)
    before = rows_of(state)
    with pytest.raises(refused, match="“file”"):
        restore(state, written(tmp_path / "file", newest(), rows, columns), "ana", replace=True)
    assert rows_of(state) == before


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(open_state, tmp_path):
    state = open_state("a")
    restore(state, written(tmp_path / "file", "0001", [ANA]), "ana")
    assert [each.name for each in Accounts(state).listed()] == ["ana"]
    assert rows_of(state)["playbooks"] == []


def test_a_backup_and_a_database_of_a_later_version_are_refused(open_state, tmp_path):
    state = open_state("a")
    with pytest.raises(
        TooNew, match=rf"“file” .*newer version of Segment Desk \(tables 9999; .*{newest()}\)"
    ):
        restore(state, written(tmp_path / "file", "9999", [ANA]), "ana")
    with state.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TooNew, match=r"The database .* newer version"), open_state("a").reading():
        pass


def test_records_that_are_there_are_only_replaced_when_asked_to_and_sessions_end(open_state, tmp_path):
    state, path = open_state("a"), tmp_path / "file"
    Accounts(state).add("ana", Role.VIEWER, PASSWORD)
    backup(state, path)
    sessions = Sessions(state, "k" * 32)
    made = sessions.sign_in("ana", PASSWORD, "10.0.0.1")
    with pytest.raises(Refusal, match="add --replace"):
        restore(state, path, "ana")
    assert sessions.who(made)
    restore(state, path, "ana", replace=True)
    assert Sessions(state, "k" * 32).who(made) is None
    assert sessions.sign_in("ana", PASSWORD, "10.0.0.1")


def test_the_commands_say_what_the_file_holds_and_log_it(tmp_path):
    run, folder = CliRunner(), {"STATE_DIR": str(tmp_path / "a")}
    path = str(tmp_path / "file")
    assert run.invoke(main, ["backup", path], env=folder).output == f"Wrote {path}: no records.\n"
    other = {"STATE_DIR": str(tmp_path / "b")}
    told = json.loads(run.invoke(main, ["restore", path, "--json"], env=other).output)
    assert set(told) == {"made_at", "version", "rows", "files"}
    logged = [json.loads(line) for line in run.invoke(main, ["audit"], env=folder).output.splitlines()]
    assert [(entry["what"], entry["result"]) for entry in logged] == [("backup", "made")]
    refused = run.invoke(main, ["restore", str(tmp_path / "none")], env=other)
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
    assert "cannot be read: No such file or directory." in refused.output
