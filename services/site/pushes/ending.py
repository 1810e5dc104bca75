"""How a push ends: nobody waits for the rest of it any more, and the log says what became of it."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, func, select, update

from services.core.language.messages import later
from services.site.people.audit import What, add_within
from services.site.pushes.push import Push, Stage, push_of
from services.site.state import State
from services.site.state.portions import LEFT_SECONDS, PORTION, small_change
from services.site.state.tables import push_members, pushes

OF, IDS = pushes.c, push_members.c
DELETED = later("The campaign was deleted.")
STOPPED = later("It was stopped on this site.")
OPEN = (Stage.WAITING.value, Stage.SENDING.value)
"""Of a push that somebody sees and may still go on with."""
_SENT, _NOT_SENT = later("sent"), later("not sent")
"""What the log begins with of a push that ended."""
_OVER = (Stage.DONE.value, Stage.DROPPED.value)


def end_within(connection: Connection, push: Push, why: str | None, now: int) -> Push:
    """End a push in a transaction that is open, and return it as it is then.

    What is left of it is not sent: whoever may have got there by a try whose answer is not known counts as
    unsure, all others as not accepted. ``remove_members`` takes them out of the queue after the transaction.

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
    ended = push_of(
        connection.execute(update(pushes).where(OF.id == push.id).values(**values).returning(pushes)).one()
    )
    what = f"audience {push.audience_id} to {push.receiver}"
    add_within(connection, push.who, What.PUSH, what, rows=ended.accepted, result=result_of(ended))
    return ended


def delete_within(connection: Connection, audience_id: int, now: int) -> list[int]:
    """End what is still to be sent of an audience that is being deleted, and return the pushes' numbers."""
    waiting = select(pushes).where(OF.audience_id == audience_id, OF.state.in_(OPEN))
    found = [push_of(row) for row in connection.execute(waiting)]
    return [end_within(connection, each, DELETED.text, now).id for each in found]


def remove_members(state: State, push_id: int) -> None:
    """Remove the customers of a push that has ended or was dropped, and then its row where it never showed.

    Raises
    ------
    StateUnusable
    """
    # asked each time: SQLite may give the number of a row that is removed to the next push
    is_over = exists().where(OF.id == push_id, OF.state.in_(_OVER))
    next_ones = select(IDS.customer_id).where(IDS.push_id == push_id).order_by(IDS.customer_id)
    part = delete(push_members).where(
        IDS.push_id == push_id, IDS.customer_id.in_(next_ones.limit(PORTION)), is_over
    )
    removed = PORTION
    while removed:
        with small_change(state) as connection:
            removed = connection.execute(part).rowcount
    dropped = (OF.id == push_id) & (OF.state == Stage.DROPPED.value)
    with state.writing() as connection:
        connection.execute(delete(pushes).where(dropped, ~exists().where(IDS.push_id == push_id)))


def drop(state: State, push_id: int, key: str) -> None:
    """Have a push that is being filled never show; ``key`` is its own, as another may have its number.

    Raises
    ------
    StateUnusable
    """
    mine = update(pushes).where(OF.id == push_id, OF.key == key, OF.state == Stage.FILLING.value)
    with state.writing() as connection:
        connection.execute(mine.values(state=Stage.DROPPED.value))
    remove_members(state, push_id)


def clear_left_over(state: State, now: float) -> None:
    """Remove what is left of a filling that was killed an hour ago or earlier, and of pushes that ended.

    Raises
    ------
    StateUnusable
    """
    cut_off = select(OF.id, OF.key).where(OF.state == Stage.FILLING.value, OF.asked_at < now - LEFT_SECONDS)
    left = exists().where(IDS.push_id == OF.id)
    over = select(OF.id).where(OF.state.in_(_OVER), left | (OF.state == Stage.DROPPED.value))
    with state.reading() as connection:
        found = connection.execute(cut_off).all()
        numbers = connection.execute(over).scalars().all()
    for push_id, key in found:
        drop(state, push_id, key)
    for push_id in numbers:
        remove_members(state, push_id)


def result_of(push: Push) -> str:
    """Say what became of an ended push, for the log."""
    told = {"not accepted": push.refused, "unknown": push.unsure, "left out": push.left_out}
    said = [f"{count} {what}" for what, count in told.items() if count]
    return ", ".join([(_SENT if push.accepted else _NOT_SENT).text, *said])
