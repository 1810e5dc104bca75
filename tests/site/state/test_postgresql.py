"""The state in PostgreSQL: one run against a real server, which the test starts and stops."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, func, select, text, update

from services.core.contacts.contact import Contact
from services.core.presets.toml import to_toml
from services.core.refusals import Refusal
from services.site.backup import backup, restore
from services.site.customers import keeping
from services.site.customers.attributes import Attributes
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.jobs.leases import Leases, Told
from services.site.jobs.queue import Jobs
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit, What
from services.site.people.elsewhere import Proven, admit, link
from services.site.people.entering import MOST_OF_PLACE, Entering
from services.site.people.passwords import hashed
from services.site.people.roles import Role
from services.site.people.sessions import Sessions
from services.site.people.tries import TRIES, TooManyTries
from services.site.state import State, StateUnusable
from services.site.state.tables import contacts, jobs, metadata, users
from services.site.versions.numbered import Overtaken
from services.site.versions.preset_store import PresetVersions
from services.site.versions.presets import Record, SavedPresets, Signed
from tests.postgresql import postgresql
from tests.site.filled import fill, rows_of
from tests.site.jobs.claiming import ASKED, JOBS, add_waiting, claimed_by_each
from tests.site.versions.test_presets import STANDARD, renamed

PASSWORD = "four words and more"


@pytest.fixture(scope="module")
def url():
    with postgresql() as database:
        yield database.url


def test_the_state_in_postgresql_is_the_state_in_sqlite(url, tmp_path):
    state = State(tmp_path, url)
    with state.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []

    accounts = Accounts(state)
    accounts.add("ana", Role.VIEWER, PASSWORD)
    with pytest.raises(Refusal, match="already"):
        accounts.add("ana", Role.VIEWER, PASSWORD)
    sessions = Sessions(state, "k" * 32)
    made = sessions.sign_in("ana", PASSWORD, "10.0.0.1")
    assert sessions.who(made).role is Role.VIEWER
    accounts.set_role("ana", Role.ADMIN)
    assert Sessions(state, "k" * 32).who(made) is None
    found = []
    for _ in range(6):
        with pytest.raises(Refusal) as refused:
            sessions.sign_in("ana", "wrong password", "10.0.0.1")
        found.append(isinstance(refused.value, TooManyTries))
    assert found == [False] * 5 + [True]
    device = sessions.device_of("ana", None)
    assert sessions.sign_in("ana", PASSWORD, "10.0.0.1", device=device)

    with pytest.raises(Refusal, match="do not match"):  # no text of PostgreSQL's holds a NUL
        sessions.sign_in("ana\0", PASSWORD, "10.0.0.2")

    Audit(state).add("ana", What.EXPORT, "/export/customers.csv", rows=3)

    def change(statement):
        with state.writing() as connection:
            connection.execute(text(statement))

    for rows in (100, 0, 100):
        Audit(state).count_on("ana", What.LIST, "/?country=France", release="r", rows=rows)
    assert sum(row.rows for row in Audit(state).listed(what="list")) == 200

    forged = ("who = 'x'", '"rows" = "rows" - 1', 'subject = \'x\', "rows" = "rows" + 1')
    changes = [f"UPDATE audit SET {each} WHERE what = 'list'" for each in forged]
    for statement in (*changes, "UPDATE audit SET who = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(StateUnusable) as refused:
            change(statement)
        assert "can only grow" in str(refused.value.__cause__)
    assert [(entry.who, entry.rows) for entry in Audit(state).listed(what="export")] == [("ana", 3)]
    state.close()


def test_f5_tries_at_the_same_time_count_as_many_in_postgresql(url, tmp_path):
    state = State(tmp_path, url)
    Accounts(state).add("ben", Role.VIEWER, PASSWORD)
    sessions = Sessions(state, "k" * 32)

    def refused(number):
        with pytest.raises(Refusal) as found:
            sessions.sign_in("ben", "wrong password", f"10.0.1.{number}")
        return isinstance(found.value, TooManyTries)

    with ThreadPoolExecutor(15) as pool:
        assert sum(pool.map(refused, range(40))) == 40 - TRIES
    state.close()


@pytest.mark.parametrize("way", ["sign in", "change"])
def test_f6_an_account_that_is_reset_in_the_same_moment_keeps_what_the_admin_gave_it(url, tmp_path, way):
    state = State(tmp_path, url)
    name = f"dora-{way[0]}"
    Accounts(state).add(name, Role.VIEWER, PASSWORD)
    sessions = Sessions(state, "k" * 32)
    made = sessions.sign_in(name, PASSWORD, "10.0.2.1")
    new = hashed(PASSWORD + " 2")

    def go():
        if way == "sign in":
            return sessions.sign_in(name, PASSWORD, "10.0.2.2")
        return sessions.change_password(name, PASSWORD, PASSWORD + " 3", "10.0.2.2", made)

    with ThreadPoolExecutor(1) as pool:
        with state.writing() as connection:
            connection.execute(update(users).where(users.c.name == name).values(password=new))
            going = pool.submit(go)
            wait([going], timeout=2)
            assert not going.done()
        with pytest.raises(Refusal):
            going.result()
    with state.reading() as connection:
        assert connection.execute(select(users.c.password).where(users.c.name == name)).scalar() == new
    state.close()


def test_e10_each_of_fifty_jobs_is_claimed_by_one_of_eight_processes_in_postgresql(url, tmp_path):
    state = State(tmp_path, url)
    made = add_waiting(state, JOBS)
    claimed = claimed_by_each(tmp_path, url)
    assert sorted(job for each in claimed for job in each) == made
    queue, worker = Jobs(state), Leases(state, "worker")
    with pytest.raises(Refusal, match="ana asked for a training"):
        queue.ask("ben", ASKED)
    with state.writing() as connection:
        connection.execute(delete(jobs))
    own = queue.ask("ben", ASKED)
    assert worker.claim().id == own
    assert worker.beat(own, {"read": 0.0}, 0.0, None, "") is Told.GO_ON
    queue.cancel(own, "ben")
    assert worker.beat(own, {"read": 0.0}, 0.0, None, "") is Told.CANCELLED
    worker.stopped(own, "")
    assert queue.find(own).ended
    state.close()


def test_versions_of_presets_in_postgresql_are_kept_once_and_logged(url, tmp_path):
    state = State(tmp_path, url)
    store = PresetVersions(state)
    library = SavedPresets(store)
    first = library.save(renamed(STANDARD, "Fans"), "Our shop", Signed("Ann", account="ann"), 0)
    definition = to_toml(first.preset.model_copy(update={"version": 2}))
    second = Record("our-shop", 2, definition, "our-shop@1", "Ben", "", first.saved_at)
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda _: store.add(second, "ben", "saved"), range(4)))
    assert sorted(kept) == [False] * 3 + [True]
    with pytest.raises(Overtaken, match="Ben saved version 2"):
        library.save(renamed(first.preset, "Friends"), "Our shop", Signed("Ann"), 1)
    assert [record.version for record in store.versions("our-shop")] == [2, 1]
    assert store.latest() == [second]
    assert [entry.subject for entry in Audit(state).listed(what="preset")] == ["our-shop@2", "our-shop@1"]
    assert store.versions("\x00") == []
    state.close()


def test_f14_what_was_begun_counts_once_and_makes_one_account_in_postgresql(url, tmp_path):
    state = State(tmp_path, url)
    entering = Entering(state, "k" * 32)
    made = [entering.begin(None, "10.0.3.1", "/") for _ in range(MOST_OF_PLACE + 1)]
    person = Proven("https://id.example.com", "u-1", ("zoe",), ["staff"])
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: entering.take(made[-1].browser, made[-1].state), range(4)))
        names = set(pool.map(lambda _: admit(state, person, [("staff", Role.VIEWER)], "Shop ID"), range(4)))
    assert sum(each is not None for each in taken) == 1
    assert names == {"zoe"}
    Accounts(state).add("eve", Role.VIEWER, PASSWORD)
    with pytest.raises(Refusal, match="belongs to this subject already"):
        link(state, "eve", person.issuer, person.subject, "cli:root")
    state.close()


def test_a_backup_goes_from_sqlite_to_postgresql_and_back_and_numbers_go_on(url, tmp_path):
    old, server, new = State(tmp_path / "old"), State(tmp_path, url), State(tmp_path / "new")
    fill(old)
    left_out = ("sessions", "attempts", "jobs", "workers", "sources", "source_files", "served", "alerts")
    expected = rows_of(old) | {
        name: []
        for name in (*left_out, "sign_ins", "alert_messages", "digest_sendings", "push_members", "pushes")
    }
    backup(old, tmp_path / "first")
    restore(server, tmp_path / "first", "ana", replace=True)
    backup(server, tmp_path / "second")
    restore(new, tmp_path / "second", "ben")
    for state, logged in ((server, 1), (new, 2)):
        found = rows_of(state)
        assert {**found, "audit": found["audit"][:-logged]} == expected
        Accounts(state).add("new", Role.VIEWER, PASSWORD)  # takes a number that is free
        with state.reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    with pytest.raises(StateUnusable), server.writing() as connection:
        connection.execute(text("DELETE FROM audit"))
    assert server.writable
    for state in (old, server, new):
        state.close()


def test_a_restore_into_postgresql_is_followed_by_a_site_that_is_running(url, tmp_path):
    site, command, old = State(tmp_path, url), State(tmp_path, url), State(tmp_path / "old")
    Accounts(old).add("restored", Role.VIEWER, PASSWORD)
    backup(old, tmp_path / "file")
    log, accounts = Audit(site), Accounts(site)
    for _ in range(12):  # so often that the driver prepares the statements
        log.add("ana", What.LOOK_UP)
        log.listed()
        accounts.listed()
    restore(command, tmp_path / "file", "cli:ana", replace=True)
    assert [each.name for each in accounts.listed()] == ["restored"]
    log.add("ben", What.LOOK_UP)
    assert [entry.who for entry in log.listed()] == ["ben", "cli:ana"]
    for state in (site, command, old):
        state.close()


def test_contacts_in_postgresql_are_kept_in_portions_while_others_erase_and_keep(url, tmp_path, monkeypatch):
    state, other = State(tmp_path, url), State(tmp_path, url)
    Contacts(state).keep([], who="ana", subject="none.csv", replace=True)
    real, tried, forgotten = keeping.staged, [], Forgotten(other)

    @contextmanager
    def staged(*given, **named):
        with real(*given, **named) as made:
            tried.append(1)
            if len(tried) == 1:
                assert Contacts(other).of("c00001") is None
                forgotten.erase("c00001", forgotten.add("c00001"), "ben", "done")
                monkeypatch.setattr(keeping, "staged", real)
                Contacts(other).keep([Contact("c00002", attributes={"Size": 'M "UK"'})], who="b", subject="o")
                monkeypatch.setattr(keeping, "staged", staged)
            yield made

    monkeypatch.setattr(keeping, "staged", staged)
    given = [Contact(f"c{place:05}", "a@x.org", attributes={"Tier \\": "é\t"}) for place in range(1_200)]
    kept = Contacts(state).keep(given, who="ana", subject="c.csv")
    assert (len(tried), kept.added, kept.changed, kept.unchanged) == (2, 1_198, 1, 0)
    assert Attributes(state).columns() == ["Size", "Tier \\"]
    pairs = [tuple(pair) for part in Attributes(state).values("Size") for pair in part]
    assert pairs == [('M "UK"', "c00002")]
    assert sum(len(part) for part in Attributes(state).values("Tier \\")) == 1_199
    kept = Contacts(state).keep(given[5:9], who="ana", subject="c.csv", replace=True)
    assert (kept.added, kept.changed, kept.unchanged, kept.removed) == (0, 0, 4, 1_195)
    with state.reading() as connection:
        assert connection.execute(select(func.count()).select_from(contacts)).scalar_one() == 4
    for each in (state, other):
        each.close()


def test_an_erasure_in_postgresql_waits_until_contacts_count_and_finds_them(url, tmp_path, monkeypatch):
    state, other = State(tmp_path, url), State(tmp_path, url)
    forgotten, real = Forgotten(other), keeping.Staged.count
    with ThreadPoolExecutor(1) as pool:

        def count(staged, connection):
            real(staged, connection)
            asked.append(pool.submit(forgotten.erase, "e1", forgotten.add("e1"), "ben", "done"))
            wait(asked, 0.3)
            assert not asked[0].done()

        asked = []
        monkeypatch.setattr(keeping.Staged, "count", count)
        given = [Contact("e1", email_consent=False), Contact("e2")]
        assert Contacts(state).keep(given, who="ana", subject="c.csv").added == 2
        removed = asked[0].result()
    assert (removed.contacts, removed.opt_outs) == (1, 1)
    assert set(Contacts(state).among(["e1", "e2"])) == {"e2"}
    for each in (state, other):
        each.close()
