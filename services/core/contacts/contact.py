"""A customer's contact: how they are reached, and whether they said that they may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

#: Texts of a contact, each None where nothing is known.
TEXTS = ("email", "phone", "first_name", "last_name", "country", "postcode")
CONSENTS = ("email_consent", "phone_consent")


@dataclass(frozen=True)
class Contact:
    """What is known of a customer beside their orders.

    Attributes
    ----------
    customer_id : str
        As ``services.core.text.customer_ids.canonical_id`` spells it.
    email : str or None
        In small letters, without blanks.
    phone : str or None
        E.164, such as ``+447911123456``.
    first_name, last_name : str or None
    country : str or None
        ISO 3166-1, two capitals.
    postcode : str or None
    email_consent, phone_consent : bool or None
        Whether they agreed to campaigns by e-mail, and by phone or text message; None where nobody said.
    attributes : mapping of str to str
        What else the file said, by its column.
    """

    customer_id: str
    email: str | None = None
    phone: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    country: str | None = None
    postcode: str | None = None
    email_consent: bool | None = None
    phone_consent: bool | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether they said no to campaigns somewhere, and yes nowhere."""
        said = (self.email_consent, self.phone_consent)
        return False in said and True not in said


def joined(first: Contact, later: Contact) -> tuple[Contact, bool]:
    """Make one contact of two rows on the same customer; say whether they contradict each other.

    What stands first stays; a no to campaigns counts wherever it stands.
    """
    changed: dict[str, object] = {}
    contradicts = False
    for name in (*TEXTS, *CONSENTS):
        one, other = getattr(first, name), getattr(later, name)
        if one is None:
            changed[name] = other
        elif other is not None and other != one:
            contradicts = True
            if name in CONSENTS:
                changed[name] = False
    for name, value in later.attributes.items():
        contradicts |= first.attributes.get(name, value) != value
    changed["attributes"] = {**later.attributes, **first.attributes}
    return replace(first, **changed), contradicts  # type: ignore[arg-type]


def updated(known: Contact, new: Contact) -> Contact:
    """Give a contact as a newer file says it; what that file leaves open stays as it was known."""
    given = {name: getattr(new, name) for name in (*TEXTS, *CONSENTS)}
    told = {name: value for name, value in given.items() if value is not None}
    return replace(known, **told, attributes={**known.attributes, **new.attributes})


COLUMNS = tuple(each.name for each in fields(Contact))
