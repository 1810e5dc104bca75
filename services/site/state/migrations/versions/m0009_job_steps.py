"""When each step of a job began, and which workers there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column and the table."""
    with op.batch_alter_table("jobs") as table:
        table.add_column(sa.Column("steps", sa.Text, nullable=False, server_default="{}"))
    op.create_table(
        "workers",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
    )
