"""Accounts: made, changed, listed. Whatever takes a right away ends the account's sessions."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import IntegrityError

from services.core.refusals import NotFound, Refusal
from services.site.people.audit import tame
from services.site.people.passwords import check_strength, hashed
from services.site.people.roles import Role
from services.site.state import State
from services.site.state.tables import attempts, sessions, users

NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")


@dataclass(frozen=True)
class Account:
    """An account as listed."""

    name: str
    role: Role
    disabled: bool


class Accounts:
    """The accounts of one site.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def any(self) -> bool:
        """Whether there is an account, disabled ones included: then nobody gets in without one."""
        with self._state.reading() as connection:
            return connection.execute(select(users.c.id).limit(1)).first() is not None

    def listed(self) -> list[Account]:
        """Return every account, by name."""
        query = select(users.c.name, users.c.role, users.c.disabled).order_by(users.c.name)
        with self._state.reading() as connection:
            return [Account(name, Role(role), off) for name, role, off in connection.execute(query)]

    def add(self, name: str, role: Role, password: str) -> None:
        """Make an account.

        Raises
        ------
        Refusal
            If the name is taken or no name, or the password too weak.
        """
        name = known_as(name)
        if not NAME.fullmatch(name):
            raise Refusal(
                f"“{name[:64]}” cannot be a name: use 2 to 64 of a–z, 0–9 and . _ @ + -, such as an e-mail "
                "address.",
                "name",
            )
        check_strength(name, password)
        kept = hashed(password)
        try:
            with self._state.writing() as connection:
                values = {"name": name, "role": role.value, "password": kept, "disabled": False}
                connection.execute(users.insert().values(**values, made_at=int(time.time())))
        except Refusal as fault:
            if isinstance(fault.__cause__, IntegrityError):
                raise Refusal(f"There is already an account {name}.", "name") from None
            raise

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role; it has to sign in again.

        Raises
        ------
        NotFound
        """
        self._change(name, role=role.value)

    def disable(self, name: str) -> None:
        """Shut an account out, at once; ``reset`` lets it in again.

        Raises
        ------
        NotFound
        """
        self._change(name, disabled=True)

    def reset(self, name: str, password: str) -> None:
        """Give an account a new password, and let it in again where it was locked or disabled.

        Raises
        ------
        NotFound, Refusal
        """
        check_strength(known_as(name), password)
        self._change(name, password=hashed(password), disabled=False)

    def _change(self, name: str, **values: object) -> None:
        name = known_as(name)
        with self._state.writing() as connection:
            number = connection.execute(select(users.c.id).where(users.c.name == name)).scalar()
            if number is None:
                raise NotFound(f"There is no account {name[:64]}.", "name")
            connection.execute(update(users).where(users.c.id == number).values(**values))
            _end_sessions(connection, number)
            if "password" in values:
                connection.execute(attempts.delete().where(attempts.c.account == name))


def known_as(name: str) -> str:
    """Return a name as it is kept: no blanks around it, small letters, nothing that no database can hold."""
    return tame(name.strip().casefold())


def _end_sessions(connection: Connection, user_id: int) -> None:
    ended = func.coalesce(sessions.c.ended_at, int(time.time()))
    connection.execute(update(sessions).where(sessions.c.user_id == user_id).values(ended_at=ended))
