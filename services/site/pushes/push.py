"""One audience on its way to another tool, or arrived there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row


class Stage(StrEnum):
    """Where a push is."""

    FILLING = "filling"
    """Its customers are being written; nobody sees it."""
    DROPPED = "dropped"
    """It never showed; its customers are being removed."""
    WAITING = "waiting"
    """For a worker, or for its next try."""
    SENDING = "sending"
    DONE = "done"
    """Nobody goes on with it; the counts say what became of it."""


@dataclass(frozen=True)
class Push:
    """An audience that somebody had sent.

    Attributes
    ----------
    id, audience_id : int
    receiver : str
        What it is called.
    who : str
        Who asked for it.
    asked_at : datetime
        As the others, UTC.
    key : str
        Begins the key of each of its requests.
    state : Stage
    batches, next_batch : int
        Requests, and which of them is the next one, from 0.
    claims : int
        How often somebody took it; a change is made by the last one alone.
    failures : int
        Tries in a row that were not accepted.
    due_at : datetime
        When it is tried next.
    taken_at, ended_at : datetime or None
    reason : str or None
        Why a try was not accepted, the last that was not.
    queued, accepted, refused, unsure, left_out : int
        Customers: who were to be sent; who were taken by the receiver; surely not; perhaps; who were left
        out when their request was written, since they may not be sent any more. Who was erased meanwhile is
        in none but the first.
    open : int
        Contacts of the next request that may have arrived by a try before.
    """

    id: int
    audience_id: int
    receiver: str
    who: str
    asked_at: datetime
    key: str
    state: Stage
    batches: int
    next_batch: int
    claims: int
    failures: int
    due_at: datetime
    taken_at: datetime | None
    ended_at: datetime | None
    reason: str | None
    queued: int
    accepted: int
    refused: int
    unsure: int
    left_out: int
    open: int

    @property
    def batch_key(self) -> str:
        """The key of the next request: the same at each try, and no other request's."""
        return f"{self.key}-{self.next_batch + 1}"

    @property
    def is_open(self) -> bool:
        """Whether somebody may still go on with it."""
        return self.state is not Stage.DONE

    def as_contract(self) -> dict[str, Any]:
        """Return it as programs read it: docs/contract.md names what stands in it."""
        return {
            "id": self.id,
            "receiver": self.receiver,
            "asked_at": self.asked_at.isoformat(),
            "state": self.state.value,
            "queued": self.queued,
            "accepted": self.accepted,
            "refused": self.refused,
            "unsure": self.unsure,
            "left_out": self.left_out,
            "ended_at": self.ended_at and self.ended_at.isoformat(),
            "reason": self.reason,
        }


def push_of(row: Row[Any]) -> Push:
    """Make one of a row."""
    kept = dict(row._mapping)
    times = {
        name: None if kept[name] is None else datetime.fromtimestamp(kept[name], UTC)
        for name in ("asked_at", "due_at", "taken_at", "ended_at")
    }
    return Push(**{**kept, **times, "state": Stage(kept["state"])})
