"""Digests in the language of whoever gets them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the column; the digests of before stay in the language of the site."""
    op.add_column("digest_subscriptions", sa.Column("language", sa.String(16)))
