"""Campaigns: whether one has started, is archived or deleted, and what its audience was worth when saved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns; what was saved before had started at once."""
    with op.batch_alter_table("audiences") as table:
        for name in ("started_at", "archived_at", "deleted_at"):
            table.add_column(sa.Column(name, sa.BigInteger))
        for name in ("spend_anyway", "point_worth"):
            table.add_column(sa.Column(name, sa.Float))
    op.execute("UPDATE audiences SET started_at = made_at")
