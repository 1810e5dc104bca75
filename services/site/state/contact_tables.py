"""The tables of contacts. Times are whole seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, Text

from services.site.state.base import metadata

contacts = Table(
    "contacts",
    metadata,
    Column("customer_id", String(64), primary_key=True),
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
# the same attributes a row each, for filters; a contact's rows change with it (decision 103)
contact_attributes = Table(
    "contact_attributes",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("value", String(255), nullable=False),
    sqlite_with_rowid=False,
)
Index(
    "ix_contact_attributes_name",
    contact_attributes.c.name,
    contact_attributes.c.value,
    contact_attributes.c.customer_id,
)
