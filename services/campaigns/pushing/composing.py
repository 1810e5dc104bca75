"""Who of an audience may be sent to a receiver, as of now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.campaigns.tool_files import Reached, left_out, reached
from services.site.customers.audiences import Audiences
from services.site.customers.contacts import Contacts
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.core.contacts.contact import Contact
    from services.core.contacts.receivers import Receiver
    from services.serving.release.loaded import Loaded
    from services.site.pushes.sending import Sending
    from services.site.state import State


@dataclass(frozen=True)
class Going:
    """Who of an audience can be sent, and why others cannot.

    Attributes
    ----------
    contacts : list of Contact
        In the members' order.
    left_out : mapping of str to int
        Reason to number of customers.
    """

    contacts: list[Contact]
    left_out: Mapping[str, int]


def going(receiver: Receiver, found: Reached) -> Going:
    """Tell those whom a receiver can be sent from those who cannot."""
    usable = [each for each in found.contacts if receiver.usable(each)]
    return Going(usable, left_out(found, len(found.contacts) - len(usable)))


def reached_now(release: Loaded, state: State, audience: int) -> Reached:
    """Find whose contacts may leave the site, by all that it knows at the moment.

    Raises
    ------
    StateUnusable
    """
    members = Audiences(state).members(audience)
    return reached(release, members, OptOuts(state), Contacts(state))


class Composer:
    """Finds who may be sent anew after each change that matters, and only then.

    Parameters
    ----------
    state : State
    sending : Sending
    """

    def __init__(self, state: State, sending: Sending) -> None:
        self._state = state
        self._sending = sending
        self._known: tuple[tuple[object, ...], dict[str, Contact]] | None = None

    def among(
        self, release: Loaded, receiver: Receiver, audience: int, ids: Collection[str]
    ) -> tuple[list[Contact], str]:
        """Return the contacts of those of some customers who may be sent, and the stamp they hold under.

        Parameters
        ----------
        release : Loaded
            The active one: its file may have a column of who opted out.
        receiver : Receiver
        audience : int
        ids : collection of str

        Raises
        ------
        StateUnusable
        """
        stamp = self._sending.stamp()  # before all that it vouches for
        key = (stamp, release.id, receiver.id, audience)
        if self._known is None or self._known[0] != key:
            found = going(receiver, reached_now(release, self._state, audience))
            self._known = key, {each.customer_id: each for each in found.contacts}
        contacts = self._known[1]
        return [contacts[each] for each in ids if each in contacts], stamp
