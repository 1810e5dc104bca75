"""Whether a password is an account's: each try is counted first, and a name that nobody has takes as long."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Row, select

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.people import devices, tries
from services.site.people.passwords import matches, too_long
from services.site.state import State, alone_with
from services.site.state.tables import attempts, users


class Proving:
    """Looks at passwords, those of the sign-in page and those that people change.

    Parameters
    ----------
    state : State
    key : bytes
        The site's secret.
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, key: bytes, clock: Callable[[], float]) -> None:
        self._state = state
        self._key = key
        self._clock = clock

    def prove(
        self, name: str, password: str, address: str, device: str | None, wrong: str
    ) -> tuple[Row[int, str, bool], str]:
        """Return the account whose password this is, and the place under which the try was counted.

        Parameters
        ----------
        name : str
            As accounts are known.
        password : str
            As typed.
        address : str
            Where the request comes from.
        device : str or None
            What ``Sessions.device_of`` said when this browser signed in before.
        wrong : str
            The sentence for whatever does not fit.

        Raises
        ------
        TooManyTries
        Refusal
        """
        if too_long(password):
            raise Refusal(wrong, "password")
        with self._state.reading() as connection:
            found = account(name, connection)
        known = devices.known(device, found.id, found.password, self._key) if found else None
        place = tries.place_of_device(known) if known else tries.place_of(address)
        self._count(name, place, elsewhere=not known)
        if not matches(found.password if found else None, password) or found is None or found.disabled:
            raise Refusal(wrong, "password")
        return found, place

    def _count(self, name: str, place: str, *, elsewhere: bool) -> None:
        """Note a try before the password is looked at, so that many at once count as many."""
        now = int(self._clock())
        with self._state.writing() as connection:
            alone_with(connection, attempts)
            wait = tries.wait_to_sign_in(connection, name, place, now)
            if wait:
                raise tries.TooManyTries(_("Too many tries."), wait, known_device=elsewhere)
            tries.note(connection, name, place, now)


def account(name: str, connection: Connection, *, held: bool = False) -> Row[int, str, bool] | None:
    """Return number, kept password and whether it is disabled of an account; None of a name nobody has.

    ``held`` keeps others from changing it until what is being written is: SQLite lets one write at a time
    anyway, PostgreSQL would take in a change that somebody else makes in the same moment.
    """
    query = select(users.c.id, users.c.password, users.c.disabled).where(users.c.name == name)
    return connection.execute(query.with_for_update() if held else query).first()
