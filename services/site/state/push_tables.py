"""The tables of audiences that are sent to another tool. Times are whole seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from services.site.state.base import NUMBER, metadata

pushes = Table(
    "pushes",
    metadata,
    Column("id", NUMBER, primary_key=True),
    # whose row outlives its deletion
    Column("audience_id", NUMBER, ForeignKey("audiences.id"), nullable=False, index=True),
    # what the receiver is called: sent to no other, should the settings name another one meanwhile
    Column("receiver", String(255), nullable=False),
    Column("who", String(64), nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    # begins the key of each of its requests; drawn, so that no other push ever has it
    Column("key", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    # requests, and which of them is the next one, from 0
    Column("batches", Integer, nullable=False),
    Column("next_batch", Integer, nullable=False),
    # how often somebody took it: whose number is the last one may go on with it
    Column("claims", Integer, nullable=False),
    # tries in a row that were not accepted
    Column("failures", Integer, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    # when it was last gone on with
    Column("taken_at", BigInteger),
    Column("ended_at", BigInteger),
    # why the last try was not accepted
    Column("reason", Text),
    # customers: asked for; accepted; surely not accepted; perhaps; who may not be sent any more
    *(
        Column(name, Integer, nullable=False)
        for name in ("queued", "accepted", "refused", "unsure", "left_out")
    ),
    # contacts of the next batch that may have arrived by a try before
    Column("open", Integer, nullable=False),
    info={"backup": False},
)
# who is still to be sent, by id and nothing else; gone with the batch
push_members = Table(
    "push_members",
    metadata,
    Column("push_id", NUMBER, ForeignKey(pushes.c.id), primary_key=True),
    Column("customer_id", String(64), primary_key=True, index=True),
    Column("batch", Integer, nullable=False),
    info={"backup": False},
)
Index("ix_push_members_push_id", push_members.c.push_id, push_members.c.batch)
