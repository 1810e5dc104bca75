"""What Alembic runs: the migrations, over the connection that ``State`` hands in."""

from __future__ import annotations

from alembic import context

from services.site.state.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    transactional_ddl=True,
)
context.run_migrations()
