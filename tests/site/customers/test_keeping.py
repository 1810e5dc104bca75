"""A large file of contacts is kept in small changes, all of it or nothing, whatever others do meanwhile."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select

from services.core.contacts.contact import Contact
from services.core.refusals import Refusal
from services.site.backup import backup, restore
from services.site.customers import keeping
from services.site.customers.attributes import Attributes
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import Audit, What
from services.site.state import FILE, State, StateUnusable
from services.site.state.tables import contacts, standing_contacts

MANY = 2_300  # more than four portions


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


def many(tier, number=MANY, **said):
    return [Contact(f"c{place:05}", attributes={"Tier": tier}, **said) for place in range(number)]


def keep(state, given, **how):
    return Contacts(state).keep(given, who="ana", subject="c.csv", **how)


def written(state):
    """Return how many rows of contacts there are, and how many count."""
    with state.reading() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (contacts, standing_contacts)
        )


def logged(state):
    return [(each.what, each.rows) for each in Audit(state).listed() if each.what == What.CONTACTS]


@pytest.fixture
def meanwhile(monkeypatch):
    """Have something done after all contacts are written, before they count: once, or each time."""

    def arrange(do, *, times=1):
        real, left = keeping.staged, [times]

        @contextmanager
        def staged(*given, **named):
            with real(*given, **named) as ready:
                if left[0]:
                    left[0] -= 1
                    do()
                yield ready

        monkeypatch.setattr(keeping, "staged", staged)

    return arrange


def changes_of(state, monkeypatch):
    """Note the rows and statements that each change writes, until the test ends."""
    noted, real = [], State.writing

    @contextmanager
    def writing(self):
        with real(self) as connection:
            own = {"rows": 0, "statements": 0}
            noted.append(own)

            def count(_connection, _cursor, _statement, given, _context, many):
                own["statements"] += 1
                own["rows"] += len(given) if many else 1

            event.listen(connection, "before_cursor_execute", count)
            yield connection

    monkeypatch.setattr(State, "writing", writing)
    return noted


@pytest.mark.parametrize("replace", [False, True])
def test_no_change_writes_more_than_a_portion_or_takes_more_than_a_few_statements(
    state, monkeypatch, replace
):
    keep(state, many("Silver"))
    noted = changes_of(state, monkeypatch)
    kept = keep(state, many("Gold", MANY - 1_100), replace=replace)
    assert (kept.changed, kept.removed) == (MANY - 1_100, 1_100 * replace)
    assert max(each["rows"] for each in noted) <= keeping.BATCH
    assert max(each["statements"] for each in noted) <= 10
    assert len(noted) > 6


def test_somebody_else_writes_between_any_two_changes(tmp_path, state, monkeypatch):
    """Another connection, which waits for no lock, is never in the way nor kept out."""
    other = State(tmp_path)
    Audit(other).add("ben", What.EXPORT)
    with other.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
    real, wrote = keeping.small_change, []

    @contextmanager
    def small_change(own):
        with real(own) as connection:
            yield connection
        Audit(other).add("ben", What.EXPORT)
        wrote.append(1)

    monkeypatch.setattr(keeping, "small_change", small_change)
    assert keep(state, many("Gold")).added == MANY
    assert len(wrote) == 5
    other.close()


def test_until_they_count_nothing_is_seen_of_them(tmp_path, state, meanwhile):
    keep(state, many("Silver", 2, email="a@example.org", email_consent=True))
    seen = []

    def look():
        assert written(state)[0] == MANY + 2
        seen.append(
            (
                Contacts(state).standing().contacts,
                Contacts(state).of("c00001").attributes,
                Contacts(state).of("c00002"),
                {pair[0] for part in Attributes(state).values("Tier") for pair in part},
                [each for part in Attributes(state).agreed("email") for each in part],
            )
        )
        backup(state, tmp_path / "file")

    meanwhile(look)
    keep(state, many("Gold"))
    assert seen == [(2, {"Tier": "Silver"}, None, {"Silver"}, ["c00000", "c00001"])]
    restore(state, tmp_path / "file", "ana", replace=True)
    assert written(state) == (2, 2)


@pytest.mark.parametrize("replace", [False, True])
def test_what_they_replace_is_removed_from_the_file(tmp_path, state, replace):
    keep(state, many("Silver-of-before"))
    kept = keep(state, [*many("Gold", 1_200), Contact("new")], replace=replace)
    assert (kept.added, kept.changed, kept.removed) == (1, 1_200, 1_100 * replace)
    left = MANY + 1 - kept.removed
    assert written(state) == (left, left)
    assert logged(state) == [(What.CONTACTS, 1_201), (What.CONTACTS, MANY)]


def test_counts_of_who_is_reached_are_those_of_the_whole_site(state):
    yes = {"email": "a@example.org", "email_consent": True}
    keep(state, many("Gold", 700, **yes))
    for given, how in (
        ([Contact("c00000", email_consent=False), Contact("p", phone="+4420", phone_consent=True)], {}),
        ([Contact("c00001", email="b@example.org"), Contact("x")], {}),
        ([Contact("c00001", **yes), Contact("y", phone="+4421", phone_consent=True)], {"replace": True}),
    ):
        kept, now = keep(state, given, **how), Contacts(state).standing()
        assert (kept.by_email, kept.by_phone) == (now.by_email, now.by_phone)
    assert (kept.by_email, kept.by_phone) == (1, 1)


@pytest.mark.parametrize("replace", [False, True])
def test_whom_somebody_erases_meanwhile_does_not_come_back(tmp_path, state, meanwhile, replace):
    keep(state, many("Silver", 10))
    forgotten = Forgotten(state)

    def erase():
        for whose in ("c00001", "c02000"):
            assert forgotten.held(whose).any
            forgotten.erase(whose, forgotten.add(whose), "ben", "done")
            with state.reading() as connection:
                query = select(contacts).where(contacts.c.customer_id == whose)
                assert connection.execute(query).first() is None

    meanwhile(erase)
    kept = keep(state, many("Gold", email_consent=False), replace=replace)
    assert (kept.added, kept.changed, kept.opted_out) == (MANY - 11, 9, MANY - 2)
    assert Contacts(state).among(["c00001", "c02000"]) == {}
    assert not {"c00001", "c02000"} & OptOuts(state).ids()
    assert written(state) == (MANY - 2, MANY - 2)


def test_of_two_files_at_once_the_later_goes_on_with_what_the_other_said(state, meanwhile):
    def other():
        keep(state, [Contact("c00001", email="new@example.org", attributes={"Size": "M"}), Contact("z")])

    keep(state, many("Silver", 3))
    meanwhile(other)
    kept = keep(state, many("Gold"))
    assert (kept.added, kept.changed, kept.unchanged) == (MANY - 3, 3, 0)
    one = Contacts(state).of("c00001")
    assert (one.email, one.attributes) == ("new@example.org", {"Tier": "Gold", "Size": "M"})
    assert written(state) == (MANY + 1, MANY + 1)


def test_replacing_removes_who_came_meanwhile(state, meanwhile):
    meanwhile(lambda: keep(state, [Contact("z")]))
    kept = keep(state, many("Gold"), replace=True)
    assert (kept.added, kept.removed) == (MANY, 1)
    assert Contacts(state).of("z") is None


def test_who_is_opted_out_or_in_meanwhile_is_counted_as_they_are_then(state, meanwhile):
    OptOuts(state).add(["c00002"], "ben", "c00002")

    def change():
        OptOuts(state).add(["c00001"], "ben", "c00001")
        OptOuts(state).remove(["c00002"], "ben", "c00002")

    meanwhile(change)
    assert keep(state, many("Gold", 5, email_consent=False)).opted_out == 4
    assert OptOuts(state).ids() == {f"c0000{each}" for each in range(5)}
    assert OptOuts(state).one("c00001").who == "ben"


def test_whose_contacts_others_change_each_time_is_told_and_who_says_no_is_opted_out_all_the_same(
    state, meanwhile
):
    meanwhile(lambda: Audit(state).add("ben", What.CONTACTS), times=99)
    with pytest.raises(Refusal, match="kept changing contacts"):
        keep(state, many("Gold", 10, email_consent=False))
    assert written(state) == (0, 0)
    assert len(OptOuts(state).ids()) == 10


def test_what_fails_leaves_contacts_as_they_were_and_nothing_behind(state, meanwhile, monkeypatch):
    keep(state, many("Silver", 3))

    def fail(*_given, **_named):
        raise OSError

    monkeypatch.setattr("services.site.customers.contacts.add_within", fail)
    with pytest.raises(StateUnusable):
        keep(state, many("Gold", email_consent=False))
    assert written(state) == (3, 3)
    assert Contacts(state).of("c00001").attributes == {"Tier": "Silver"}
    assert len(OptOuts(state).ids()) == MANY  # who said no counts whatever becomes of the file


@pytest.mark.parametrize("sweep", [Contacts.clear, lambda own: own.keep([], who="a", subject="")])
def test_what_a_killed_process_leaves_is_removed_an_hour_later(tmp_path, state, monkeypatch, sweep):
    keep(state, many("Silver", 3))
    monkeypatch.setattr(keeping, "_clear", lambda *_given: None)
    with pytest.raises(KeyboardInterrupt), keeping.staged(state, many("Staged-only"), replace=False):
        raise KeyboardInterrupt
    monkeypatch.undo()
    assert written(state) == (MANY + 3, 3)
    sweep(Contacts(state))  # it may be at work still
    assert written(state) == (MANY + 3, 3)
    monkeypatch.setattr(keeping, "LEFT_SECONDS", -1)
    sweep(Contacts(state))
    assert written(state) == (3, 3)
    with state.reading() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Staged-only" not in (tmp_path / FILE).read_bytes()


def test_what_was_removed_while_it_waited_to_count_is_written_again(state, meanwhile, monkeypatch):
    """A machine that slept for hours finds its own contacts swept."""

    def sweep():
        monkeypatch.setattr(keeping, "LEFT_SECONDS", -1)
        Contacts(state).clear()
        monkeypatch.setattr(keeping, "LEFT_SECONDS", 3_600)

    meanwhile(sweep)
    assert keep(state, many("Gold", 600)).added == 600
    assert written(state) == (600, 600)


def test_the_same_customer_twice_is_refused_and_nothing_is_kept(state):
    with pytest.raises(StateUnusable):
        keep(state, [*many("Gold", 600), Contact("c00001")])
    assert written(state) == (0, 0)


def test_a_name_without_a_contact_as_a_crafted_backup_may_have_is_no_obstacle(state):
    with state.writing() as connection:
        connection.execute(standing_contacts.insert().values(customer_id="c00001", kept=7))
    assert Contacts(state).of("c00001") is None
    assert keep(state, many("Gold", 3)).added == 3
    assert written(state) == (3, 3)
