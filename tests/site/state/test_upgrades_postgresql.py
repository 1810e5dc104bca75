"""Records of an earlier version in PostgreSQL come to this one with all their rows."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, select

from services.core.contacts.contact import Contact
from services.site.customers.contacts import Contacts
from services.site.state import State, engines
from services.site.state.schema import migrate
from services.site.state.tables import metadata
from tests.postgresql import postgresql
from tests.site.state.test_upgrades import a_row

BEFORE_SIGN_INS_DIGESTS_AND_KEEPINGS = "0014"


@pytest.mark.slow
def test_contacts_and_accounts_of_before_are_there_and_can_be_changed(tmp_path):
    before = MetaData()
    with postgresql() as database:
        engine = engines.postgres(database.url)
        with engine.connect() as connection, connection.begin():
            migrate(connection, BEFORE_SIGN_INS_DIGESTS_AND_KEEPINGS)
            before.reflect(connection)
            for name in ("users", "contacts"):
                rows = [a_row(before.tables[name], number) for number in (1, 2)]
                if name == "contacts":
                    rows = [row | {"attributes": '{"Tier": "Gold"}'} for row in rows]
                connection.execute(before.tables[name].insert(), rows)
        engine.dispose()
        state = State(tmp_path, database.url)
        with state.reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            assert len(connection.execute(select(metadata.tables["users"])).all()) == 2
        held = Contacts(state)
        assert held.standing().contacts == 2
        first = held.of("customer_id 1")
        assert first is not None
        assert first.attributes == {"Tier": "Gold"}
        told = held.keep(
            [Contact("customer_id 1", attributes={"Tier": "Silver"})], who="ana", subject="c.csv"
        )
        assert (told.added, told.changed) == (0, 1)
        assert held.of("customer_id 1").attributes == {"Tier": "Silver"}
        state.close()
