"""Audiences that are to be sent: asked for here, and listed with what became of each."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, delete, select, update

from services.core.language.messages import _, later
from services.core.refusals import NotFound, Refusal
from services.site.customers.forgotten import Forgotten
from services.site.people.audit import What, add_within
from services.site.pushes import ending
from services.site.pushes.ending import IDS, OF, OPEN, STOPPED, end_within
from services.site.pushes.push import Push, Stage, push_of
from services.site.pushes.stamps import Stamped, stamp_within
from services.site.state import StateUnusable
from services.site.state.portions import portions, small_change
from services.site.state.tables import audiences, push_members, pushes

_KEY_BYTES = 16
_ASKED_FOR, _STOPPED = later("asked for"), later("stopped")
"""What the log says of a push."""


class Queue(Stamped):
    """The pushes of one site, as people ask for them."""

    def ask(
        self,
        audience_id: int,
        receiver: str,
        ids: Sequence[str],
        size: int,
        *,
        stamp: str,
        who: str,
        release: str,
        without: str = "",
        seen: str | None = None,
    ) -> Push:
        """Have customers of an audience sent; kept together with its row of the log, or neither is.

        They are written in portions, and nobody sees the push before all are. Who opts out meanwhile is left
        out when their request is written; who is erased meanwhile is in no queue.

        Parameters
        ----------
        audience_id : int
        receiver : str
            What it is called.
        ids : sequence of str
            Whom to send; at least one, and nobody twice.
        size : int
            How many a request takes.
        stamp : str
            Under which they were found: somebody who is erased meanwhile gets into no queue.
        who, release, without : str
            For the log: who asks, the release that was shown, and who of the audience is not sent, and why.
        seen : str, optional
            The audience's name as who asks saw it.

        Raises
        ------
        NotFound
            If there is no such audience any more.
        Refusal
            If it is being sent, has another name by now, or others may be sent; then nothing is done.
        StateUnusable
        """
        now = int(self._clock())
        values = dict.fromkeys(("next_batch", "claims", "failures", "accepted", "refused", "unsure"), 0)
        kept: dict[str, Any] = {
            **values,
            "left_out": 0,
            "open": 0,
            "audience_id": audience_id,
            "receiver": receiver,
            "who": who,
            "asked_at": now,
            "key": secrets.token_hex(_KEY_BYTES),
            "state": Stage.FILLING.value,
            "batches": -(-len(ids) // size),
            "due_at": now,
            "queued": len(ids),
        }
        ending.clear_left_over(self._state, now)
        with small_change(self._state) as connection:
            _check(connection, audience_id, seen)
            if stamp_within(connection) != stamp:
                said = _(
                    "Contacts or opt-outs changed at this very moment, so nothing was sent. Send it again."
                )
                raise Refusal(said, "audience")
            number = connection.execute(pushes.insert().values(**kept).returning(OF.id)).scalar_one()
        what = f"audience {audience_id} to {receiver}" + (f", without {without}" if without else "")
        try:
            self._fill(number, kept["key"], ids, size)
            with self._state.writing() as connection:
                _check(connection, audience_id, seen)
                _hold(connection, number, kept["key"])
                now = int(self._clock())
                shown = {"state": Stage.WAITING.value, "asked_at": now, "due_at": now}
                filled = update(pushes).where(OF.id == number).values(**shown).returning(pushes)
                push = push_of(connection.execute(filled).one())
                log = (connection, who, What.PUSH, what)
                add_within(*log, release=release, rows=len(ids), result=_ASKED_FOR.text)
        except BaseException:
            with suppress(StateUnusable):  # whoever asks for one next, or sweeps, removes it
                ending.drop(self._state, number, kept["key"])
            raise
        return push

    def stop(self, audience_id: int, *, who: str) -> Push:
        """End the push of an audience that is still to be sent; what was accepted stays where it is.

        A request that is just being handed over counts as unsure: nobody waits for its answer any more.

        Parameters
        ----------
        audience_id : int
        who : str
            Who stops it, for the log.

        Raises
        ------
        Refusal
            If nothing of it is to be sent any more.
        StateUnusable
        """
        is_open = select(pushes).where(OF.audience_id == audience_id, OF.state.in_(OPEN))
        with self._state.writing() as connection:
            row = connection.execute(is_open.with_for_update()).first()
            if row is None:
                raise Refusal(_("It has ended already, so there was nothing left to stop."), "audience")
            push = push_of(row)
            what = f"audience {audience_id} to {push.receiver}"
            add_within(connection, who, What.PUSH, what, result=_STOPPED.text)
            ended = end_within(connection, push, STOPPED.text, int(self._clock()))
        ending.remove_members(self._state, ended.id)
        return ended

    def clear(self) -> None:
        """Remove what a process left behind that was killed while it filled or emptied a queue.

        Raises
        ------
        StateUnusable
        """
        ending.clear_left_over(self._state, self._clock())

    def _fill(self, number: int, key: str, ids: Sequence[str], size: int) -> None:
        """Write who is to be sent, and take out who is erased by then: of others the erasure itself does."""
        for part in portions(enumerate(ids)):
            with small_change(self._state) as connection:
                _hold(connection, number, key)
                rows = [
                    {"push_id": number, "customer_id": each, "batch": place // size} for place, each in part
                ]
                connection.execute(push_members.insert(), rows)
        for erased in portions(sorted(Forgotten(self._state).among(ids))):
            with small_change(self._state) as connection:
                _hold(connection, number, key)
                whose = IDS.customer_id.in_(erased)
                connection.execute(delete(push_members).where(IDS.push_id == number, whose))

    def listed(self, audience_id: int | None = None) -> list[Push]:
        """Return all pushes, or those of an audience, the latest first.

        Raises
        ------
        StateUnusable
        """
        hidden = (Stage.FILLING.value, Stage.DROPPED.value)
        wanted = select(pushes).where(OF.state.not_in(hidden)).order_by(OF.id.desc())
        if audience_id is not None:
            wanted = wanted.where(OF.audience_id == audience_id)
        with self._state.reading() as connection:
            return [push_of(row) for row in connection.execute(wanted)]


def _check(connection: Connection, audience_id: int, seen: str | None) -> None:
    """Refuse what is not as it was seen, or is being sent; both hold until the transaction ends."""
    of_it = select(audiences.c.name, audiences.c.deleted_at).where(
        audiences.c.id == audience_id, audiences.c.saving.is_(None)
    )
    row = connection.execute(of_it.with_for_update()).first()
    if row is None or row.deleted_at is not None:
        said = _("There is no audience {number}; it may have been deleted.", number=audience_id)
        raise NotFound(said, "audience")
    if seen not in (None, row.name):
        raise Refusal(
            _(
                "Somebody renamed this campaign to “{name}” meanwhile, so nothing was sent. Open it again "
                "from the list.",
                name=row.name,
            ),
            "audience",
        )
    is_open = select(OF.receiver).where(OF.audience_id == audience_id, OF.state.in_(ending.OPEN))
    if (other := connection.execute(is_open).scalar()) is not None:
        said = _(
            "This audience is being sent to {receiver} already. Wait until that has ended.", receiver=other
        )
        raise Refusal(said, "audience")


def _hold(connection: Connection, number: int, key: str) -> None:
    """Keep others from dropping a push that is being filled, until the transaction ends."""
    mine = select(OF.id).where(OF.id == number, OF.key == key, OF.state == Stage.FILLING.value)
    if connection.execute(mine.with_for_update()).first() is None:
        said = _("This was interrupted for too long, so nothing was sent. Send it again.")
        raise Refusal(said, "audience")
