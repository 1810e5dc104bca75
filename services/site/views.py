"""Saved views: a page's address under a name, of one person or of the whole team. Each change is logged.

Whoever changes one names what they saw: if somebody else renamed or deleted it meanwhile, nothing is done.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, not_, or_, select, update

from services.core.refusals import NotFound, Refusal
from services.site.people.audit import What, add_within
from services.site.state import State, alone_with
from services.site.state.tables import views

LONGEST_NAME = 80
LONGEST_QUERY = 4_000
MOST_OWN = 50
"""How many views one person may keep for themselves."""
MOST_OF_TEAM = 100
_OF = views.c
# what joins signs of one word, in names of some scripts and in emoji
_JOINING = "\u200c\u200d"


@dataclass(frozen=True)
class View:
    """A saved view.

    Attributes
    ----------
    id : int
    owner : str
        Account of who saved it.
    shared : bool
        Whether everybody sees it, or its owner alone.
    name : str
    path, query : str
        The page's address; no question mark between them.
    made_at : datetime
        UTC.
    """

    id: int
    owner: str
    shared: bool
    name: str
    path: str
    query: str
    made_at: datetime

    @property
    def address(self) -> str:
        """Where it leads."""
        return f"{self.path}?{self.query}" if self.query else self.path


class Views:
    """The views that one person sees.

    Parameters
    ----------
    state : State
    who : str
        The account, also for the log.
    keeps_all : bool
        Whether they may change the team's views that others saved.
    """

    def __init__(self, state: State, who: str, *, keeps_all: bool = False) -> None:
        self._state = state
        self._who = who
        self._keeps_all = keeps_all

    def listed(self) -> list[View]:
        """Return their own views and the team's, by name.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            rows = connection.execute(select(views).where(or_(_OF.owner == self._who, _OF.shared))).all()
        return sorted(map(_view, rows), key=lambda view: (_folded(view.name), view.id))

    def may_change(self, view: View) -> bool:
        """Whether they may rename and delete a view that they see."""
        return view.owner == self._who or self._keeps_all

    def add(self, name: str, path: str, query: str, *, shared: bool) -> View:
        """Keep a view and return it; one that they kept already, name and all, is returned as it is.

        Parameters
        ----------
        name : str
            As typed.
        path, query : str
            Of a page; the query without a question mark.
        shared : bool
            Whether it is the team's.

        Raises
        ------
        Refusal
            If there are too many, there is one of this name, or the name or the query is none that can be
            kept.
        StateUnusable
        """
        kept = name_of(name)
        if len(query) > LONGEST_QUERY:
            raise Refusal(
                f"This view’s address has {len(query):,} characters, and at most {LONGEST_QUERY:,} can be "
                "saved. Choose fewer values in its filters.",
                "name",
            )
        values: dict[str, Any] = {"owner": self._who, "shared": shared, "name": kept}
        added = views.insert().values(**values, path=path, query=query, made_at=int(time.time()))
        with self._state.writing() as connection:
            alone_with(connection, views)
            beside = self._beside(connection, self._who, shared=shared)
            for each in beside:  # pressed twice
                if (each.owner, each.name, each.path, each.query) == (self._who, kept, path, query):
                    return each
            most = MOST_OF_TEAM if shared else MOST_OWN
            if len(beside) >= most:
                whose = "There are" if shared else "You have"
                whom = " for everybody" if shared else ""
                raise Refusal(f"{whose} {most} saved views{whom}, and no more fit. Delete one first.", "name")
            _refuse_double(kept, beside, shared=shared)
            made = _view(connection.execute(added.returning(views)).one())
            result = "saved for everybody" if shared else "saved"
            add_within(connection, self._who, What.VIEW, str(made.id), result=result)
        return made

    def rename(self, number: int, seen: str, name: str) -> View:
        """Give a view another name, and return it as it is then; one that has it already is left so.

        Parameters
        ----------
        number : int
        seen : str
            The name that it had when it was seen.
        name : str
            As typed.

        Raises
        ------
        Refusal, NotFound, StateUnusable
        """
        kept = name_of(name)
        with self._changing(number, (seen, kept)) as (connection, view):
            if view.name == kept:  # pressed twice, or nothing was changed
                return view
            beside = self._beside(connection, view.owner, shared=view.shared)
            _refuse_double(kept, [each for each in beside if each.id != number], shared=view.shared)
            connection.execute(update(views).where(_OF.id == number).values(name=kept))
            add_within(connection, self._who, What.VIEW, str(number), result="renamed")
        return replace(view, name=kept)

    def delete(self, number: int, seen: str) -> View:
        """Remove a view for good and return what it was.

        Raises
        ------
        Refusal, NotFound, StateUnusable
        """
        with self._changing(number, (seen,)) as (connection, view):
            connection.execute(delete(views).where(_OF.id == number))
            add_within(connection, self._who, What.VIEW, str(number), result="deleted")
        return view

    @contextmanager
    def _changing(self, number: int, names: Collection[str]) -> Iterator[tuple[Connection, View]]:
        """Give a connection and the view while it has one of these names."""
        with self._state.writing() as connection:
            alone_with(connection, views)
            visible = and_(_OF.id == number, or_(_OF.owner == self._who, _OF.shared))
            row = connection.execute(select(views).where(visible)).first()
            if row is None:
                raise NotFound(
                    "This view is not there any more: it has been deleted. Nothing else was changed.",
                    "change",
                )
            view = _view(row)
            if not self.may_change(view):
                raise Refusal(
                    "Only the person who saved this view, or an admin, can change it. Save it under another "
                    "name instead.",
                    "change",
                )
            if view.name not in names:
                raise Refusal(
                    f"Somebody renamed this view to “{view.name}” meanwhile, so nothing was changed. Choose "
                    "it again from the list.",
                    "change",
                )
            yield connection, view

    def _beside(self, connection: Connection, owner: str, *, shared: bool) -> list[View]:
        """Return the views that a name has to differ from: the team's, or one person's own."""
        where: ColumnElement[bool] = _OF.shared if shared else and_(_OF.owner == owner, not_(_OF.shared))
        return [_view(row) for row in connection.execute(select(views).where(where))]


def name_of(typed: str) -> str:
    """Return a view's name as it is kept: in one line, without blanks around it.

    Raises
    ------
    Refusal
    """
    kept = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not kept:
        raise Refusal("Give the view a name first.", "name")
    if len(kept) > LONGEST_NAME:
        raise Refusal(f"A name has {LONGEST_NAME} characters at most; this one has {len(kept):,}.", "name")
    if not all(sign.isprintable() or sign in _JOINING for sign in kept) or not kept.strip(_JOINING):
        raise Refusal("The name holds characters that cannot be seen. Type it instead of pasting.", "name")
    return kept


def _refuse_double(name: str, beside: list[View], *, shared: bool) -> None:
    same = next((each.name for each in beside if _folded(each.name) == _folded(name)), None)
    if same is not None:
        whose = "There is already a view for everybody," if shared else "You already have a view"
        raise Refusal(f"{whose} “{same}”. Choose another name, or delete that one first.", "name")


def _folded(name: str) -> str:
    return name.casefold()


def _view(row: Row[Any]) -> View:
    kept = dict(row._mapping)
    return View(**kept | {"made_at": datetime.fromtimestamp(kept["made_at"], UTC)})
