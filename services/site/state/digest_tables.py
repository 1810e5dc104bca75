"""The tables of digests: who gets one, and what became of each. Times are whole seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from services.site.state.base import NUMBER, metadata

digest_subscriptions = Table(
    "digest_subscriptions",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("account", String(64), nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    # of a webhook it may hold a key, and stands in no log
    Column("address", String(500), nullable=False),
    # weekly with a day from 1, Monday, to 7; monthly with a day of the month
    Column("every", String(16), nullable=False),
    Column("day", Integer, nullable=False),
    # on the clock of the zone, IANA
    Column("hour", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    # where the site is, for the links of the digest
    Column("link", String(200), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    # ISO 639-1, in which it is written; none for that of the site
    Column("language", String(16)),
)
digest_sendings = Table(
    "digest_sendings",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("subscription_id", NUMBER, ForeignKey(digest_subscriptions.c.id), nullable=False),
    # the day on which it was due, ISO 8601: whose row this is may send it, and nobody else ever does
    Column("period", String(10), nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    # when it was taken up last, and when it may be tried again
    Column("taken_at", BigInteger, nullable=False),
    Column("due_at", BigInteger),
    Column("ended_at", BigInteger),
    # why it did not arrive, or why that is not known
    Column("reason", Text),
    # what it told of; empty without a release
    Column("release", String(64), nullable=False),
    Column("data_to", String(10)),
    UniqueConstraint("subscription_id", "period"),
    info={"backup": False},
)
