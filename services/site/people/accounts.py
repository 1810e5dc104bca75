"""Accounts: made, changed, listed. Whatever takes a right away ends the account's sessions."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal
from services.site.people import opened
from services.site.people.audit import What, add_within, tame
from services.site.people.passwords import check_strength, hashed
from services.site.people.roles import Role
from services.site.state import State, alone_with
from services.site.state.tables import attempts, users

NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")


@dataclass(frozen=True)
class Account:
    """An account as listed.

    Attributes
    ----------
    name : str
    role : Role
    disabled : bool
    signed_in_at : datetime or None
        UTC; None where nobody has signed in with it.
    first_password : bool
        Whether its password was made for its owner, who is to choose another.
    issuer : str or None
        The provider that its owner signs in with; None where a password opens it.
    """

    name: str
    role: Role
    disabled: bool
    signed_in_at: datetime | None = None
    first_password: bool = False
    issuer: str | None = None


class LastAdmin(Refusal):
    """A change after which nobody could let anybody in."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "{name} is the only admin who can sign in, so this was not changed: give somebody else the "
                "role admin first.",
                name=name,
            ),
            "name",
        )


class SignsInElsewhere(Refusal):
    """A change to what a provider says of somebody, not this site."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "{name} signs in with another service, whose groups give the role and which has the "
                "password: change both there.",
                name=name,
            ),
            "name",
        )


class Accounts:
    """The accounts of one site.

    Every change takes ``by``, who makes it: their name stands in the audit log, in the same transaction.

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
        columns = (users.c.name, users.c.role, users.c.disabled, users.c.signed_in_at)
        query = select(*columns, users.c.first_password, users.c.issuer).order_by(users.c.name)
        with self._state.reading() as connection:
            rows = connection.execute(query).all()
        return [
            Account(
                name,
                Role(role),
                off,
                None if at is None else datetime.fromtimestamp(at, UTC),
                bool(first),
                issuer,
            )
            for name, role, off, at, first, issuer in rows
        ]

    def add(
        self, name: str, role: Role, password: str, by: str | None = None, *, first: bool = False
    ) -> None:
        """Make an account.

        Parameters
        ----------
        name : str
        role : Role
        password : str
        by : str, optional
            Nothing is logged without.
        first : bool
            Whether the password was made for its owner, who has to choose another when they sign in.

        Raises
        ------
        Refusal
            If the name is taken or no name, or the password too weak.
        """
        name = known_as(name)
        if not NAME.fullmatch(name):
            raise Refusal(
                _(
                    "“{name}” cannot be a name: use 2 to 64 of a–z, 0–9 and . _ @ + -, such as an e-mail "
                    "address.",
                    name=name[:64],
                ),
                "name",
            )
        check_strength(name, password)
        values = {"name": name, "role": role.value, "password": hashed(password), "disabled": False}
        try:
            with self._state.writing() as connection:
                made_at = int(time.time())
                connection.execute(users.insert().values(**values, made_at=made_at, first_password=first))
                _log(connection, by, name, f"added, {role}")
        except Refusal as fault:
            if isinstance(fault.__cause__, IntegrityError):
                raise Refusal(_("There is already an account {name}.", name=name), "name") from None
            raise

    def set_role(self, name: str, role: Role, by: str | None = None, *, keep_admin: bool = False) -> None:
        """Give an account another role; it has to sign in again.

        Parameters
        ----------
        name : str
        role : Role
        by : str, optional
        keep_admin : bool
            Refuse it of the last admin who can sign in.

        Raises
        ------
        NotFound, LastAdmin, SignsInElsewhere
        """
        leaves = keep_admin and role is not Role.ADMIN
        self._change(name, by, f"role {role}", keep_admin=leaves, keep_link=True, role=role.value)

    def disable(self, name: str, by: str | None = None, *, keep_admin: bool = False) -> None:
        """Shut an account out, at once; ``enable`` and ``reset`` let it in again. As ``set_role``.

        Raises
        ------
        NotFound, LastAdmin
        """
        self._change(name, by, "disabled", keep_admin=keep_admin, disabled=True)

    def enable(self, name: str, by: str | None = None) -> None:
        """Let an account in again, with the password that it had.

        Raises
        ------
        NotFound
        """
        self._change(name, by, "enabled", disabled=False)

    def reset(
        self,
        name: str,
        password: str,
        by: str | None = None,
        *,
        first: bool = False,
        keep_link: bool = False,
    ) -> None:
        """Give an account a new password, and let it in again where it was locked or disabled. As ``add``.

        Somebody who signed in with a provider does so no longer, unless ``keep_link`` refuses that.

        Raises
        ------
        NotFound, SignsInElsewhere, Refusal
        """
        check_strength(known_as(name), password)
        self._change(
            name,
            by,
            "reset",
            keep_link=keep_link,
            password=hashed(password),
            disabled=False,
            first_password=first,
            issuer=None,
            subject=None,
        )

    def end_sessions(self, name: str, by: str | None = None) -> None:
        """Have an account sign in again everywhere.

        Raises
        ------
        NotFound
        """
        self._change(name, by, "sessions ended")

    def _change(
        self,
        name: str,
        by: str | None,
        said: str,
        *,
        keep_admin: bool = False,
        keep_link: bool = False,
        **values: object,
    ) -> None:
        name = known_as(name)
        with self._state.writing() as connection:
            if keep_admin:
                alone_with(connection, users)  # two admins who shut each other out in the same moment
            found = connection.execute(select(users.c.id, users.c.issuer).where(users.c.name == name)).first()
            if found is None:
                raise NotFound(_("There is no account {name}.", name=name[:64]), "name")
            if keep_admin and _admins(connection) == [name]:
                raise LastAdmin(name)
            if keep_link and found.issuer is not None:
                raise SignsInElsewhere(name)
            if values:
                connection.execute(update(users).where(users.c.id == found.id).values(**values))
            opened.end(connection, found.id, int(time.time()))
            if "password" in values:
                connection.execute(attempts.delete().where(attempts.c.account == name))
            _log(connection, by, name, said)


def known_as(name: str) -> str:
    """Return a name as it is kept: no blanks around it, small letters, nothing that no database can hold."""
    return tame(name.strip().casefold())


def _admins(connection: Connection) -> list[str]:
    """Return the admins who can sign in."""
    query = select(users.c.name).where(users.c.role == Role.ADMIN.value, users.c.disabled.is_(False))
    return list(connection.execute(query).scalars())


def _log(connection: Connection, by: str | None, name: str, said: str) -> None:
    if by is not None:
        add_within(connection, by, What.ACCOUNT, name, result=said)
