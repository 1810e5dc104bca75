"""Jobs: long work that a worker process does beside the site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "jobs",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("worker", sa.String(64)),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("heartbeat_at", sa.BigInteger),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("seconds_left", sa.Integer),
        sa.Column("cancelled_by", sa.String(64)),
        sa.Column("release", sa.String(64)),
        sa.Column("reason", sa.Text),
        sa.Column("field", sa.String(64)),
        sa.Column("option", sa.String(64)),
        sa.Column("log", sa.Text, nullable=False),
    )
