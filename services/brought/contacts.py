"""A file of customers' contacts is read, joined by the customer's id and kept with the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from services.core.contacts.columns import names, roles_of
from services.core.contacts.gathering import (
    MOST_ATTRIBUTES,
    REJECTED,
    UNUSED,
    Asked,
    Gathered,
    gather,
    id_of,
    ids_in,
    reason,
)
from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.text.column_names import plain
from services.releases import working_folder
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.training.labelled.reading import Read, read_table
from services.training.labelled.refusing import Like
from services.training.lines.engine import MEMORY_MB

_USEFUL = ("email", "phone", "consent", "email_consent", "phone_consent", "refusal", "email_refusal")
_LIKE = Like(
    later(
        "The file has no column of a list of contacts, such as Customer ID, Email or Phone. It has {columns}."
    ),
    later("No table of the file has columns of a list of contacts, such as Customer ID, Email or Phone."),
)


class Customers(Protocol):
    """The customers of the active release, as far as contacts ask for them."""

    def has(self, customer_id: str) -> bool:
        """Whether there is such a customer."""

    def country_of(self, customer_id: str) -> str | None:
        """Give the code of their country, None where it is not known."""


@dataclass(frozen=True)
class Wanted:
    """What is to be done with a file.

    Attributes
    ----------
    id_column : str or None
        The header of the ids; without it the one that names customers of the release.
    sheet : str or None
    country : str
        ISO 3166-1, whose phone numbers are dialled without a prefix where nothing else is known.
    replace : bool
        Whether contacts that the file does not name go.
    all_agreed : bool
        Whether everybody in it agreed to campaigns, where no column says otherwise.
    """

    country: str
    id_column: str | None = None
    sheet: str | None = None
    replace: bool = False
    all_agreed: bool = False


def bring(
    path: Path,
    wanted: Wanted,
    customers: Customers | None,
    store: Contacts,
    forgotten: Forgotten,
    *,
    who: str,
    work: Path,
    memory_mb: int = MEMORY_MB,
) -> dict[str, Any]:
    """Keep the contacts of a file.

    Parameters
    ----------
    path : Path
        CSV (also packed) or an Excel workbook.
    wanted : Wanted
    customers : Customers or None
        None where no release is active; then nobody is known.
    store, forgotten : Contacts, Forgotten
    who : str
        For the log.
    work : Path
        As ``services.releases.working_folder`` takes it.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Returns
    -------
    dict
        What ``contacts --json`` prints.

    Raises
    ------
    Refusal
        If the file cannot be read, has no column of ids or nothing to keep; then nothing is changed.
    StateUnusable
    """
    with working_folder(work) as scratch:
        known = [name for role in names().values() for name in role]
        read = read_table(
            path,
            scratch,
            id_column=wanted.id_column,
            sheet=wanted.sheet,
            known=known,
            like=_LIKE,
            memory_mb=memory_mb,
        )
    roles = _roles(read, wanted, customers)
    others = tuple(name for name in read.names if name and name not in roles.values() and len(name) <= 80)
    erased = frozenset(forgotten.among({each for cells in _rows(read) for each in ids_in(cells, roles)}))

    def country_of(customer_id: str) -> str:
        found = customers.country_of(customer_id) if customers else None
        return found or wanted.country

    asked = Asked(roles, others[:MOST_ATTRIBUTES], country_of, wanted.all_agreed, erased)
    found = gather(zip(read.lines, _rows(read), strict=True), asked)
    for line, _reason in read.rejected:
        found.reject(line, "unreadable")
    if not found.contacts:
        raise Refusal(
            _("No row of the file can be kept, so nothing was changed: no row has a customer ID."), "file"
        )
    kept = store.keep(found.contacts.values(), who=who, subject=read.name, replace=wanted.replace)
    unknown = sum(not customers.has(each) for each in found.contacts) if customers else len(found.contacts)
    return _receipt(read, roles, asked, found, unknown) | {
        "replaced": wanted.replace,
        **{name: getattr(kept, name) for name in ("added", "changed", "unchanged", "removed", "opted_out")},
        "reachable": {"email": kept.by_email, "phone": kept.by_phone},
        "warnings": [*read.warnings, *_warnings(found, roles, others, unknown, wanted)],
    }


def _rows(read: Read) -> Iterator[Mapping[str, str]]:
    for cells in zip(*read.cells.values(), strict=True):
        yield dict(zip(read.names, cells, strict=True))


def _roles(read: Read, wanted: Wanted, customers: Customers | None) -> dict[str, str]:
    """Say which column is what; the ids are in the one that names most customers of the release."""
    roles = roles_of(read.names)
    if wanted.id_column:
        roles["customer"] = read.named(wanted.id_column) or wanted.id_column
        roles = {
            role: name
            for role, name in roles.items()
            if role in ("customer", "email") or name != roles["customer"]
        }
        return roles
    candidates = dict.fromkeys(
        name for name in (roles.get("customer"), read.id, roles.get("email"), roles.get("phone")) if name
    )
    if not candidates:
        raise Refusal(
            _("No column of the file has customer IDs. Name it “Customer ID”, or give its name."),
            "id",
            choices=read.names,
        )
    roles["customer"] = max(candidates, key=lambda name: _joined_by(read, name, customers))
    if not any(role in roles for role in _USEFUL):
        shown = ", ".join(f"“{name}”" for name in read.names[:20])
        raise Refusal(
            _(
                "The file has no e-mails, phone numbers or consent. It has {columns}. Name the columns "
                "Email, Phone or Consent.",
                columns=shown,
            ),
            "file",
        )
    return roles


def _joined_by(read: Read, name: str, customers: Customers | None) -> int:
    """Count the customers of the release that a column names; the first of equals is taken."""
    if customers is None:
        return 0
    return sum(customers.has(found) for cell in set(read.cells[name]) if (found := id_of(cell)))


def _receipt(
    read: Read, roles: Mapping[str, str], asked: Asked, found: Gathered, unknown: int
) -> dict[str, Any]:
    return {
        "file": read.name,
        "rows": found.rows,
        "kept": found.kept,
        "rejected": {rule: found.rejected[rule] for rule in REJECTED if found.rejected[rule]},
        "unused": {rule: found.unused[rule] for rule in UNUSED if found.unused[rule]},
        "first": [{"line": line, "rule": rule, "reason": reason(rule)} for line, rule in sorted(found.first)],
        "contacts": len(found.contacts),
        "repeated": found.repeated,
        "contradictory": found.contradictory,
        "unknown": unknown,
        "columns": dict(roles),
        "attributes": list(asked.attributes),
    }


def _warnings(
    found: Gathered, roles: Mapping[str, str], others: Sequence[str], unknown: int, wanted: Wanted
) -> list[str]:
    said = []
    if not any(role.endswith("consent") for role in roles) and not wanted.all_agreed:
        said.append(
            _(
                "No column says who agreed to campaigns, so nobody new is added to files for other tools. "
                "Bring the file with a column Consent, or say that everybody in it agreed."
            )
        )
    if unknown:
        said.append(
            _(
                "Customers that are not in the release: {n} of {all}. Their contacts are kept for the next "
                "one.",
                n=number(unknown),
                all=number(len(found.contacts)),
            )
        )
    if found.contradictory:
        said.append(
            _(
                "Rows that contradict an earlier one on the same customer: {n}. The first one counts, but a "
                "no to campaigns always counts.",
                n=number(found.contradictory),
            )
        )
    if len(others) > MOST_ATTRIBUTES:
        said.append(
            plural(
                "The file has {n} further column; the first {most} are kept.",
                "The file has {n} further columns; the first {most} are kept.",
                len(others),
                n=number(len(others)),
                most=MOST_ATTRIBUTES,
            )
        )
    if plain(roles["customer"]) == plain(roles.get("email", "")):
        said.append(_("The file is joined by e-mail."))
    return said
