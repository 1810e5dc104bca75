"""How a push ends: nobody waits for the rest of it any more, and the log says what became of it."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update

from services.site.people.audit import What, add_within
from services.site.pushes.push import Push, Stage, push_of
from services.site.state.tables import push_members, pushes

OF, IDS = pushes.c, push_members.c
DELETED = "The campaign was deleted."
STOPPED = "It was stopped on this site."


def end_within(connection: Connection, push: Push, why: str | None, now: int) -> Push:
    """End a push in a transaction that is open, and return it as it is then.

    What is left of it is not sent: whoever may have got there by a try whose answer is not known counts as
    unsure, all others as not accepted.

    Parameters
    ----------
    connection : Connection
    push : Push
        As its row is.
    why : str or None
        Why it ends early; None for one of which nothing is left.
    now : int
        Seconds since 1970.
    """
    of_it = IDS.push_id == push.id
    left = connection.execute(select(func.count()).where(of_it)).scalar_one()
    current = connection.execute(select(func.count()).where(of_it, IDS.batch == push.next_batch)).scalar_one()
    unsent = left - current if push.open else left
    values = {
        "state": Stage.DONE.value,
        "ended_at": now,
        "refused": push.refused + unsent,
        "unsure": push.unsure + push.open,
        "left_out": push.left_out + (max(current - push.open, 0) if push.open else 0),
        "open": 0,
        "reason": why or push.reason,
    }
    connection.execute(delete(push_members).where(of_it))
    ended = push_of(
        connection.execute(update(pushes).where(OF.id == push.id).values(**values).returning(pushes)).one()
    )
    what = f"audience {push.audience_id} to {push.receiver}"
    add_within(connection, push.who, What.PUSH, what, rows=ended.accepted, result=result_of(ended))
    return ended


def delete_within(connection: Connection, audience_id: int, now: int) -> None:
    """End what is still to be sent of an audience that is being deleted."""
    waiting = select(pushes).where(OF.audience_id == audience_id, OF.state != Stage.DONE.value)
    for row in connection.execute(waiting).all():
        end_within(connection, push_of(row), DELETED, now)


def result_of(push: Push) -> str:
    """Say what became of an ended push, for the log."""
    told = {"not accepted": push.refused, "unknown": push.unsure, "left out": push.left_out}
    said = [f"{count} {what}" for what, count in told.items() if count]
    return ", ".join(["sent" if push.accepted else "not sent", *said])
