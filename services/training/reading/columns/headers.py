"""Which column plays which role: names matched through spelling, or positions given by the user."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from services.core.refusals import Refusal
from services.core.text.column_names import AXIS_NAMES, plain

MAX_COLUMNS = 100

#: In the place of a column's name: no column has this role.
NONE = "-"

_OPTED_OUT = (
    "optout", "optedout", "marketingoptout", "emailoptout", "donotcontact", "donotmail", "donotemail",
    "nomarketing", "nocontact", "unsubscribed",
)  # fmt: skip

#: Names by role in a ledger, most telling first, as `plain` spells them.
_OF_TRANSACTIONS: dict[str, tuple[str, ...]] = {
    "customer": (
        "customerid", "customerno", "customernumber", "customercode", "customer", "custid", "clientid",
        "clientno", "client", "memberid", "membernumber", "member", "userid", "user", "buyerid", "buyer",
        "shopperid", "householdid", "household", "loyaltycard",
    ),
    "invoice": (
        "invoiceno", "invoiceid", "invoicenumber", "invoice", "orderid", "orderno", "ordernumber", "order",
        "transactionid", "transactionno", "transaction", "receiptid", "receiptno", "receiptnumber", "receipt",
        "basketid", "basket", "billno", "ticket",
    ),
    "product": (
        "stockcode", "sku", "productcode", "productid", "productno", "itemcode", "itemid", "itemno",
        "articlecode", "articleno", "article", "ean", "product", "item",
    ),
    "description": (
        "description", "productdescription", "productname", "itemdescription", "itemname", "title",
    ),
    "quantity": ("quantity", "qty", "pieces", "units", "unitssold", "quantityordered", "itemcount"),
    "date": (
        "invoicedate", "invoicetimestamp", "orderdate", "orderedat", "purchasedate", "purchasedat",
        "boughtat",
        "transactiondate", "saledate", "salesdate", "datetime", "timestamp", "date",
        "createdat",
    ),
    "price": ("unitprice", "priceperunit", "priceeach", "itemprice", "saleprice", "price"),
    "amount": (
        "amount", "lineamount", "linetotal", "totalamount", "totalprice", "totalsum", "total", "salesamount",
        "sales", "revenue", "turnover", "spend", "spent", "netamount", "value",
    ),
    "discount": ("discount", "linediscount", "discountamount"),
    "order_total": ("ordertotal", "invoicetotal", "grandtotal", "baskettotal"),
    "status": ("status", "orderstatus", "financialstatus", "paymentstatus"),
    "cancelled": (
        "cancelledat", "canceledat", "cancelledon", "canceledon", "cancelleddate", "canceleddate",
        "cancelled",
        "canceled", "iscancelled", "iscanceled", "voidedat", "voided", "isvoided", "storniertam", "storniert",
    ),
    "currency": ("currency", "currencycode", "ordercurrency", "ordercurrencycode"),
    "time": ("time", "ordertime", "saletime", "transactiontime", "invoicetime", "purchasetime"),
    "email": ("email", "emailaddress", "customeremail", "buyeremail", "billingemail"),
    "country": ("country", "countryname", "customercountry", "shippingcountry", "market"),
    "opted_out": _OPTED_OUT,
}  # fmt: skip

#: The same of a table with a row a customer.
_OF_CUSTOMERS: dict[str, tuple[str, ...]] = {
    "customer": _OF_TRANSACTIONS["customer"],
    **{str(axis): names for axis, names in AXIS_NAMES.items()},
    "country": _OF_TRANSACTIONS["country"],
    "opted_out": _OPTED_OUT,
}  # fmt: skip


@dataclass(frozen=True)
class Schema:
    """What the columns of one kind of file are.

    Attributes
    ----------
    synonyms : mapping
        Role to the names a header may give it.
    missing : callable
        From the roles found, and those that no column has, to those lacking, as they are said.
    needed : tuple of str
        Roles without which there is nothing to train on.
    figure : str
        A role that every row fills and that holds a digit where the row is no header.
    compares_ids : bool
        Whether a row that differs from another only in the customer's id is another row.
    """

    synonyms: Mapping[str, tuple[str, ...]]
    missing: Callable[[Mapping[str, int], Collection[str]], list[str]]
    needed: tuple[str, ...]
    figure: str
    compares_ids: bool = True

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role a column may have."""
        return tuple(self.synonyms)


_NEEDED = ("customer", "date")
_MONEY = ("quantity", "price")
_NEEDED_OF_CUSTOMERS = ("customer", "recency", "frequency", "monetary")


def _lacking_of_transactions(roles: Mapping[str, int], absent: Collection[str]) -> list[str]:
    missing = [role for role in _NEEDED if role not in roles]
    lacking = [role for role in _MONEY if role not in roles]
    if "amount" in roles or not lacking:
        return missing
    if "amount" in absent:
        return [*missing, *lacking]
    one = len(lacking) == 1 and lacking[0] not in absent
    return [*missing, f"{lacking[0]} (or amount)" if one else "amount"]


def _lacking_of_customers(roles: Mapping[str, int], _absent: Collection[str]) -> list[str]:
    return [role for role in _NEEDED_OF_CUSTOMERS if role not in roles]


TRANSACTIONS = Schema(_OF_TRANSACTIONS, _lacking_of_transactions, _NEEDED, figure="date")
CUSTOMERS = Schema(
    _OF_CUSTOMERS, _lacking_of_customers, _NEEDED_OF_CUSTOMERS, figure="recency", compares_ids=False
)


@dataclass(frozen=True)
class Columns:
    """A file's columns: their number, names and roles.

    Attributes
    ----------
    names : list of str
        In the file's order; ``column 3`` where the file has no header.
    roles : dict
        Role to 0-based position.
    """

    names: list[str]
    roles: dict[str, int]

    @property
    def ignored(self) -> list[str]:
        """Names of the columns that play no role."""
        used = set(self.roles.values())
        return [name for place, name in enumerate(self.names) if place not in used]


def tidy(name: str) -> str:
    """Give a header as it is shown: blanks, also invisible ones, collapsed, and cut to 80 characters."""
    return re.sub(r"[\s\u00a0\u200b-\u200d\u2060\ufeff]+", " ", name).strip()[:80]


def roles_in(header: Sequence[str], schema: Schema) -> int:
    """Count the roles whose names stand in a header."""
    found = {plain(name) for name in header}
    return sum(any(name in found for name in names) for names in schema.synonyms.values())


def positions(options: Mapping[str, str | int]) -> dict[str, int] | None:
    """Give the 0-based positions if every column is named by a position, else None."""
    named = {role: value for role, value in options.items() if value != NONE}
    if not named or not all(_is_place(str(value)) for value in named.values()):
        return None
    return {role: int(value) - 1 for role, value in named.items()}


def has_header(first: Sequence[str], options: Mapping[str, str | int], schema: Schema) -> bool:
    """Say whether a file's first row is a header.

    It is, unless the columns are given by position and what stands at the schema's ``figure`` has a digit.
    """
    places = positions(options)
    if places is None or schema.figure not in places:
        return True
    place = places[schema.figure]
    return not (0 <= place < len(first) and any(letter.isdigit() for letter in first[place]))


def match(first: Sequence[str], options: Mapping[str, str | int], schema: Schema) -> Columns:
    """Give the columns of a file their roles.

    Parameters
    ----------
    first : sequence of str
        The first row.
    options : mapping
        Roles the user gave to a name or a 1-based position, or to ``NONE``: no column has such a role, and
        none is looked for. A quantity and a price that are named make the money, whatever is called amount.
    schema : Schema

    Raises
    ------
    Refusal
        If there are too many columns, a name stands twice, or a needed role is missing.
    """
    if len(first) > MAX_COLUMNS:
        raise Refusal(
            f"The file has {len(first):,} columns; {MAX_COLUMNS} are the limit.",
            "columns",
            option="--columns",
        )
    if has_header(first, options, schema):
        names = [tidy(name) for name in first]
        _refuse_doubles(names)
    else:
        names = [f"column {number}" for number in range(1, len(first) + 1)]
    absent = _absent(options, schema)
    roles = _given(names, {role: value for role, value in options.items() if role not in absent}, schema)
    if roles.keys() >= set(_MONEY) and "amount" not in roles:
        absent.add("amount")
    spelled = {plain(name): place for place, name in reversed(list(enumerate(names)))}
    for role, synonyms in schema.synonyms.items():
        free = [spelled[name] for name in synonyms if name in spelled and spelled[name] not in roles.values()]
        if role not in roles and role not in absent and free:
            roles[role] = free[0]
    _refuse_missing(names, schema.missing(roles, absent))
    return Columns(names, roles)


def _refuse_doubles(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        key = plain(name)
        if key and key in seen:
            raise Refusal(
                f"The header {name!r} stands twice. Give each column its own name.",
                "columns",
                option="--columns",
            )
        seen.add(key)


def _absent(options: Mapping[str, str | int], schema: Schema) -> set[str]:
    """Give the roles of which the user says that no column has them."""
    absent = {role for role, value in options.items() if value == NONE and role in schema.synonyms}
    for role in schema.needed:
        if role in absent:
            raise Refusal(
                f"A training needs a column for {role}, so --columns {role}={NONE} cannot be. "
                f"Name the column, such as --columns {role}=NAME, or leave it to be found.",
                "columns",
                option="--columns",
            )
    return absent


def _given(names: list[str], options: Mapping[str, str | int], schema: Schema) -> dict[str, int]:
    roles: dict[str, int] = {}
    for role, value in options.items():
        if role not in schema.synonyms:
            known = ", ".join(schema.roles)
            raise Refusal(
                f"{role[:40]!r} is no role of a column. Roles: {known}.", "columns", option="--columns"
            )
        place = _place(names, value)
        if place is None:
            raise Refusal(
                f"There is no column {str(value)[:80]!r} for {role}. Found: {_listed(names)}.",
                "columns",
                option="--columns",
            )
        if place in roles.values():
            raise Refusal(f"The column {names[place]!r} was given two roles.", "columns", option="--columns")
        roles[role] = place
    return roles


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _place(names: list[str], value: str | int) -> int | None:
    wanted = str(value)
    for spell in (tidy, plain):
        spelled = [spell(name) for name in names]
        if not isinstance(value, int) and spell(wanted) and spell(wanted) in spelled:
            return spelled.index(spell(wanted))
    if _is_place(wanted) and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    return None


def _refuse_missing(names: list[str], missing: list[str]) -> None:
    if missing:
        example = missing[0].partition(" ")[0]
        raise Refusal(
            f"No column was found for {', '.join(missing)}. Found: {_listed(names)}. Say which is which, "
            f"such as --columns {example}=NAME, or by position in a file without a header.",
            "columns",
            option="--columns",
        )


def _listed(names: list[str]) -> str:
    shown = ", ".join(name or "(no name)" for name in names[:20])
    return shown + (f" and {len(names) - 20} more" if len(names) > 20 else "")
