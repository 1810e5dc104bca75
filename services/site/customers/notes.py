"""Notes of staff on single customers. The log says that one was written, never what it says."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, select

from services.core.language.messages import _
from services.core.language.written import number
from services.core.refusals import NotFound, Refusal
from services.site.people.audit import What, add_within
from services.site.state import State
from services.site.state.tables import notes

LONGEST = 1_000
# line ends, blanks that do not break, and what joins or parts signs of one word: all of it is pasted
_UNSEEN = "\n\t\u00a0\u202f\u200c\u200d"

_OF = select(notes).where(notes.c.customer_id == bindparam("customer")).order_by(notes.c.id.desc())


@dataclass(frozen=True)
class Note:
    """A note: ``written_at`` is UTC."""

    id: int
    text: str
    author: str
    written_at: datetime


class Notes:
    """The notes of one site.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, customer_id: str, text: str, author: str) -> None:
        """Keep a note on a customer.

        Raises
        ------
        Refusal
            If it is empty or too long, or holds what cannot be seen.
        StateUnusable
        """
        kept = text.replace("\r\n", "\n").strip()
        if not kept:
            raise Refusal(_("Write something before you save the note."), "note")
        if len(kept) > LONGEST:
            said = _(
                "A note has {most} characters at most; this one has {n}.",
                most=number(LONGEST),
                n=number(len(kept)),
            )
            raise Refusal(said, "note")
        if not all(sign.isprintable() or sign in _UNSEEN for sign in kept):
            raise Refusal(
                _("The note holds characters that cannot be seen. Type it instead of pasting."), "note"
            )
        values = {
            "customer_id": customer_id,
            "text": kept,
            "author": author,
            "written_at": int(time.time()),
        }
        with self._state.writing() as connection:
            connection.execute(notes.insert().values(**values))
            add_within(connection, author, What.NOTE, customer_id, result="added")

    def remove(self, customer_id: str, number: int, who: str) -> None:
        """Remove a note of a customer.

        Raises
        ------
        NotFound
            If there is none of that number.
        StateUnusable
        """
        with self._state.writing() as connection:
            chosen = (notes.c.id == number) & (notes.c.customer_id == customer_id)
            if not connection.execute(delete(notes).where(chosen)).rowcount:
                raise NotFound(_("This note has already been removed. Reload the page."), "note")
            add_within(connection, who, What.NOTE, customer_id, result="removed")

    def of(self, customer_id: str) -> list[Note]:
        """Return the notes on a customer, the latest first.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            rows = connection.execute(_OF, {"customer": customer_id}).all()
        return [
            Note(row.id, row.text, row.author, datetime.fromtimestamp(row.written_at, UTC)) for row in rows
        ]
