"""The request that a thread answers: its id, as the proxy has it, and the rows of the audit log it wrote."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Traced:
    """A request.

    Attributes
    ----------
    id : str
        Of the proxy in front, else made by the site.
    rows : list of int
        Numbers of the rows that it wrote into the audit log so far.
    """

    id: str
    rows: list[int] = field(default_factory=list)


_answered: ContextVar[Traced | None] = ContextVar("answered", default=None)


def begin(request_id: str) -> Traced:
    """Say which request this thread answers from now on."""
    traced = Traced(request_id)
    _answered.set(traced)
    return traced


def end() -> None:
    """Say that this thread answers none any more."""
    _answered.set(None)


def answered() -> Traced | None:
    """Return the request that this thread answers; None where it is no thread of the server's."""
    return _answered.get()


def note_row(number: int) -> None:
    """Note a row of the audit log with the request that caused it."""
    if (traced := answered()) is not None and number not in traced.rows:
        traced.rows.append(number)
