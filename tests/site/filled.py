"""Rows in every table of the site's state, whatever tables there are."""

from __future__ import annotations

from sqlalchemy import Boolean, Float, Integer, LargeBinary, select

from services.core.presets import shipped
from services.core.presets.toml import to_toml
from services.site.state import State
from services.site.state.tables import metadata

# What only some values can be, in the first row and the second.
ONE_OF = {
    ("users", "name"): ("ana", "ben"),
    ("users", "role"): ("viewer", "admin"),
    ("users", "issuer"): ("https://id.example.com", None),
    ("users", "subject"): ("u-1", None),
    ("tokens", "name"): ("till", "newsletter"),
    ("tokens", "role"): ("exporter", "analyst"),
    ("audit", "who"): ("ana", "cli:é"),
    ("audit", "what"): ("export", "look-up"),
    ("audit", "subject"): ("/export/customers.csv?x=é", "12347"),
    ("audit", "release"): ("r1", ""),
    ("audit", "result"): ("done", "failed"),
    ("playbooks", "kind"): ("segment", "cluster"),
    ("preset_versions", "preset"): ("standard", "standard"),
    ("contacts", "email"): ("ann@example.org", None),
    ("contacts", "phone"): ("+447911123456", None),
    ("contacts", "first_name"): ("Änn", None),
    ("contacts", "last_name"): ("O’Neil", None),
    ("contacts", "country"): ("GB", None),
    ("contacts", "postcode"): ("SW1A 1AA", None),
    ("contacts", "attributes"): ('{"Tier": "é\\n"}', "{}"),
    ("digest_subscriptions", "account"): ("ana", "ben"),
    ("digest_subscriptions", "channel"): ("mail", "slack"),
    ("digest_subscriptions", "address"): ("ana@example.org", "https://hooks.slack.com/services/é"),
    ("digest_subscriptions", "every"): ("weekly", "monthly"),
    ("digest_subscriptions", "zone"): ("Europe/London", "Asia/Tokyo"),
    ("digest_subscriptions", "link"): ("https://desk.example.com", "http://127.0.0.1:8050"),
    ("digest_subscriptions", "language"): ("de", None),
    ("digest_sendings", "period"): ("2026-11-30", "2026-12-07"),
    ("digest_sendings", "state"): ("sent", "waiting"),
    ("digest_sendings", "data_to"): ("2011-12-09", None),
    ("pushes", "state"): ("waiting", "done"),
    ("views", "owner"): ("ana", "ben"),
    ("views", "name"): ("Lapsed, é", "לקוחות שקטים"),
    ("views", "path"): ("/", "/churn/table"),
    ("views", "query"): ("segment=lost&table=segment-map", "release=20261121T224500Z-3fa9c1"),
    ("audiences", "source"): ("segments", "rule"),
    ("audiences", "deleted_at"): (None, None),
    ("audiences", "saving"): (None, None),
    ("audiences", "as_of"): ("2011-12-09T12:50:00", "2011-12-10T00:00:00"),
    ("audiences", "starts_on"): ("2011-12-10", "2011-12-11"),
    ("audiences", "ends_on"): ("2012-01-10", "2012-01-11"),
}


def fill(state: State) -> None:
    """Put two rows into every table, with text that is hard to write, and bytes."""
    with state.writing() as connection:
        for table in metadata.sorted_tables:
            rows = [
                {each.name: _value(table.name, each, number) for each in table.columns} for number in (1, 2)
            ]
            connection.execute(table.insert(), rows)


def rows_of(state: State) -> dict[str, list[tuple]]:
    """Return all rows of all tables, by key."""
    with state.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            ]
            for table in metadata.sorted_tables
        }


def _value(table, column, number):
    if (table, column.name) in ONE_OF:
        return ONE_OF[table, column.name][number - 1]
    if column.name == "definition":
        return to_toml(shipped()["standard"].model_copy(update={"version": number}))
    if column.nullable and number == 2:
        return None
    if isinstance(column.type, Boolean):
        return number == 1
    if isinstance(column.type, Integer):
        return number
    if isinstance(column.type, Float):
        return number / 3
    if isinstance(column.type, LargeBinary):
        return bytes([number, 0, 255, 10]) * 8
    return f"é\n\x7f{number}"
