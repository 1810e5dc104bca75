"""Audiences that are being written: hidden until they are whole."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the column; the audiences of before are whole."""
    op.add_column("audiences", sa.Column("saving", sa.BigInteger))
