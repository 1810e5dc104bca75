"""Digests: who gets one, and what became of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "digest_subscriptions",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("every", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("link", sa.String(200), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_digest_subscriptions_account", "digest_subscriptions", ["account"])
    op.create_table(
        "digest_sendings",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("subscription_id", _NUMBER, sa.ForeignKey("digest_subscriptions.id"), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("release", sa.String(64), nullable=False),
        sa.Column("data_to", sa.String(10)),
        sa.UniqueConstraint("subscription_id", "period", name="uq_digest_sendings_subscription_id"),
    )
