"""The table of saved views. Times are whole seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, String, Table

from services.site.state.base import NUMBER, metadata

views = Table(
    "views",
    metadata,
    Column("id", NUMBER, primary_key=True),
    # who made it, and whether everybody sees it
    Column("owner", String(64), nullable=False, index=True),
    Column("shared", Boolean, nullable=False),
    Column("name", String(80), nullable=False),
    # a tab's address, and its query without a question mark
    Column("path", String(64), nullable=False),
    Column("query", String(4000), nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
