"""Who of an audience is in a file for another tool, and who is not and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from services.campaigns.reachable import opted_out
from services.campaigns.treated import treated
from services.core.contacts.contact import Contact
from services.core.text.customer_ids import folded
from services.site.customers.contacts import Contacts

if TYPE_CHECKING:
    from services.core.contacts.tools import Tool
    from services.serving.release.loaded import Loaded
    from services.site.customers.audiences import Member
    from services.site.customers.opt_outs import OptOuts


@dataclass(frozen=True)
class Reached:
    """Whose contacts an audience's files may hold.

    Attributes
    ----------
    contacts : list of Contact
        Of the campaign group, only with addresses that were agreed to and are nobody's who must not get the
        campaign; in the members' order.
    held_out, opted_out, gone, unknown, refused : int
        Members left out: held out; opted out; no longer in the release; without a contact; whose contact
        holds no address with a yes.
    shared : int
        Left out because their addresses are also those of somebody held out, opted out or listed before.
    """

    contacts: list[Contact]
    held_out: int
    opted_out: int
    gone: int
    unknown: int
    refused: int
    shared: int


@dataclass(frozen=True)
class ToolFile:
    """A tool's file: its rows in the members' order, and how many the tool could not find anybody by."""

    tool: Tool
    contacts: list[Contact]
    unusable: int

    def rows(self) -> Iterator[list[str]]:
        """Give the header, then a row a contact."""
        yield self.tool.head
        yield from map(self.tool.row, self.contacts)


def reached(release: Loaded, members: Sequence[Member], opt_outs: OptOuts, store: Contacts) -> Reached:
    """Find whose contacts an audience's files may hold: who is treated, and agreed to be written to.

    Parameters
    ----------
    release : Loaded
    members : sequence of Member
    opt_outs : OptOuts
    store : Contacts

    Raises
    ------
    StateUnusable
    """
    found = treated(release, members, opt_outs)
    chosen = [folded(release.id_of(row)) for row in found.rows.tolist()]
    held_out = [folded(each.customer_id) for each in members if each.held_out]
    known = store.among(chosen)
    out = {folded(release.id_of(row)) for row in np.flatnonzero(opted_out(release, opt_outs)).tolist()}
    barred = _addresses(list(store.among([*held_out, *sorted(out | opt_outs.ids())]).values()))
    contacts: list[Contact] = []
    refused = shared = 0
    for each in (known[one] for one in chosen if one in known):
        agreed = _agreed(each)
        free = _without(agreed, barred)
        if free.email or free.phone:
            contacts.append(free)
            barred |= _addresses([free])
        elif agreed.email or agreed.phone:
            shared += 1
        else:
            refused += 1
    gone = len(members) - len(held_out) - found.left_out - len(chosen)
    unknown = len(chosen) - len(contacts) - refused - shared
    return Reached(contacts, len(held_out), found.left_out, gone, unknown, refused, shared)


def file_of(tool: Tool, found: Reached) -> ToolFile:
    """Make a tool's file of those who may be reached."""
    taken = [
        each if each.email is None or tool.takes(each.email) else replace(each, email=None)
        for each in found.contacts
    ]
    usable = [each for each in taken if tool.usable(each)]
    return ToolFile(tool, usable, len(taken) - len(usable))


def left_out(found: Reached, unusable: int = 0) -> Mapping[str, int]:
    """Name who is not in a file and why, those reasons that took somebody."""
    reasons = {
        "held out": found.held_out,
        "opted out": found.opted_out,
        "not in the release": found.gone,
        "not in the contacts": found.unknown,
        "without consent": found.refused,
        "sharing an address with someone left out or listed before": found.shared,
        "without an address that the tool takes": unusable,
    }
    return {reason: count for reason, count in reasons.items() if count}


def _agreed(contact: Contact) -> Contact:
    """Give a contact with the addresses alone that were agreed to."""
    return replace(
        contact,
        email=contact.email if contact.email_consent else None,
        phone=contact.phone if contact.phone_consent else None,
    )


def _without(contact: Contact, barred: set[str]) -> Contact:
    email = None if contact.email in barred else contact.email
    return replace(contact, email=email, phone=None if contact.phone in barred else contact.phone)


def _addresses(contacts: Sequence[Contact]) -> set[str]:
    return {address for each in contacts for address in (each.email, each.phone) if address}
