"""The tables of contacts. Times are whole seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, Text, exists

from services.site.state.base import metadata

# What files said of customers. A row counts if ``standing_contacts`` names it: others are of a file that is
# being kept, or are about to be removed (decision 112).
contacts = Table(
    "contacts",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    # which keeping wrote it, as no other: microseconds since 1970, to some thousandths of a second
    Column("kept", BigInteger, primary_key=True, autoincrement=False),
    Column("email", String(254)),
    # E.164
    Column("phone", String(16)),
    *(Column(name, String(255)) for name in ("first_name", "last_name")),
    # ISO 3166-1, two capitals
    Column("country", String(2)),
    Column("postcode", String(255)),
    # null where nobody said
    *(Column(name, Boolean) for name in ("email_consent", "phone_consent")),
    # JSON: an object of texts
    Column("attributes", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)
Index("ix_contacts_kept", contacts.c.kept, contacts.c.customer_id)
standing_contacts = Table(
    "standing_contacts",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    Column("kept", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
NAMED = (standing_contacts.c.customer_id == contacts.c.customer_id) & (
    standing_contacts.c.kept == contacts.c.kept
)
STANDING = contacts.join(standing_contacts, NAMED)
"""The contacts that count, to select from."""
STANDS = exists().where(NAMED).correlate(contacts)
"""Whether a row of ``contacts`` counts."""
contacts.info["backup_of"] = STANDS
