"""The customers of an audience are written and removed in portions; nobody sees one that is not whole.

An audience that is being written says by whom (``audiences.saving``), and shows once it does not any more.
One that is deleted, or given up, is gone at once, and its customers after it. What a process that was killed
leaves is found by the next one that saves, and by the worker.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select, update

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.customers.forgotten import Forgotten
from services.site.people.audit import What, add_within
from services.site.state import State, StateUnusable
from services.site.state.portions import (
    LEFT_SECONDS,
    PORTION,
    left_before,
    own_number,
    portions,
    small_change,
)
from services.site.state.tables import audience_members, audiences

_OF, _IN = audiences.c, audience_members.c


def write(
    state: State, values: Mapping[str, Any], members: Sequence[Mapping[str, Any]], who: str, result: str
) -> int:
    """Keep an audience with its customers, and its row of the log, and return its number.

    Parameters
    ----------
    state : State
    values : mapping
        Of the audience's row.
    members : sequence of mapping
        ``customer_id`` and ``held_out`` of each. Who is erased meanwhile is left out.
    who, result : str
        For the log.

    Raises
    ------
    Refusal
        If somebody else removed it meanwhile, as is done an hour after a process was killed.
    StateUnusable
        If it cannot be kept; in both cases nothing is.
    """
    own = own_number()
    with small_change(state) as connection:
        kept = connection.execute(audiences.insert().values(**values, saving=own)).inserted_primary_key
        number = int(kept[0])  # type: ignore[index]  # there is one where one row is inserted
    try:
        for part in portions(members):
            with small_change(state) as connection:
                _hold(connection, number, own)
                rows = [{**member, "audience_id": number} for member in part]
                connection.execute(audience_members.insert(), rows)
        _leave_out_erased(state, number, [member["customer_id"] for member in members])
        with state.writing() as connection:
            _hold(connection, number, own)
            connection.execute(update(audiences).where(_OF.id == number).values(saving=None))
            there = select(func.count()).where(_IN.audience_id == number)
            rows_there = connection.execute(there).scalar_one()
            log = (connection, who, What.AUDIENCE, str(number))
            add_within(*log, release=values["release"], rows=rows_there, result=result)
    except BaseException:
        with suppress(StateUnusable):  # whoever saves next, or sweeps, removes it
            _give_up(state, [(number, own)])
            remove_members(state, number)
        raise
    return number


def remove_members(state: State, number: int) -> None:
    """Remove the customers of an audience that is gone, and then its row where it never showed.

    Raises
    ------
    StateUnusable
    """
    # asked each time: SQLite may give the number of a row that is removed to the next audience
    is_gone = exists().where(_OF.id == number, _OF.deleted_at.is_not(None))
    next_ones = select(_IN.customer_id).where(_IN.audience_id == number).order_by(_IN.customer_id)
    part = delete(audience_members).where(
        _IN.audience_id == number, _IN.customer_id.in_(next_ones.limit(PORTION)), is_gone
    )
    removed = PORTION
    while removed:
        with small_change(state) as connection:
            removed = connection.execute(part).rowcount
    never_shown = (_OF.id == number) & _OF.saving.is_not(None) & _OF.deleted_at.is_not(None)
    with state.writing() as connection:
        connection.execute(delete(audiences).where(never_shown, ~exists().where(_IN.audience_id == number)))


def clear_left_over(state: State) -> None:
    """Remove what is left of a saving that was killed an hour ago or earlier, and of a deletion.

    Raises
    ------
    StateUnusable
    """
    cut_off = select(_OF.id, _OF.saving).where(
        _OF.saving < left_before(LEFT_SECONDS), _OF.deleted_at.is_(None)
    )
    with state.reading() as connection:
        found = [(number, own) for number, own in connection.execute(cut_off)]
    if found:
        _give_up(state, found)
    left = exists().where(_IN.audience_id == _OF.id)
    gone = select(_OF.id).where(_OF.deleted_at.is_not(None), left | _OF.saving.is_not(None))
    with state.reading() as connection:
        numbers = connection.execute(gone).scalars().all()
    for number in numbers:
        remove_members(state, number)


def _hold(connection: Connection, number: int, own: int) -> None:
    """Keep others from giving up an audience that is being written, until the transaction ends."""
    mine = select(_OF.id).where(_OF.id == number, _OF.saving == own, _OF.deleted_at.is_(None))
    if connection.execute(mine.with_for_update()).first() is None:
        raise Refusal(_("Saving was interrupted for too long, so nothing was saved. Save it again."), "save")


def _give_up(state: State, found: Iterable[tuple[int, int]]) -> None:
    with state.writing() as connection:
        for number, own in found:
            mine = update(audiences).where(_OF.id == number, _OF.saving == own)
            connection.execute(mine.values(deleted_at=int(time.time())))


def _leave_out_erased(state: State, number: int, ids: Sequence[str]) -> None:
    """Remove who is erased by now.

    Asked once all are written: whoever is noted as erased later is removed by the erasure itself.
    """
    for part in portions(sorted(Forgotten(state).among(ids))):
        with small_change(state) as connection:
            whose = _IN.customer_id.in_(part)
            connection.execute(delete(audience_members).where(_IN.audience_id == number, whose))
