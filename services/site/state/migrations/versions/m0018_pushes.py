"""Audiences that are sent to another tool: each, and who of it is still to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "pushes",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("audience_id", _NUMBER, sa.ForeignKey("audiences.id"), nullable=False),
        sa.Column("receiver", sa.String(255), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("batches", sa.Integer, nullable=False),
        sa.Column("next_batch", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("taken_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("queued", sa.Integer, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
        sa.Column("unsure", sa.Integer, nullable=False),
        sa.Column("left_out", sa.Integer, nullable=False),
        sa.Column("open", sa.Integer, nullable=False),
    )
    op.create_index("ix_pushes_audience_id", "pushes", ["audience_id"])
    op.create_table(
        "push_members",
        sa.Column("push_id", _NUMBER, sa.ForeignKey("pushes.id"), primary_key=True),
        sa.Column("customer_id", sa.String(64), primary_key=True),
        sa.Column("batch", sa.Integer, nullable=False),
    )
    op.create_index("ix_push_members_customer_id", "push_members", ["customer_id"])
    op.create_index("ix_push_members_push_id", "push_members", ["push_id", "batch"])
