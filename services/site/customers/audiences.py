"""Saved audiences as data: a name, a period, and the customers in it as they were when it was saved."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Row, exists, func, select

from services.core.language.messages import _, later
from services.core.refusals import NotFound
from services.site.customers import audience_keeping
from services.site.people.audit import NOBODY
from services.site.state import State
from services.site.state.tables import SHOWN, audience_members, audiences

Source = Literal["segments", "movement", "cohorts", "churn", "rule", "product"]

_SAVED, _DRAFTED = later("saved"), later("saved as a draft")
"""What is logged of an audience."""


@dataclass(frozen=True)
class Draft:
    """An audience before it is saved.

    Attributes
    ----------
    name, owner, playbook : str
        What it is called, the person responsible, what is done with its customers.
    seed : str
        What the holdout was drawn by.
    source : {"segments", "movement", "cohorts", "churn", "rule", "product"}
        The page whose view it is.
    query : str
        Of that page's address, without the release.
    described : str
        The view in words, as it was called then.
    release, as_of : str
        The release whose customers they are, and its reference moment (ISO).
    starts_on, ends_on : date
        The first and the last day on which purchases count.
    holdout_share : float
        Asked for, 0–1.
    spend_anyway, point_worth : float or None
        Shop currency: what all its customers can be expected to spend in its days without a campaign, and
        what each further percentage point of buyers is worth, as of saving; None where that was not known.
    """

    name: str
    seed: str
    owner: str
    playbook: str
    source: Source
    query: str
    described: str
    release: str
    as_of: str
    starts_on: date
    ends_on: date
    holdout_share: float
    spend_anyway: float | None = None
    point_worth: float | None = None


@dataclass(frozen=True)
class Audience:
    """A saved audience; ``treated`` and ``holdout`` count its customers, ``made_at`` is UTC.

    One that is not ``started`` is a draft; one that is ``archived`` is kept, and not among the others.
    """

    id: int
    draft: Draft
    made_at: datetime
    treated: int
    holdout: int
    started: bool = True
    archived: bool = False


@dataclass(frozen=True)
class Member:
    """A customer of an audience."""

    customer_id: str
    held_out: bool


class Audiences:
    """The audiences of one site; each is kept together with its row of the audit log, or neither is.

    Parameters
    ----------
    state : State
    who : str
        Who saves, for the audit log.
    """

    def __init__(self, state: State, who: str = NOBODY) -> None:
        self._state = state
        self._who = who

    def add(self, draft: Draft, members: Sequence[Member], *, started: bool = True) -> int:
        """Keep an audience with its members and return its id; nobody sees it before it is whole.

        Others change records meanwhile. Who is erased then is not among the members.

        Parameters
        ----------
        draft : Draft
        members : sequence of Member
        started : bool
            Whether its campaign runs on its days; else it is kept as a draft until somebody starts it.

        Raises
        ------
        Refusal
            If saving was interrupted for an hour; then nothing is kept.
        StateUnusable
            If it cannot be kept; then nothing is.
        """
        now = int(time.time())
        values = asdict(draft) | {
            "starts_on": draft.starts_on.isoformat(),
            "ends_on": draft.ends_on.isoformat(),
            "made_at": now,
            "started_at": now if started else None,
        }
        rows = [{"customer_id": each.customer_id, "held_out": each.held_out} for each in members]
        result = (_SAVED if started else _DRAFTED).text
        audience_keeping.clear_left_over(self._state)
        return audience_keeping.write(self._state, values, rows, self._who, result)

    def clear(self) -> None:
        """Remove what a process left behind that was killed while it saved or deleted an audience.

        Raises
        ------
        StateUnusable
        """
        audience_keeping.clear_left_over(self._state)

    def listed(self) -> list[Audience]:
        """Return all audiences, the archived ones too, the latest first.

        Raises
        ------
        StateUnusable
        """
        return self._read(None)

    def one(self, number: int) -> Audience:
        """Return an audience by its id.

        Raises
        ------
        NotFound, StateUnusable
        """
        found = self._read(number)
        if not found:
            raise NotFound(
                _("There is no audience {number}; it may have been deleted.", number=number), "audience"
            )
        return found[0]

    def members(self, number: int) -> list[Member]:
        """Return an audience's customers in the order of their ids' bytes.

        Raises
        ------
        StateUnusable
        """
        query = select(audience_members.c.customer_id, audience_members.c.held_out).where(
            audience_members.c.audience_id == number, exists().where(SHOWN, audiences.c.id == number)
        )
        with self._state.reading() as connection:
            found = [Member(customer_id, held_out) for customer_id, held_out in connection.execute(query)]
        return sorted(found, key=lambda member: member.customer_id.encode())

    def _read(self, number: int | None) -> list[Audience]:
        held_out = func.count().filter(audience_members.c.held_out)
        counted = select(
            audience_members.c.audience_id, func.count().label("customers"), held_out.label("held_out")
        ).group_by(audience_members.c.audience_id)
        wanted = select(audiences).where(SHOWN).order_by(audiences.c.id.desc())
        if number is not None:
            counted = counted.where(audience_members.c.audience_id == number)
            wanted = wanted.where(audiences.c.id == number)
        with self._state.reading() as connection:
            sizes = {found: (of, left_out) for found, of, left_out in connection.execute(counted)}
            return [_audience(row, *sizes.get(row.id, (0, 0))) for row in connection.execute(wanted)]


def _audience(row: Row[Any], customers: int, held_out: int) -> Audience:
    kept = dict(row._mapping)
    number, made_at = kept.pop("id"), kept.pop("made_at")
    started, archived, *_ = (
        kept.pop(name) is not None for name in ("started_at", "archived_at", "deleted_at", "saving")
    )
    days = {name: date.fromisoformat(kept[name]) for name in ("starts_on", "ends_on")}
    made = datetime.fromtimestamp(made_at, UTC)
    return Audience(number, Draft(**kept | days), made, customers - held_out, held_out, started, archived)
