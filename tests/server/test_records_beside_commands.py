"""Commands beside a site that writes lose nothing; ``SOAK_MINUTES=10`` goes on for that long."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from services.releases.pointer import POINTER
from services.site.people.sessions import REMEMBERED_SECONDS
from services.site.state import FILE
from tests.cli.commands import run
from tests.running import serve
from tests.server.wire import PATIENCE, hit, workers
from tests.server.writers import FILE as EXPORT
from tests.server.writers import answered, ask, asked_for, at_work, person, program, sign_in
from tests.web.people import KEY, PASSWORD

pytestmark = pytest.mark.slow
GONE, STAYS = "gone", "t0059"
SIDE_FILES = (f"{FILE}-wal", f"{FILE}-shm")


class Desk:
    """The command line of one site, which after each command looks at what the site's processes hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {
            "MODELS_DIR": str(folder / "models"),
            "STATE_DIR": str(folder / "state"),
            "SECRET_KEY": KEY,
            "ALLOW_OPEN": "0",
        }
        self.site = None
        self.commands = 0
        self.backups = 0

    def __call__(self, *words, typed="", **settings):
        ran = run(*words, typed=typed, **self.settings | settings)
        assert ran.code == 0, (words, ran.err)
        self.commands += 1
        if self.site is not None:
            self.look()
        return ran.out

    def look(self) -> None:
        """See that no process of the site holds a file that is gone, and that its records are one file."""
        assert [name for name in held(self.site.pid) if FILE in name] == []  # it would be passed on by forks
        for pid in workers(self.site):
            assert [name for name in held(pid) if FILE in name and name.endswith("(deleted)")] == []
        assert [(self.site.state / name).exists() for name in SIDE_FILES] == [True, True]

    def back_up(self, writers) -> Path:
        """Take a backup, and see that it holds all that had been answered before it began."""
        self.backups += 1
        path = self.folder / f"{self.backups}.backup"
        before = answered(writers)
        self("backup", path)
        assert before - rows_in(path) == Counter()
        return path


def held(pid: int) -> list[str]:
    """Return what the descriptors of a process lead to."""
    found = []
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            try:
                found.append(str(link.readlink()))
            except FileNotFoundError:
                continue  # closed meanwhile
    except FileNotFoundError:
        pass  # ended meanwhile
    return found


def rows_in(path: Path) -> Counter[tuple[str, str]]:
    """Count the rows of the log in a backup by who and what."""
    lines = gzip.decompress(path.read_bytes()).splitlines()
    head, *rows = (json.loads(line) for line in lines)
    columns = head["columns"]["audit"]
    named = (dict(zip(columns, row[1:], strict=True)) for row in rows[:-1] if row[0] == "audit")
    return Counter((row["who"], row["what"]) for row in named)


def ledger(path: Path, number: int) -> Path:
    """Write a small shop's invoices; one customer, who buys as others do, is named by a number."""
    lines = ["Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID"]
    for day in range(1, 200):
        for slot in range(4):
            buyer, when = (day * 7 + slot * 13) % 60, f"2011-{1 + day // 28:02}-{1 + day % 28:02} 10:00"
            who = f"{GONE}{number}" if buyer == 7 else f"t{buyer:04}"
            for item in {(buyer + each) % 9 for each in range(1 + (day + slot) % 3)}:
                lines.append(f"{day * 10 + slot},P{item},Thing {item},2,{when},{1 + item}.50,{who}")
    path.write_text("\n".join(lines) + "\n")
    return path


def until_all_workers_write(site, headers) -> None:
    end = time.monotonic() + PATIENCE
    while not (len(found := workers(site)) == 2 and all(_writes(pid) for pid in found)):
        assert time.monotonic() < end, "a worker never opened the records"
        # the system may give one worker all the connections, unless it is stopped
        with stopped({pid for pid in found if _writes(pid)}):
            ask(site, EXPORT, headers)


@contextmanager
def stopped(pids: set[int]):
    hit(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        hit(pids, signal.SIGCONT)


def _writes(pid: int) -> bool:
    return any(name.endswith(SIDE_FILES[0]) for name in held(pid))


def one_round(desk: Desk, writers, number: int) -> None:
    """Run every command that opens the records, and kill a worker."""
    leaver, site = f"leaver-{number}", desk.site
    desk("users", "add", leaver, "--role", "exporter", "--password-stdin", typed=f"{PASSWORD}\n")
    code, cookie = sign_in(site, leaver)
    assert (code, ask(site, EXPORT, cookie)[0]) == (302, 200)
    first = desk.back_up(writers)
    desk("users", "disable", leaver)
    asked_for(site, cookie, REMEMBERED_SECONDS)
    assert [ask(site, EXPORT, cookie)[0] for _ in range(20)] == [401] * 20
    desk("users", "role", leaver, "--role", "viewer")
    desk("users", "reset", leaver, "--password-stdin", typed=f"{PASSWORD}\n")
    assert leaver in desk("users", "list")
    desk("tokens", "add", leaver, "--role", "viewer")
    desk("tokens", "revoke", leaver)
    assert leaver in desk("tokens", "list")
    desk("optout", "add", "12346")
    assert "12346" in desk("optout", "list")
    desk("optout", "remove", "12346")
    victim = min(workers(site))
    os.kill(victim, signal.SIGKILL)
    until_all_workers_write(site, cookie)
    desk("train", ledger(desk.folder / "ledger.csv", number))
    desk("forget", f"{GONE}{number}")
    assert (desk.folder / "models" / POINTER).exists()  # else nothing below would be written down
    desk.back_up(writers)
    elsewhere = {"STATE_DIR": str(desk.folder / f"elsewhere-{number}")}
    desk("restore", first, **elsewhere)
    desk("backup", desk.folder / f"again-{number}.backup", **elsewhere)
    assert rows_in(first) - rows_in(desk.folder / f"again-{number}.backup") == Counter()
    assert leaver in desk("audit", "--what", "account", "--limit", 20)
    desk("check-config")


@contextmanager
def started(folder: Path):
    """Run a site whose two workers have opened the records; give its command line, and who writes there."""
    desk, names = Desk(folder), ("ana", "ben")
    desk("train", ledger(folder / "ledger.csv", 0))
    for name in names:
        desk("users", "add", name, "--role", "exporter", "--password-stdin", typed=f"{PASSWORD}\n")
    token = desk("tokens", "add", "till", "--role", "exporter").split()[-1]
    with serve(folder / "models", folder, **desk.settings) as site:
        until_all_workers_write(site, sign_in(site, "ana")[1])
        desk.site = site
        yield desk, [*(person(site, name) for name in names), program(site, "till", token, STAYS)]


def rows_at_the_end(desk: Desk) -> Counter[tuple[str, str]]:
    """Count the rows of the log by who and what, when the site has ended and its file is whole."""
    with closing(sqlite3.connect(desk.site.state / FILE)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counted = base.execute("SELECT who, what, count(*) FROM audit GROUP BY who, what")
        return Counter({(who, what): count for who, what, count in counted})


def test_what_the_site_answered_is_kept_whatever_commands_run_beside_it(tmp_path):
    end = time.monotonic() + 60 * float(os.environ.get("SOAK_MINUTES", "0"))
    rounds = 0
    with started(tmp_path) as (desk, writers):
        with at_work(writers):
            while rounds == 0 or time.monotonic() < end:
                one_round(desk, writers, rounds)
                rounds += 1
        desk.back_up(writers)
        desk.look()
    kept, asked = rows_at_the_end(desk), answered(writers)
    print(  # noqa: T201 (what a long run is for)
        f"{rounds} rounds, {desk.commands} commands, {desk.backups} backups, {asked.total()} answers written "
        f"down, lost: {dict(asked - kept)}, not answered: {[each.wrong for each in writers]}"
    )
    assert asked - kept == Counter()


def test_a_restore_beside_the_site_is_followed_by_its_workers_which_lose_nothing_after_it(tmp_path):
    with started(tmp_path) as (desk, writers):
        site = desk.site
        code, cookie = sign_in(site, "ana")
        assert code == 302
        with at_work(writers):
            first = desk.back_up(writers)
            desk("users", "add", "eve", "--role", "exporter", "--password-stdin", typed=f"{PASSWORD}\n")
            _, of_eve = sign_in(site, "eve")
            assert ask(site, EXPORT, of_eve)[0] == 200
            desk("restore", first, "--replace")
            before = answered(writers)
            for gone in (cookie, of_eve):
                asked_for(site, gone, REMEMBERED_SECONDS)
                assert [ask(site, EXPORT, gone)[0] for _ in range(20)] == [401] * 20
            assert sign_in(site, "eve")[0] == 401
            assert sign_in(site, "ana")[0] == 302
            last = desk.back_up([])
        desk.look()
    kept, later = rows_at_the_end(desk), answered(writers) - before
    assert min(later[each.name, "export"] for each in writers) > 1
    # One answer each may have been on its way, written down before the restore and read after it.
    lost = rows_in(first) + later - kept
    assert all(count <= 1 for count in lost.values()), lost
    assert rows_in(first) - rows_in(last) == Counter()
    assert not any(who == "eve" and what == "export" for who, what in kept)
