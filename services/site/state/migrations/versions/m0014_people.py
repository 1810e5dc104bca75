"""People: when an account signed in last, whose password is a first one, and in what browser a session is.

Programs before this one do not know the roles that came with it, and refuse tables of this version.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the columns; the log says when an account signed in last."""
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("signed_in_at", sa.BigInteger))
        table.add_column(sa.Column("first_password", sa.Boolean))
    with op.batch_alter_table("sessions") as table:
        table.add_column(sa.Column("browser", sa.String(64)))
    op.execute(
        "UPDATE users SET signed_in_at = (SELECT MAX(audit.at) FROM audit "
        "WHERE audit.what = 'sign-in' AND audit.result = 'done' AND audit.who = users.name)"
    )
