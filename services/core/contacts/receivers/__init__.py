"""Receivers that an audience's contacts are sent to: a layout of a request each, as data, with its source."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from services.core.contacts.contact import Contact
from services.core.contacts.tools import FORMS, Column

RECEIVERS = ("generic", "brevo", "hubspot")


@dataclass(frozen=True)
class Batch:
    """What a request says besides contacts.

    Attributes
    ----------
    audience : int
        Its number.
    name : str
        What it is called now.
    number, of : int
        Which request it is, from 1, and of how many.
    key : str
        The same at each try, and no other request's.
    """

    audience: int
    name: str
    number: int
    of: int
    key: str


@dataclass(frozen=True)
class Receiver:
    """Who takes contacts, and how a request looks.

    Attributes
    ----------
    id, name : str
    most : int
        Contacts of a request, at most.
    columns : tuple of Column
        What a contact says; what is not known is left out.
    contacts : str
        What the body calls the list of contacts.
    url : str or None
        Where its API is; None where only the settings can say.
    key : str or None
        The header with the API's key, ``{}`` for the key; None where there is none.
    within : str
        The object of a contact that holds the columns; empty where they stand in the contact itself.
    address : str
        What of a contact takes the e-mail, without which nobody can be sent; empty where a phone does, too.
    body, beside : mapping
        What every body, and every contact in it, also says.
    list : str
        What the body calls the numbers of the lists that contacts are put on; empty where it has none.
    about : bool
        Whether the body says what ``Batch`` does.
    signed : bool
        Whether a request has to be signed; else it may be.
    marked : bool
        Whether a contact has to be marked with its audience, to be found by it; else it may be.
    """

    id: str
    name: str
    most: int
    columns: tuple[Column, ...]
    contacts: str
    url: str | None = None
    key: str | None = None
    within: str = ""
    address: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, Any] = field(default_factory=dict)
    list: str = ""
    about: bool = False
    signed: bool = False
    marked: bool = False

    def usable(self, contact: Contact) -> bool:
        """Whether a contact has an address that it takes."""
        return bool(contact.email or (contact.phone and not self.address))

    def written(
        self,
        contacts: Sequence[Contact],
        batch: Batch,
        *,
        number: int | None = None,
        mark: str | None = None,
    ) -> str:
        """Write a request's body.

        Parameters
        ----------
        contacts : sequence of Contact
            All of them usable.
        batch : Batch
        number : int, optional
            Of the list that they are put on.
        mark : str, optional
            The column that says with which audience they were sent.

        Returns
        -------
        str
            JSON without blanks.
        """
        said: dict[str, Any] = dict(self.body)
        if self.about:
            said |= {"kind": "audience", "audience": batch.audience, "name": batch.name}
            said |= {"batch": batch.number, "of": batch.of, "key": batch.key}
        if self.list and number is not None:
            said[self.list] = [number]
        marked = {mark: marking(batch.audience)} if mark else {}
        said[self.contacts] = [self._entry(each, marked) for each in contacts]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    def header(self, key: str) -> tuple[str, str]:
        """Return the name and the value of the header with the API's key."""
        name, _, value = (self.key or "").partition(": ")
        return name, value.format(key)

    def _entry(self, contact: Contact, marked: Mapping[str, str]) -> dict[str, Any]:
        written = {each.header: FORMS[each.form](getattr(contact, each.field) or "") for each in self.columns}
        known = {**{name: text for name, text in written.items() if text}, **marked}
        said: dict[str, Any] = {self.address: contact.email} if self.address else {}
        return {**said, **self.beside, **({self.within: known} if self.within else known)}


def marking(audience: int) -> str:
    """Return what a contact is marked with: it stays when the audience gets another name."""
    return f"audience-{audience}"


@cache
def receivers() -> Mapping[str, Receiver]:
    """Return the receivers by id."""
    return {name: _receiver(name) for name in RECEIVERS}


def _receiver(name: str) -> Receiver:
    told: dict[str, Any] = tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
    columns = tuple(Column(**each) for each in told.pop("columns"))
    return Receiver(id=name, columns=columns, **told)
