"""Contacts by the keeping that wrote them, and which of them count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_SAID = (
    "email",
    "phone",
    "first_name",
    "last_name",
    "country",
    "postcode",
    "email_consent",
    "phone_consent",
    "attributes",
    "changed_at",
)


def upgrade() -> None:
    """Make the tables; the contacts of before all count."""
    op.rename_table("contacts", "contacts_before")
    op.create_table(
        "contacts",
        sa.Column("customer_id", sa.String(64), nullable=False),
        sa.Column("kept", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(16)),
        sa.Column("first_name", sa.String(255)),
        sa.Column("last_name", sa.String(255)),
        sa.Column("country", sa.String(2)),
        sa.Column("postcode", sa.String(255)),
        sa.Column("email_consent", sa.Boolean),
        sa.Column("phone_consent", sa.Boolean),
        sa.Column("attributes", sa.Text, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        # PostgreSQL goes on calling that of the table of before "contacts_pkey"
        sa.PrimaryKeyConstraint("customer_id", "kept", name="contacts_by_keeping"),
    )
    said = ", ".join(_SAID)
    op.execute(
        f"INSERT INTO contacts (customer_id, kept, {said}) SELECT customer_id, 0, {said} FROM contacts_before"
    )
    op.drop_table("contacts_before")
    op.create_index("ix_contacts_kept", "contacts", ["kept", "customer_id"])
    op.create_table(
        "standing_contacts",
        sa.Column("customer_id", sa.String(64), primary_key=True),
        sa.Column("kept", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO standing_contacts (customer_id, kept) SELECT customer_id, kept FROM contacts")
