"""Audiences, and who is in them: frozen when they are saved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audiences",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("seed", sa.String(80), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("playbook", sa.String(300), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("query", sa.String(2000), nullable=False),
        sa.Column("described", sa.String(600), nullable=False),
        sa.Column("release", sa.String(64), nullable=False),
        sa.Column("as_of", sa.String(32), nullable=False),
        sa.Column("starts_on", sa.String(10), nullable=False),
        sa.Column("ends_on", sa.String(10), nullable=False),
        sa.Column("holdout_share", sa.Float, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "audience_members",
        sa.Column("audience_id", _NUMBER, sa.ForeignKey("audiences.id"), nullable=False),
        sa.Column("customer_id", sa.String(64), nullable=False),
        sa.Column("held_out", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("audience_id", "customer_id", name="pk_audience_members"),
    )
    op.create_index("ix_audience_members_customer_id", "audience_members", ["customer_id"])
