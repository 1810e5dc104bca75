"""The tables of who gets in. As ``tables``, which knows them too."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
)

from services.site.state.base import NUMBER, metadata

users = Table(
    "users",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password", String(200), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    # null where nobody has signed in; whether the password was made for them, null as false
    Column("signed_in_at", BigInteger),
    Column("first_password", Boolean),
    # whose it is with a provider, which both name to the letter; null where a password opens it
    Column("issuer", String(512)),
    Column("subject", String(255)),
)
Index("ix_users_issuer", users.c.issuer, users.c.subject, unique=True)
sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("user_id", NUMBER, ForeignKey(users.c.id), nullable=False, index=True),
    *(Column(name, BigInteger, nullable=False) for name in ("made_at", "seen_at")),
    Column("ended_at", BigInteger),
    Column("browser", String(64)),  # such as Firefox on Windows; null in sessions of before
    info={"backup": False},
)
attempts = Table(
    "attempts",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("account", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("tried_at", BigInteger, nullable=False),
    info={"backup": False},
)
Index("ix_attempts_account", attempts.c.account, attempts.c.tried_at)
Index("ix_attempts_address", attempts.c.address, attempts.c.tried_at)
sign_ins = Table(
    "sign_ins",
    metadata,
    # under the site's key, of what the browser keeps and what the provider sends back: used once
    Column("digest", LargeBinary(32), primary_key=True),
    *(Column(name, String(64), nullable=False) for name in ("nonce", "verifier", "place")),
    # the path that was asked for
    Column("wanted", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    info={"backup": False},
)
Index("ix_sign_ins_place", sign_ins.c.place, sign_ins.c.made_at)
tokens = Table(
    "tokens",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    *(Column(name, BigInteger) for name in ("expires_at", "used_at", "revoked_at")),
)
