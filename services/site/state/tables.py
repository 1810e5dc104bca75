"""The tables of the site's state. Times are whole seconds since 1970, UTC.

A change here needs a migration in ``migrations/versions``; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    exists,
)

from services.site.state.base import NUMBER, metadata
from services.site.state.contact_tables import STANDING as STANDING
from services.site.state.contact_tables import STANDS as STANDS
from services.site.state.contact_tables import contacts as contacts
from services.site.state.contact_tables import standing_contacts as standing_contacts
from services.site.state.digest_tables import digest_sendings as digest_sendings
from services.site.state.digest_tables import digest_subscriptions as digest_subscriptions
from services.site.state.people_tables import attempts as attempts
from services.site.state.people_tables import sessions as sessions
from services.site.state.people_tables import sign_ins as sign_ins
from services.site.state.people_tables import tokens as tokens
from services.site.state.people_tables import users as users
from services.site.state.push_tables import push_members as push_members
from services.site.state.push_tables import pushes as pushes
from services.site.state.view_tables import views as views

audit = Table(
    "audit",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("who", String(64), nullable=False),
    Column("what", String(32), nullable=False, index=True),
    Column("subject", Text, nullable=False),
    Column("release", String(64), nullable=False),
    Column("rows", BigInteger),
    Column("result", String(64), nullable=False),
    # of rows that count on: the person, the list and the minute, digested
    Column("tally", String(64), unique=True),
)
playbooks = Table(
    "playbooks",
    metadata,
    Column("preset", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("subject", String(128), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("goal", String(600), nullable=False),
    Column("message", String(600), nullable=False),
    Column("offer", String(600), nullable=False),
    Column("author", String(64), nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("origin", Integer),
)
preset_versions = Table(
    "preset_versions",
    metadata,
    Column("preset", String(64), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("definition", Text, nullable=False),
    Column("origin", String(80), nullable=False),
    Column("author", String(64), nullable=False),
    Column("note", String(200), nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)
audiences = Table(
    "audiences",
    metadata,
    Column("id", NUMBER, primary_key=True),
    *(Column(name, String(80), nullable=False) for name in ("name", "seed", "owner")),
    Column("playbook", String(300), nullable=False),
    Column("source", String(16), nullable=False),
    Column("query", String(2000), nullable=False),
    Column("described", String(600), nullable=False),
    Column("release", String(64), nullable=False),
    Column("as_of", String(32), nullable=False),  # as both days, the shop's, without a zone: ISO 8601
    *(Column(name, String(10), nullable=False) for name in ("starts_on", "ends_on")),
    Column("holdout_share", Float, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    # the first is null for a draft; a deleted one keeps its number, which no other gets, and no texts
    *(Column(name, BigInteger) for name in ("started_at", "archived_at", "deleted_at")),
    # as of saving, shop currency: of all customers in its days, and of each further point of buyers
    *(Column(name, Float) for name in ("spend_anyway", "point_worth")),
    # of one that is still being written: by whom, a number as no other; it shows once this is null
    Column("saving", BigInteger),
)
audiences.info["backup_of"] = audiences.c.saving.is_(None)
audience_members = Table(
    "audience_members",
    metadata,
    Column("audience_id", NUMBER, ForeignKey(audiences.c.id), primary_key=True),
    Column("customer_id", String(64), primary_key=True, index=True),
    Column("held_out", Boolean, nullable=False),
)
SHOWN = audiences.c.saving.is_(None) & audiences.c.deleted_at.is_(None)
"""Which audiences there are for everybody: others are being written, or are gone."""
audience_members.info["backup_of"] = exists().where(SHOWN, audiences.c.id == audience_members.c.audience_id)
opt_outs = Table(
    "opt_outs",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    Column("who", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
)
notes = Table(
    "notes",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("customer_id", String(64), nullable=False, index=True),
    Column("text", String(1000), nullable=False),
    Column("author", String(64), nullable=False),
    Column("written_at", BigInteger, nullable=False),
)
forgotten = Table(
    "forgotten",
    metadata,
    # HMAC-SHA256 of a canonical id under keys' "forgotten": whom the next training leaves out
    Column("digest", LargeBinary(32), primary_key=True),
    Column("at", BigInteger, nullable=False),
)
keys = Table(
    "keys",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary(32), nullable=False),
)
jobs = Table(
    "jobs",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    # JSON: files or the ledger, preset and options of a training
    Column("asked", Text, nullable=False),
    Column("who", String(64), nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    # how often a worker took it up
    Column("tries", Integer, nullable=False),
    # the lease: who works on it, and until when nobody else may
    Column("worker", String(64)),
    Column("lease_until", BigInteger),
    Column("heartbeat_at", BigInteger),
    Column("step", String(32), nullable=False),
    # JSON: when each step began, in seconds since it was taken up
    Column("steps", Text, nullable=False),
    Column("progress", Float, nullable=False),
    Column("seconds_left", Integer),
    # set while it runs: the worker is to stop it
    Column("cancelled_by", String(64)),
    Column("release", String(64)),
    # why it failed, and what of a command answers that
    Column("reason", Text),
    Column("field", String(64)),
    Column("option", String(64)),
    Column("log", Text, nullable=False),
    info={"backup": False},
)
served = Table(
    "served",
    metadata,
    # answers of a minute since 1970 that took up to so many milliseconds, by all processes
    Column("minute", BigInteger, primary_key=True, autoincrement=False),
    Column("within_ms", Integer, primary_key=True, autoincrement=False),
    Column("answers", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    info={"backup": False},
)
workers = Table(
    "workers",
    metadata,
    Column("name", String(64), primary_key=True),
    # when it was last heard of, whether it works on a job or waits for one
    Column("seen_at", BigInteger, nullable=False),
    info={"backup": False},
)
sources = Table(
    "sources",
    metadata,
    Column("name", String(16), primary_key=True),
    # a digest of what is set, the password left out
    Column("about", String(64), nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("tried_at", BigInteger),
    Column("changed_at", BigInteger),
    # SHA-256 of what the database gave when it changed last
    Column("held", String(64)),
    # since when it fails, how often it did in a row, and why it did last
    Column("failed_at", BigInteger),
    Column("failures", Integer, nullable=False),
    Column("failure", Text),
    # it changed the ledger, and a training is still to be asked for
    Column("train", Boolean, nullable=False),
    # the lease: who tries it, and until when nobody else may
    Column("worker", String(64)),
    Column("lease_until", BigInteger),
    info={"backup": False},
)
source_files = Table(
    "source_files",
    metadata,
    Column("name", Text, primary_key=True),
    # bytes, and nanoseconds since 1970
    Column("size", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    # when it was first seen like this
    Column("seen_at", BigInteger, nullable=False),
    Column("done", Boolean, nullable=False),
    # of a file that cannot be added: its SHA-256, and why
    Column("digest", String(64)),
    Column("reason", Text),
    info={"backup": False},
)
alerts = Table(
    "alerts",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("rule", String(16), nullable=False),
    # what it is about where a rule can hold of several, such as the number of a job
    Column("event", String(64), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("began_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    info={"backup": False},
)
alert_messages = Table(
    "alert_messages",
    metadata,
    Column("id", NUMBER, primary_key=True),
    # JSON, as it is sent
    Column("body", Text, nullable=False),
    # when it is tried next; the last try may still be under way until then
    Column("due_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    info={"backup": False},
)
