"""Versions of playbooks: what staff wrote for a segment or a cluster of a preset."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "playbooks",
        sa.Column("preset", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("goal", sa.String(600), nullable=False),
        sa.Column("message", sa.String(600), nullable=False),
        sa.Column("offer", sa.String(600), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("origin", sa.Integer),
        sa.PrimaryKeyConstraint("preset", "kind", "subject", "version", name="pk_playbooks"),
    )
