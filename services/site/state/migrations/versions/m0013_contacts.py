"""Contacts of customers: how they are reached, and whether they agreed to that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "contacts",
        sa.Column("customer_id", sa.String(64), primary_key=True),
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
    )
