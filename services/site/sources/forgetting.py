"""What a source failed with may name a customer, who can be erased."""

from __future__ import annotations

import re

from sqlalchemy import Connection, delete, select, update

from services.site.state.tables import source_files, sources


def remove_naming(connection: Connection, customer_id: str) -> None:
    """Remove reasons that name a customer; what they are about is tried again at once."""
    word = re.compile(rf"(?<!\w){re.escape(customer_id)}(?!\w)")
    for row in connection.execute(select(sources).where(sources.c.failure.is_not(None))).all():
        if word.search(row.failure):
            blank = {"failure": None, "failed_at": None, "failures": 0, "next_at": 0}
            connection.execute(update(sources).where(sources.c.name == row.name).values(blank))
    for row in connection.execute(select(source_files).where(source_files.c.reason.is_not(None))).all():
        if word.search(f"{row.name}\n{row.reason}"):
            connection.execute(delete(source_files).where(source_files.c.name == row.name))
