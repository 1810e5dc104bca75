"""The records in SQLite stay those of all who hold them, whoever else opens and closes the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.site.people.audit import Audit, What
from services.site.state import FILE, State
from tests.running import ROOT

COMMAND = """
import sys
from pathlib import Path
from services.site.people.audit import Audit, What
from services.site.state import State

state = State(Path(sys.argv[1]))
Audit(state).add("command", What.LOOK_UP)
print(*(entry.who for entry in Audit(state).listed()))
state.close()
"""


@pytest.fixture
def open_state(tmp_path):
    opened = []

    def one():
        opened.append(State(tmp_path))
        return opened[-1]

    yield one
    for state in opened:
        state.close()


def command(folder) -> list[str]:
    """Write a row and close the file, in a process of its own; return who stands in the log."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def deleted() -> list[str]:
    """Return the files that this process goes on holding although they were removed."""
    held = (_target(link) for link in Path("/proc/self/fd").iterdir())
    return [name for name in held if FILE in name and name.endswith("(deleted)")]


def _target(link):
    try:
        return str(link.readlink())
    except FileNotFoundError:  # of the listing itself
        return ""


def test_a_command_removes_nothing_that_is_in_use_however_often_the_file_was_opened_here(open_state):
    log = Audit(open_state())
    log.add("ana", What.LOOK_UP)
    Audit(open_state()).add("ben", What.LOOK_UP)
    assert command(log._state._folder) == ["command", "ben", "ana"]
    assert deleted() == []
    log.add("eve", What.LOOK_UP)
    assert command(log._state._folder) == ["command", "eve", "command", "ben", "ana"]


def test_a_forked_worker_keeps_its_records_when_the_parent_and_a_command_close_theirs(open_state, tmp_path):
    state = open_state()
    log = Audit(state)
    log.add("parent", What.LOOK_UP)
    (in_child, to_child), (in_parent, to_parent) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            log.add("child", What.LOOK_UP)
            os.write(to_parent, b".")
            os.read(in_child, 1)
            log.add("child again", What.LOOK_UP)
            code = 2 if deleted() else 0
        finally:
            os._exit(code)
    os.read(in_parent, 1)
    state.close()
    command(tmp_path)
    os.write(to_child, b".")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    for end in (in_child, to_child, in_parent, to_parent):
        os.close(end)
    assert [entry.who for entry in log.listed()] == ["child again", "command", "child", "parent"]


def test_nothing_that_was_opened_before_a_fork_is_held_after_it(open_state):
    log = Audit(open_state())
    log.add("parent", What.LOOK_UP)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 2 * any(FILE in _target(link) for link in Path("/proc/self/fd").iterdir())
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_file_is_nobody_elses_to_read_from_its_first_moment(open_state, tmp_path, monkeypatch):
    made = []

    def watch(path, flags, mode=0o777, **how):
        descriptor = real(path, flags, mode, **how)
        made.append((Path(path).name, mode, bool(flags & os.O_EXCL)))
        return descriptor

    real = os.open
    monkeypatch.setattr(os, "open", watch)
    mask = os.umask(0)
    try:
        Audit(open_state()).add("ana", What.LOOK_UP)
        Audit(open_state()).add("ben", What.LOOK_UP)
    finally:
        os.umask(mask)
    assert [each for each in made if each[0] == FILE] == [(FILE, 0o600, True)]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob(f"{FILE}*")} == {0o600}
