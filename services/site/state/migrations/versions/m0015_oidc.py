"""Signing in with a provider: whose an account is there, and sign-ins that have begun (decision 101)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the columns and the table; accounts of before have passwords."""
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("issuer", sa.String(512)))
        table.add_column(sa.Column("subject", sa.String(255)))
    # an index and no constraint: for that SQLite would have to make the table anew, to which others refer
    op.create_index("ix_users_issuer", "users", ["issuer", "subject"], unique=True)
    op.create_table(
        "sign_ins",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(64), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_place", "sign_ins", ["place", "made_at"])
