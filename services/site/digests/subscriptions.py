"""Who gets a digest: by which way, when, in which language, with links to which address.

Each change is in the audit log.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import Row, delete, func, select

from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal
from services.site.digests.receivers import Channel, receiver_of, shown
from services.site.digests.sendings import begin
from services.site.digests.when import Rhythm
from services.site.people.accounts import Accounts
from services.site.people.audit import NOBODY, What, add_within
from services.site.setting_values import is_web_address
from services.site.state import State, alone_with
from services.site.state.tables import digest_sendings, digest_subscriptions

if TYPE_CHECKING:
    from services.site.settings import Settings

MOST = 10
"""How many digests an account may have."""
_LONGEST_LINK = 200
_OF = digest_subscriptions.c


@dataclass(frozen=True)
class Subscription:
    """One digest that somebody asked for.

    Attributes
    ----------
    id : int
    account : str
        Whose it is.
    channel : {"mail", "webhook", "slack"}
    address : str
        May hold a key: ``receiver`` does not.
    rhythm : Rhythm
    link : str
        Where the site is, ``https://desk.example.com``; no slash at the end.
    made_at : datetime
        UTC.
    language : str or None
        In which it is written, ISO 639-1; None for that of the site.
    """

    id: int
    account: str
    channel: Channel
    address: str
    rhythm: Rhythm
    link: str
    made_at: datetime
    language: str | None

    @property
    def receiver(self) -> str:
        """The address without what may be a key."""
        return shown(self.channel, self.address)

    @property
    def logged(self) -> str:
        """How the audit log names it: ``mail ana@example.org``."""
        return f"{self.channel} {self.receiver}"


class Subscriptions:
    """The digests that people of one site asked for.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def add(
        self,
        account: str,
        channel: str,
        address: str,
        rhythm: Rhythm,
        link: str,
        settings: Settings,
        by: str | None = None,
        language: str | None = None,
    ) -> Subscription:
        """Keep that an account wants a digest; the first one comes when it is next due.

        Parameters
        ----------
        account, channel, address : str
        rhythm : Rhythm
        link : str
            Where the site is.
        settings : Settings
            Whether anything can be sent there.
        by : str, optional
            Who asks, where that is somebody else.
        language : str, optional
            In which it is written, ISO 639-1; that of the site where it is left out.

        Raises
        ------
        NotFound
            If there is no such account.
        Refusal
        StateUnusable
        """
        there = Accounts(self._state).listed()
        if account not in ([each.name for each in there] or [NOBODY]):
            raise NotFound(_("There is no account {name}.", name=account[:64]), "account")
        known, receiver = receiver_of(channel, address, settings)
        now = int(self._clock())
        values: dict[str, Any] = {
            "account": account,
            "channel": known,
            "address": receiver,
            "every": rhythm.every,
            "day": rhythm.day,
            "hour": rhythm.hour,
            "zone": rhythm.zone,
        }
        with self._state.writing() as connection:
            alone_with(connection, digest_subscriptions)
            same = [_OF[name] == value for name, value in values.items()]
            if connection.execute(select(_OF.id).where(*same)).first() is not None:
                raise Refusal(_("{name} has this digest already.", name=account), "address")
            own = select(func.count()).select_from(digest_subscriptions).where(_OF.account == account)
            if connection.execute(own).scalar_one() >= MOST:
                said = _("{name} has {most} digests already: remove one first.", name=account, most=MOST)
                raise Refusal(said, "account")
            kept = {**values, "link": link_of(link), "made_at": now, "language": language}
            added = digest_subscriptions.insert().values(**kept)
            made = _subscription(connection.execute(added.returning(digest_subscriptions)).one())
            # nothing that was due before anybody asked for it is sent
            begin(connection, made.id, rhythm.last(made.made_at).day, now)
            add_within(connection, by or account, What.DIGEST, made.logged, result=f"subscribed {account}")
        return made

    def remove(self, number: int, by: str, account: str | None = None) -> Subscription:
        """Remove a digest, of ``account`` alone where that is given.

        Raises
        ------
        NotFound, StateUnusable
        """
        wanted = _OF.id == number
        with self._state.writing() as connection:
            row = connection.execute(select(digest_subscriptions).where(wanted)).first()
            if row is None or account not in (None, row.account):
                raise NotFound(_("There is no digest {id}; it may have been removed.", id=number), "id")
            connection.execute(delete(digest_sendings).where(digest_sendings.c.subscription_id == number))
            connection.execute(delete(digest_subscriptions).where(wanted))
            gone = _subscription(row)
            add_within(connection, by, What.DIGEST, gone.logged, result=f"removed {gone.account}")
        return gone

    def listed(self, account: str | None = None) -> list[Subscription]:
        """Return all digests, or those of an account, in the order in which they were asked for.

        Raises
        ------
        StateUnusable
        """
        query = select(digest_subscriptions).order_by(_OF.id)
        with self._state.reading() as connection:
            found = connection.execute(query if account is None else query.where(_OF.account == account))
            return [_subscription(row) for row in found]


def link_of(given: str) -> str:
    """Return where the site is, without a slash at the end.

    Raises
    ------
    Refusal
    """
    kept = given.strip().rstrip("/")
    usable = len(kept) <= _LONGEST_LINK and kept.isprintable() and is_web_address(kept)
    if not usable or any((urlsplit(kept).path, urlsplit(kept).query, urlsplit(kept).fragment)):
        raise Refusal(
            _(
                "“{address}” is not the address of this site, such as https://desk.example.com.",
                address=given[:60],
            ),
            "link",
        )
    return kept


def _subscription(row: Row[Any]) -> Subscription:
    kept = dict(row._mapping)
    rhythm = Rhythm(*(kept.pop(name) for name in ("every", "day", "hour", "zone")))
    made = datetime.fromtimestamp(kept.pop("made_at"), UTC)
    return Subscription(**kept, rhythm=rhythm, made_at=made)
