"""Accounts of people who sign in with a provider: it proves who they are, and their groups give the role.

Such an account has no password and is known by who says it (the issuer) and what they call the person (the
subject). Neither a name nor an e-mail address leads anybody to an account: both can become another's.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from services.core.language.messages import _, later
from services.core.refusals import NotFound, Refusal
from services.site.people import opened
from services.site.people.accounts import NAME, known_as
from services.site.people.audit import What, add_within
from services.site.people.roles import Role
from services.site.state import State, alone_with
from services.site.state.tables import users

UNKNOWN = "oidc:?"
"""How the audit log names whom a provider did not prove; no account can have this name."""
LOCKED = later("Your account is locked on this site. Ask an admin of this site.")
_LONGEST_SUBJECT = 255


@dataclass(frozen=True)
class Proven:
    """What a provider says of a person.

    Attributes
    ----------
    issuer, subject : str
        Who says it, and what they call the person.
    names : tuple of str
        What an account that is made may be called, the best first.
    groups : collection of str
    unverified : bool
        Whether it says that their e-mail address may be another's.
    """

    issuer: str
    subject: str
    names: tuple[str, ...]
    groups: Collection[str]
    unverified: bool = False

    @property
    def name(self) -> str:
        """What an account is called when it is made; empty where none of the names can be one."""
        known = map(known_as, self.names)
        return next((name for name in known if NAME.fullmatch(name)), "")


class ProviderAway(Refusal):
    """A provider that nobody can sign in with at the moment."""


class NotProven(Refusal):
    """An answer of a provider with which nobody is let in."""


class NotAllowed(Refusal):
    """Somebody who is who they say they are, and may not use the site.

    Parameters
    ----------
    sentence : str
    logged : str
        What the audit log has for it.
    """

    def __init__(self, sentence: str, logged: str) -> None:
        super().__init__(sentence)
        self.logged = logged


def admit(state: State, person: Proven, roles: Collection[tuple[str, Role]], called: str) -> str:
    """Return the name of somebody's account, made or brought up to date by what the provider says now.

    Parameters
    ----------
    state : State
    person : Proven
    roles : collection of (str, Role)
        The role that a group gives; of several the first that stands here.
    called : str
        The provider's name, for sentences.

    Raises
    ------
    NotAllowed
        If their address is not verified, no group gives a role, the account is locked, or its name is another
        account's or no name.
    """
    if person.unverified:
        raise NotAllowed(
            _(
                "Your e-mail address is not verified with {service}: verify it there, then sign in.",
                service=called,
            ),
            "e-mail not verified",
        )
    role = next((role for group, role in roles if group in person.groups), None)
    theirs = (users.c.issuer == person.issuer, users.c.subject == person.subject)
    query = select(users.c.id, users.c.name, users.c.role, users.c.disabled).where(*theirs)
    with state.writing() as connection:
        alone_with(connection, users)  # two first sign-ins of one person in the same moment
        found = connection.execute(query).first()
        if found is None and role is not None:
            return _added(connection, person, role, called)
        if found is not None and (role is None or found.role != role.value):
            opened.end(connection, found.id, int(time.time()))  # those with the rights of before
        if found is not None and role is not None and not found.disabled:
            if found.role != role.value:
                connection.execute(update(users).where(users.c.id == found.id).values(role=role.value))
                add_within(connection, as_logged(found.name), What.ACCOUNT, found.name, result=f"role {role}")
            return str(found.name)
    if role is not None:
        raise NotAllowed(LOCKED(), "locked")
    raise NotAllowed(
        _(
            "None of your groups with {service} may use this site. Ask an admin of this site which one may.",
            service=called,
        ),
        "in no group",
    )


def link(state: State, name: str, issuer: str, subject: str, by: str) -> None:
    """Have the owner of an account sign in with a provider from now on; its password and sessions end.

    Parameters
    ----------
    state : State
    name : str
    issuer : str
    subject : str
        What the provider calls its owner; the audit log has it beside a sign-in that was refused.
    by : str
        Who does it.

    Raises
    ------
    NotFound
    Refusal
        If another account belongs to them already, or nobody can be called so.
    """
    name = known_as(name)
    if not is_subject(subject):
        raise Refusal(
            _(
                "A subject has 1 to {most} letters, digits and signs, as the provider writes it.",
                most=_LONGEST_SUBJECT,
            ),
            "subject",
        )
    values = {"issuer": issuer, "subject": subject, "password": "", "first_password": False}
    try:
        with state.writing() as connection:
            number = connection.execute(select(users.c.id).where(users.c.name == name)).scalar()
            if number is None:
                raise NotFound(_("There is no account {name}.", name=name[:64]), "name")
            connection.execute(update(users).where(users.c.id == number).values(**values))
            opened.end(connection, number, int(time.time()))
            add_within(connection, by, What.ACCOUNT, name, result="signs in with the provider")
    except Refusal as fault:
        if isinstance(fault.__cause__, IntegrityError):
            raise Refusal(_("Another account belongs to this subject already."), "subject") from None
        raise


def is_subject(given: str) -> bool:
    """Whether a provider may call somebody so: ASCII of up to 255 characters (OpenID Connect Core 1.0)."""
    return 0 < len(given) <= _LONGEST_SUBJECT and given.isascii() and given.isprintable()


def as_logged(name: str) -> str:
    """Return how the audit log names what a provider changed of an account; no account has such a name."""
    return f"oidc:{name}"


def _added(connection: Connection, person: Proven, role: Role, called: str) -> str:
    name = person.name
    if not name:
        raise NotAllowed(
            _(
                "None of your names with {service} can be the name of an account. Ask an admin of this site.",
                service=called,
            ),
            "no name",
        )
    if connection.execute(select(users.c.id).where(users.c.name == name)).first():
        raise NotAllowed(
            _(
                "There is already an account {name}, which is not linked to you with {service}. If it is "
                "yours, ask an admin of this site to link it; until then, use its password if it has one.",
                name=name,
                service=called,
            ),
            "name taken",
        )
    values = {"name": name, "role": role.value, "password": "", "disabled": False}
    theirs = {"issuer": person.issuer, "subject": person.subject}
    connection.execute(
        users.insert().values(**values, **theirs, made_at=int(time.time()), first_password=False)
    )
    add_within(connection, as_logged(name), What.ACCOUNT, name, result=f"added, {role}")
    return name
