"""The site's tables: made and brought up to date by themselves, shared by workers, refused in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from services.site.people.audit import Audit, What
from services.site.state import FILE, State, StateUnusable, engines
from services.site.state.schema import migrate
from services.site.state.tables import audit, metadata
from tests.running import ROOT

OPEN = """
import sys
from pathlib import Path
from services.site.state import State

with State(Path(sys.argv[1])).writing():
    pass
"""
ROW = {"at": 1, "who": "a", "what": "b", "subject": "x" * 250, "release": "", "result": ""}


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


def test_the_migrations_make_what_the_tables_say(state):
    with state.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_migrations_are_one_row():
    assert len(ScriptDirectory(str(ROOT / "services/site/state/migrations")).get_heads()) == 1


def test_a_log_of_before_is_whole_after_the_update_and_still_only_grows(tmp_path):
    engine = engines.sqlite(tmp_path / FILE)
    with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
        migrate(connection, "0006")
        names = [column.name for column in audit.c if column.name != "tally"]
        rows = [(number, 1, "a", "b", "x" * 250, "", None, "") for number in (3, 9)]
        marks, named = ", ".join("?" * len(names)), ", ".join(f'"{name}"' for name in names)
        for row in rows:
            connection.exec_driver_sql(f"INSERT INTO audit ({named}) VALUES ({marks})", row)
    engine.dispose()
    state = State(tmp_path)
    Audit(state).add("ana", What.EXPORT, "/export/rules.csv?item=" + "y" * 3_000)
    with state.reading() as connection:
        kept = [tuple(row) for row in connection.execute(select(audit).order_by(audit.c.id))]
    assert kept[:2] == [(*row, None) for row in rows]
    assert (kept[2][0], len(kept[2][4])) == (10, 3_023)
    for statement in ('UPDATE audit SET "rows" = 1', "DELETE FROM audit"):
        with pytest.raises(StateUnusable) as refused, state.writing() as connection:
            connection.exec_driver_sql(statement)
        assert "can only grow" in str(refused.value.__cause__)
    state.close()


def test_several_workers_may_start_at_once(tmp_path):
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(each.wait(60), each.communicate()[1]) for each in started] == [(0, b"")] * 3


def test_a_failure_does_not_tell_what_was_to_be_written(state):
    with pytest.raises(StateUnusable) as refused, state.writing() as connection:
        connection.execute(audit.insert().values(**ROW | {"at": None, "subject": "customer 12347"}))
    told = str(refused.value.__cause__)
    assert "NOT NULL" in told
    assert "12347" not in told


def test_the_file_is_nobody_elses_to_read(state, tmp_path):
    with state.writing():
        pass
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_block_that_fails_changes_nothing(state):
    def fail() -> None:
        with state.writing() as connection:
            connection.execute(audit.insert().values(**ROW))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with state.reading() as connection:
        assert connection.execute(select(func.count()).select_from(audit)).scalar() == 0


def test_threads_write_at_once_and_nothing_is_lost(state):
    log = Audit(state)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: log.add("ana", What.LOOK_UP, str(n)), range(64)))
    assert {entry.subject for entry in log.listed(most=100)} == {str(n) for n in range(64)}


def test_a_forked_worker_opens_connections_of_its_own(state):
    log = Audit(state)
    log.add("parent", What.LOOK_UP)
    child = os.fork()
    if child == 0:
        try:
            log.add("child", What.LOOK_UP)
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert [entry.who for entry in log.listed()] == ["child", "parent"]


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path):
    (tmp_path / "taken").write_text("a file, no folder")
    with (
        pytest.raises(StateUnusable, match="disk may be full or read-only"),
        State(tmp_path / "taken").reading(),
    ):
        pass


def test_a_damaged_file_is_said_in_a_sentence(tmp_path):
    (tmp_path / FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(StateUnusable), State(tmp_path).reading():
        pass


def test_e8_a_full_disk_refuses_the_change_and_keeps_what_there_is(state):
    log = Audit(state)
    log.add("ana", What.LOOK_UP, "12347")

    def fill() -> None:
        with state.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1")  # SQLite takes it as: no page more
            for _ in range(500):
                connection.execute(audit.insert().values(**ROW))

    with pytest.raises(StateUnusable):
        fill()
    assert [entry.subject for entry in log.listed()] == ["12347"]
