"""What the tables of the site's state share: where they are gathered, and numbers that count up."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData

# SQLite counts rows up only for a plain INTEGER key; other databases get 64 bits.
NUMBER = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
