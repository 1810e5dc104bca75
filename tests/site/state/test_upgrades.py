"""Records of every version that there was come to this one with all their rows."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Boolean, Float, Integer, LargeBinary, MetaData, Table, select

from services.site.customers.audiences import Audiences, Member
from services.site.digests.subscriptions import Subscriptions
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit, What
from services.site.people.roles import Role
from services.site.state import FILE, State, engines
from services.site.state.schema import known, migrate, newest
from services.site.state.tables import metadata

EARLIER = sorted(known() - {newest()})


def a_row(table: Table, number: int) -> dict[str, object]:
    """Return a row that fits: each value of its column's kind; what refers to a row refers to the first."""
    return {column.name: _value(column, number) for column in table.columns}


def _value(column, number):
    if column.foreign_keys:
        return 1
    if isinstance(column.type, Boolean):
        return number == 1
    if isinstance(column.type, Integer):
        return number
    if isinstance(column.type, Float):
        return number / 4
    if isinstance(column.type, LargeBinary):
        return bytes([number]) * 32
    return f"{column.name} {number}"[: column.type.length]


@pytest.mark.parametrize("version", EARLIER)
def test_every_row_of_an_earlier_version_is_there_after_the_first_start(tmp_path, version):
    engine = engines.sqlite(tmp_path / FILE)
    before, rows = MetaData(), {}
    with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
        migrate(connection, version)
        before.reflect(connection)
        for table in before.sorted_tables:
            if table.name != "alembic_version":
                rows[table.name] = [a_row(table, number) for number in (1, 2)]
                connection.execute(table.insert(), rows[table.name])
    engine.dispose()
    assert {"users", "audit"} <= set(rows)
    state = State(tmp_path)
    with state.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        for name, held in rows.items():
            now = metadata.tables[name]
            kept = [dict(row._mapping) for row in connection.execute(select(now).order_by(*now.primary_key))]
            shared = [{column: row[column] for column in held[0] if column in row} for row in kept]
            assert shared == held, name
            assert set(held[0]) <= set(kept[0]), name
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    Audit(state).add("ana", What.EXPORT)
    assert Audit(state).listed(most=1)[0].number == 3
    state.close()


def test_who_signed_in_before_accounts_said_so_is_taken_from_the_log(tmp_path):
    engine = engines.sqlite(tmp_path / FILE)
    with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
        migrate(connection, "0013")
        for name, role in (("ana", "exporter"), ("ben", "analyst")):
            connection.exec_driver_sql(
                "INSERT INTO users (name, role, password, disabled, made_at) VALUES (?, ?, 'x', 0, 1)",
                (name, role),
            )
        for at, who, result in (
            (5, "ana", "done"),
            (7, "ana", "done"),
            (9, "ana", "failed"),
            (6, "ben", "failed"),
        ):
            connection.exec_driver_sql(
                "INSERT INTO audit (at, who, what, subject, release, result) "
                "VALUES (?, ?, 'sign-in', '', '', ?)",
                (at, who, result),
            )
    engine.dispose()
    state = State(tmp_path)
    ana, ben = Accounts(state).listed()
    assert (int(ana.signed_in_at.timestamp()), ben.signed_in_at) == (7, None)
    assert (ana.role, ben.role) == (Role.EXPORTER, Role.ANALYST)  # what they could do, they can
    assert [ana.first_password, ben.first_password] == [False, False]
    state.close()


def test_audiences_of_before_are_whole_and_of_those_deleted_nothing_shows(tmp_path):
    engine = engines.sqlite(tmp_path / FILE)
    before = MetaData()
    with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
        migrate(connection, "0019")
        before.reflect(connection, only=["audiences", "audience_members"])
        days = {"source": "segments", "starts_on": "2011-12-11", "ends_on": "2012-01-09"}
        made = [a_row(before.tables["audiences"], number) | days for number in (1, 2)]
        deleted = {1: None, 2: 7}
        kept = [row | {"deleted_at": deleted[row["id"]]} for row in made]
        connection.execute(before.tables["audiences"].insert(), kept)
        member = {"audience_id": 1, "customer_id": "c1", "held_out": True}
        connection.execute(before.tables["audience_members"].insert(), [member])
    engine.dispose()
    state = State(tmp_path)
    store = Audiences(state)
    store.clear()
    (found,) = store.listed()
    assert (found.id, found.holdout, store.members(1)) == (1, 1, [Member("c1", True)])
    state.close()


def test_digests_of_before_have_no_language_and_stay_in_that_of_the_site(tmp_path):
    engine = engines.sqlite(tmp_path / FILE)
    before = MetaData()
    with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
        migrate(connection, "0020")
        before.reflect(connection, only=["digest_subscriptions"])
        table = before.tables["digest_subscriptions"]
        connection.execute(table.insert(), [a_row(table, number) for number in (1, 2)])
    engine.dispose()
    state = State(tmp_path)
    assert [(each.id, each.language) for each in Subscriptions(state).listed()] == [(1, None), (2, None)]
    state.close()
