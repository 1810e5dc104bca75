"""Long subjects in the log, and rows for what a person pages through in a minute: their count grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Let the log hold long subjects and counts that grow."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _LOOSEN_POSTGRESQL if postgresql else _LOOSEN_SQLITE:
        op.execute(statement)
    with op.batch_alter_table("audit") as table:
        table.alter_column("subject", type_=sa.Text, existing_type=sa.String(256), existing_nullable=False)
        table.add_column(sa.Column("tally", sa.String(64)))
        table.create_unique_constraint("uq_audit_tally", ["tally"])
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)


_KEPT = ("id", "at", "who", "what", "subject", "release", "result", "tally")
_COUNTED_ON = " AND ".join(
    ["OLD.tally IS NOT NULL", 'NEW."rows" >= OLD."rows"', *(f'NEW."{name}" = OLD."{name}"' for name in _KEPT)]
)
_LOOSEN_SQLITE = [f"DROP TRIGGER audit_no_{verb}" for verb in ("update", "delete")]
_SQLITE = [
    f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit {condition} "
    "BEGIN SELECT RAISE(ABORT, 'the audit log can only grow'); END"
    for verb, condition in (("UPDATE", f"WHEN ({_COUNTED_ON}) IS NOT 1"), ("DELETE", ""))
]
_LOOSEN_POSTGRESQL = ["DROP TRIGGER audit_only_grows ON audit"]
_POSTGRESQL = [
    "CREATE TRIGGER audit_only_grows BEFORE DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
    f"CREATE TRIGGER audit_rows_only_grow BEFORE UPDATE ON audit FOR EACH ROW "
    f"WHEN (({_COUNTED_ON}) IS NOT TRUE) EXECUTE FUNCTION audit_only_grows()",
]
