"""What the columns of a kind of file may be, and which of a file's columns are what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from services.core.text.column_names import AXIS_NAMES
from services.training.reading.columns.layouts import Layout, shipped_layouts
from services.training.reading.columns.names import RoleNames, shipped

_LEDGER = ("customer", "invoice", "product", "description", "quantity", "date", "price", "amount")
_BESIDE = (
    "discount",
    "order_total",
    "order_subtotal",
    "order_discount",
    "status",
    "cancelled",
    "currency",
    "time",
    "email",
    "country",
    "opted_out",
)

_NEEDED = ("customer", "date")
OR_AMOUNT = " (or amount)"
"""Behind a role that is lacking, where an amount would do instead."""
_MONEY = ("quantity", "price")
_NEEDED_OF_CUSTOMERS = ("customer", "recency", "frequency", "monetary")


@dataclass(frozen=True)
class Schema:
    """What the columns of one kind of file are.

    Attributes
    ----------
    known : mapping
        Role to the names a header may give it.
    missing : callable
        From the roles found, and those that no column has, to those lacking, as they are said.
    needed : tuple of str
        Roles without which there is nothing to train on.
    figure : str
        A role that every row fills and that holds a digit where the row is no header.
    compares_ids : bool
        Whether a row that differs from another only in the customer's id is another row.
    layouts : tuple of Layout
        Exports that are known; ``forced`` where a person said that it is this one.
    """

    known: Mapping[str, RoleNames]
    missing: Callable[[Collection[str], Collection[str]], list[str]]
    needed: tuple[str, ...]
    figure: str
    compares_ids: bool = True
    layouts: tuple[Layout, ...] = ()
    forced: bool = False

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role a column may have."""
        return tuple(self.known)


def _lacking_of_transactions(roles: Collection[str], absent: Collection[str]) -> list[str]:
    missing = [role for role in _NEEDED if role not in roles]
    lacking = [role for role in _MONEY if role not in roles]
    if "amount" in roles or not lacking:
        return missing
    if "amount" in absent:
        return [*missing, *lacking]
    if "order_total" in roles:
        return missing
    one = len(lacking) == 1 and lacking[0] not in absent
    return [*missing, f"{lacking[0]}{OR_AMOUNT}" if one else "amount"]


def _lacking_of_customers(roles: Collection[str], _absent: Collection[str]) -> list[str]:
    return [role for role in _NEEDED_OF_CUSTOMERS if role not in roles]


TRANSACTIONS = Schema(
    {role: shipped(role) for role in _LEDGER} | {role: shipped(role, loose=False) for role in _BESIDE},
    _lacking_of_transactions,
    _NEEDED,
    figure="date",
    layouts=shipped_layouts(),
)
CUSTOMERS = Schema(
    {
        "customer": shipped("customer"),
        **{
            str(axis): RoleNames(tuple((name,) for name in names), loose=False)
            for axis, names in AXIS_NAMES.items()
        },
        "country": shipped("country", loose=False),
        "opted_out": shipped("opted_out", loose=False),
        "churned": shipped("churned", loose=False),
    },
    _lacking_of_customers,
    _NEEDED_OF_CUSTOMERS,
    figure="recency",
    compares_ids=False,
)


@dataclass(frozen=True)
class Columns:
    """A file's columns: their number, names and roles.

    Attributes
    ----------
    names : list of str
        In the file's order; ``column 3`` where the file has no header. Behind them what a layout makes of
        several columns.
    roles : dict
        Role to 0-based position.
    reasons : dict
        Role to why it is this column.
    rivals : dict
        Role to further columns that are as good by their names: what they hold has to decide.
    given : frozenset of str
        Roles that a person gave to a column, or of which they said that no column has them.
    layout : Layout or None
        The export that it is; its ``statuses`` say which orders are sales.
    shares : bool or None
        Whether a person said that the discounts are shares rather than money; None where nobody did.
    inside : frozenset of int
        Further positions that are read: the columns of which a layout makes a role.
    """

    names: list[str]
    roles: dict[str, int]
    reasons: dict[str, str] = field(default_factory=dict)
    rivals: dict[str, list[int]] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    layout: Layout | None = None
    inside: frozenset[int] = frozenset()
    shares: bool | None = None

    @property
    def open(self) -> bool:
        """Whether columns that no layout knows may play any role."""
        return self.layout is None or self.layout.complete

    @property
    def ignored(self) -> list[str]:
        """Names of the columns that play no role."""
        used = {*self.roles.values(), *self.inside}
        return [name for place, name in enumerate(self.names) if place not in used]
