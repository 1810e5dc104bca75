"""Audiences that are to be sent: asked for here, and listed with what became of each."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import select

from services.core.refusals import NotFound, Refusal
from services.site.people.audit import What, add_within
from services.site.pushes.ending import OF
from services.site.pushes.push import Push, Stage, push_of
from services.site.pushes.stamps import Stamped, stamp_within
from services.site.state.tables import audiences, push_members, pushes

_KEY_BYTES = 16


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
        kept = {
            **values,
            "left_out": 0,
            "open": 0,
            "audience_id": audience_id,
            "receiver": receiver,
            "who": who,
            "asked_at": now,
            "key": secrets.token_hex(_KEY_BYTES),
            "state": Stage.WAITING.value,
            "batches": -(-len(ids) // size),
            "due_at": now,
            "queued": len(ids),
        }
        of_it = select(audiences.c.name, audiences.c.deleted_at).where(
            audiences.c.id == audience_id, audiences.c.saving.is_(None)
        )
        is_open = select(pushes).where(OF.audience_id == audience_id, OF.state != Stage.DONE.value)
        with self._state.writing() as connection:
            row = connection.execute(of_it.with_for_update()).first()
            if row is None or row.deleted_at is not None:
                raise NotFound(f"There is no audience {audience_id}; it may have been deleted.", "audience")
            if seen not in (None, row.name):
                raise Refusal(
                    f"Somebody renamed this campaign to “{row.name}” meanwhile, so nothing was sent. Open it "
                    "again from the list.",
                    "audience",
                )
            if stamp_within(connection) != stamp:
                raise Refusal(
                    "Contacts or opt-outs changed at this very moment, so nothing was sent. Send it again.",
                    "audience",
                )
            if (other := connection.execute(is_open).first()) is not None:
                raise Refusal(
                    f"This audience is being sent to {other.receiver} already. Wait until that has ended.",
                    "audience",
                )
            push = push_of(connection.execute(pushes.insert().values(**kept).returning(pushes)).one())
            members = [
                {"push_id": push.id, "customer_id": each, "batch": place // size}
                for place, each in enumerate(ids)
            ]
            connection.execute(push_members.insert(), members)
            what = f"audience {audience_id} to {receiver}" + (f", without {without}" if without else "")
            add_within(connection, who, What.PUSH, what, release=release, rows=len(ids), result="asked for")
        return push

    def listed(self, audience_id: int | None = None) -> list[Push]:
        """Return all pushes, or those of an audience, the latest first.

        Raises
        ------
        StateUnusable
        """
        wanted = select(pushes).order_by(OF.id.desc())
        if audience_id is not None:
            wanted = wanted.where(OF.audience_id == audience_id)
        with self._state.reading() as connection:
            return [push_of(row) for row in connection.execute(wanted)]
