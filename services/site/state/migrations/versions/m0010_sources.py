"""Sources that renew themselves: how each stands, and the files of the watched folder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sources",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("tried_at", sa.BigInteger),
        sa.Column("changed_at", sa.BigInteger),
        sa.Column("held", sa.String(64)),
        sa.Column("failed_at", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failure", sa.Text),
        sa.Column("train", sa.Boolean, nullable=False),
        sa.Column("worker", sa.String(64)),
        sa.Column("lease_until", sa.BigInteger),
    )
    op.create_table(
        "source_files",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("reason", sa.Text),
    )
