"""Rows of a file → contacts: each row is kept or rejected by a named rule, each cell used or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from services.core.contacts.addresses import email_of, phone_of
from services.core.contacts.consent import agreed, refused
from services.core.contacts.contact import Contact, joined
from services.core.contacts.countries import country_code
from services.core.language.messages import later
from services.core.text.customer_ids import BLANKS, MAX_LENGTH, canonical_id

#: Why a whole row is not kept.
REJECTED = {
    "unreadable": later("The row cannot be read."),
    "no_id": later("The row has no customer ID."),
    "long_id": later("The ID has more than {n} characters."),
    "forgotten": later("The customer was erased."),
}
#: Why a cell of a row that is kept is not used.
UNUSED = {
    "bad_email": later("Not an e-mail address; the row is kept without it."),
    "bad_phone": later("Not a phone number of that country; the row is kept without it."),
    "bad_country": later("Not a country; the row is kept without it."),
    "unclear_consent": later("Neither a yes nor a no to campaigns; it counts as not said."),
    "long_text": later("Longer than 255 characters; the row is kept without it."),
}
LONGEST = 255
MOST_ATTRIBUTES = 30
FIRST = 10
_ROLES_BY_CHANNEL = {"email_consent": "email_refusal", "phone_consent": "phone_refusal"}


@dataclass
class Gathered:
    """What a file's rows say.

    Attributes
    ----------
    contacts : dict of str to Contact
        By customer's id.
    rows : int
    rejected, unused : Counter of str
        Rows by ``REJECTED``, cells by ``UNUSED``.
    repeated, contradictory : int
        Rows on a customer that an earlier row was on already, and those of them that say something else.
    first : list of (int, str)
        Line and rule of the first ten rows or cells that were not taken.
    """

    contacts: dict[str, Contact] = field(default_factory=dict)
    rows: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    unused: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    contradictory: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """Rows that went into a contact."""
        return self.rows - self.rejected.total()

    def reject(self, line: int, rule: str) -> None:
        """Count a row that is not kept."""
        self.rows += 1
        self.rejected[rule] += 1
        self._note(line, rule)

    def leave(self, line: int, rule: str) -> None:
        """Count a cell that is not used."""
        self.unused[rule] += 1
        self._note(line, rule)

    def keep(self, contact: Contact) -> None:
        """Take a row's contact in."""
        self.rows += 1
        known = self.contacts.get(contact.customer_id)
        if known is None:
            self.contacts[contact.customer_id] = contact
            return
        self.repeated += 1
        self.contacts[contact.customer_id], contradicts = joined(known, contact)
        self.contradictory += contradicts

    def _note(self, line: int, rule: str) -> None:
        self.first.append((line, rule))
        if len(self.first) > FIRST:
            self.first.sort()
            self.first.pop()


@dataclass(frozen=True)
class Asked:
    """How a file's cells are to be understood.

    Attributes
    ----------
    roles : mapping of str to str
        Role to header; ``customer`` is the column by which the file is joined.
    attributes : sequence of str
        Headers of all else that is kept.
    country_of : callable
        Gives a customer's country by what is known of their orders, or that of the shop.
    all_agreed : bool
        Whether everybody of the file agreed to campaigns, where no cell says otherwise.
    forgotten : frozenset of str
        Ids and e-mails of customers who were erased.
    """

    roles: Mapping[str, str]
    attributes: tuple[str, ...]
    country_of: Callable[[str], str]
    all_agreed: bool = False
    forgotten: frozenset[str] = frozenset()


def id_of(cell: str) -> str | None:
    """Give a customer's id; Shopify writes an apostrophe before its digits."""
    bare = cell.strip(BLANKS)
    return canonical_id(bare[1:] if bare[:1] == "'" and bare[1:].isdigit() else bare)


def ids_in(cells: Mapping[str, str], roles: Mapping[str, str]) -> set[str]:
    """Give what in a row can be an id that was erased: the customer's, and their e-mail."""
    return {known for role in ("customer", "email") if role in roles and (known := id_of(cells[roles[role]]))}


def gather(rows: Iterable[tuple[int, Mapping[str, str]]], asked: Asked) -> Gathered:
    """Read rows.

    Parameters
    ----------
    rows : iterable of (int, mapping)
        Line, and header to cell.
    asked : Asked
    """
    found = Gathered()
    for line, cells in rows:
        customer_id = id_of(cells[asked.roles["customer"]])
        if customer_id is None:
            found.reject(line, "no_id")
        elif len(customer_id) > MAX_LENGTH:
            found.reject(line, "long_id")
        elif asked.forgotten and not asked.forgotten.isdisjoint(ids_in(cells, asked.roles)):
            found.reject(line, "forgotten")
        else:
            found.keep(_contact(customer_id, line, cells, asked, found))
    return found


def _contact(customer_id: str, line: int, cells: Mapping[str, str], asked: Asked, found: Gathered) -> Contact:
    def cell(role: str) -> str:
        header = asked.roles.get(role)
        return cells[header].strip(BLANKS) if header else ""

    def text(written: str) -> str | None:
        value = "".join(sign for sign in written if sign.isprintable()).strip()
        if len(value) > LONGEST:
            found.leave(line, "long_text")
            return None
        return value or None

    def read(role: str, way: Callable[[str], str | None]) -> str | None:
        written = cell(role)
        value = way(written) if written else None
        if written and value is None:
            found.leave(line, f"bad_{role}")
        return value

    country = read("country", country_code)
    region = country or asked.country_of(customer_id)
    others = {name: value for name in asked.attributes if (value := text(cells[name].strip(BLANKS)))}
    return Contact(
        customer_id,
        email=read("email", email_of),
        phone=read("phone", lambda written: phone_of(written, region)),
        first_name=text(cell("first_name")),
        last_name=text(cell("last_name")),
        country=country,
        postcode=text(cell("postcode")),
        attributes=others,
        **{
            channel: _consent(line, cell, channel, asked, found)
            for channel in ("email_consent", "phone_consent")
        },
    )


def _consent(
    line: int, cell: Callable[[str], str], channel: str, asked: Asked, found: Gathered
) -> bool | None:
    """Say whether a row agrees to a channel: a refusal counts first, then what is said of the channel."""
    if refused(cell("refusal")) or refused(cell(_ROLES_BY_CHANNEL[channel])):
        return False
    for role in (channel, "consent"):
        said = agreed(cell(role))
        if isinstance(said, bool):
            return said
        if said is not None and (role != "consent" or channel == "email_consent"):  # counted once
            found.leave(line, "unclear_consent")
        if said is not None:
            return None
    return True if asked.all_agreed else None


def reason(rule: str) -> str:
    """Say why a row is not kept, or a cell of it not used."""
    said = (REJECTED | UNUSED)[rule]
    return said(n=MAX_LENGTH) if rule == "long_id" else said()
