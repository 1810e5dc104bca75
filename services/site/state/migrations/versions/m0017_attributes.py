"""Attributes of contacts, a row each: an index says who has a value."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_BATCH = 1_000


def upgrade() -> None:
    """Make the table, and fill it with what the contacts of before say."""
    kept = op.create_table(
        "contact_attributes",
        sa.Column("customer_id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("value", sa.String(255), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contact_attributes_name", "contact_attributes", ["name", "value", "customer_id"])
    contacts = sa.table("contacts", sa.column("customer_id"), sa.column("attributes"))
    connection, last = op.get_bind(), ""
    query = sa.select(contacts).order_by(contacts.c.customer_id).limit(_BATCH)
    while part := connection.execute(query.where(contacts.c.customer_id > last)).all():
        last = part[-1].customer_id
        rows = [
            {"customer_id": each.customer_id, "name": name, "value": value}
            for each in part
            for name, value in _texts(each.attributes).items()
        ]
        if rows:
            connection.execute(kept.insert(), rows)


def _texts(written: str) -> dict[str, str]:
    """Return what a contact says, as far as it can be a row."""
    try:
        found: Any = json.loads(written)
    except ValueError:
        return {}
    named = found.items() if isinstance(found, dict) else ()
    return {
        name: text
        for name, text in named
        if isinstance(text, str) and len(name) <= 80 and 0 < len(text) <= 255
    }
