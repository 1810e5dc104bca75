"""Which column plays which role, as far as the names in the header tell, or the person says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.training.reading.columns import layouts
from services.training.reading.columns import names as naming
from services.training.reading.columns.addresses import (
    NONE,
    NoColumn,
    found_names,
    place_in,
    positions,
    written,
)
from services.training.reading.columns.layouts import Layout
from services.training.reading.columns.schema import CUSTOMERS, OR_AMOUNT, TRANSACTIONS, Columns, Schema
from services.training.reading.columns.telling import SETTLED, as_in, told

__all__ = [
    "CUSTOMERS", "MAX_COLUMNS", "NONE", "SETTLED", "SHARES", "TRANSACTIONS", "Columns", "MissingColumns",
    "Schema", "has_header", "match", "positions", "refuse_missing", "roles_in", "tidy",
]  # fmt: skip

MAX_COLUMNS = 1_000

#: What a person calls a discount of which the column holds shares, 0.1 or 10 for 10 %.
SHARES = "discount_share"

_MONEY = ("quantity", "price")

_ANOTHER_LAYOUT = later("Leave out --layout, or name another.")

#: What may be missing, as ``Schema.missing`` says it, and be told by what columns hold; and its role.
_TOLD_BY_CELLS = {"date": "date", f"quantity{OR_AMOUNT}": "quantity"}

#: Why a column plays its role, where a person said so: kept in English.
_NAMED = later("named with --columns").text


class MissingColumns(NoColumn):
    """No column plays a role that is needed, or several such roles."""

    def __init__(self, sentence: str, missing: Sequence[str], found: Sequence[str]) -> None:
        super().__init__(sentence, found)
        self.missing = tuple(missing)


def tidy(name: str) -> str:
    """Give a header as it is shown: blanks, also invisible ones, collapsed, and cut to 80 characters."""
    name = re.sub(r'^="([^"]*)"$', r"\1", name)
    return re.sub(r"[\s\u00a0\u200b-\u200d\u2060\ufeff]+", " ", name).strip()[:80]


def roles_in(header: Sequence[str], schema: Schema) -> int:
    """Count the roles whose names stand in a header; those of a known export all count."""
    known = naming.named(header, schema.known)
    layout = layouts.recognise(header, schema.layouts)
    return known + layout.fits(header) if layout else known


def has_header(first: Sequence[str], options: Mapping[str, str | int], schema: Schema) -> bool:
    """Say whether a file's first row is a header.

    It is, unless the columns are given by position and what stands at the schema's ``figure`` has a digit,
    or the row looks like the first of a known export without header.
    """
    places = positions(options)
    if places is None and not options and layouts.without_header(first, schema.layouts):
        return False
    if places is None or schema.figure not in places:
        return True
    place = places[schema.figure]
    return not (0 <= place < len(first) and any(letter.isdigit() for letter in first[place]))


def match(first: Sequence[str], options: Mapping[str, str | int], schema: Schema) -> Columns:
    """Give the columns of a file their roles, as far as their names tell.

    Parameters
    ----------
    first : sequence of str
        The first row.
    options : mapping
        Roles the user gave to a name or a 1-based position, or to ``NONE``: no column has such a role, and
        none is looked for. A quantity and a price that are named make the money, whatever is called amount.
    schema : Schema

    Returns
    -------
    Columns
        With rivals where names leave it open; ``services.training.reading.settling.rivals`` decides these.

    Raises
    ------
    Refusal
        If there are too many columns, one is named that is not there, or a needed role is missing.
    """
    options, shares = _of_discounts(options)
    if len(first) > MAX_COLUMNS:
        raise Refusal(
            plural(
                "The file has {n} column; the limit is {most}.",
                "The file has {n} columns; the limit is {most}.",
                len(first),
                n=number(len(first)),
                most=number(MAX_COLUMNS),
            ),
            "columns",
            option="--columns",
        )
    layout = None
    if has_header(first, options, schema):
        names = [tidy(name) for name in first]
        layout = _layout(names, schema)
    else:
        names = [f"column {number}" for number in range(1, len(first) + 1)]
        if not options and (layout := layouts.without_header(first, schema.layouts)):
            options = {role: int(place[0]) for role, place in layout.roles.items()}
    absent = _absent(options, schema)
    roles = _given(names, {role: value for role, value in options.items() if role not in absent}, schema)
    given = frozenset({*roles, *absent})
    reasons = dict.fromkeys(roles, _NAMED)
    if roles.keys() >= set(_MONEY) and "amount" not in roles:
        absent.add("amount")
    if layout and not layout.identified_by:
        reasons, rivals = dict.fromkeys(roles, as_in(layout)), {}
    else:
        rivals = told(names, roles, reasons, absent, layout, schema)
    missing = schema.missing({*roles, *_made(layout)}, absent)
    told_by_cells = None if layout else _TOLD_BY_CELLS.get("; ".join(missing))
    if told_by_cells:
        # what a column holds tells a date, and whether it may count pieces
        taken = {*roles.values(), *(place for places in rivals.values() for place in places)}
        rivals[told_by_cells] = [place for place in range(len(names)) if place not in taken]
    if told_by_cells != "quantity" and not rivals.get("date"):
        refuse_missing(names, missing, layout)
    return Columns(names, roles, reasons, rivals, given, layout, shares=shares)


def _of_discounts(options: Mapping[str, str | int]) -> tuple[Mapping[str, str | int], bool | None]:
    """Take what a person named for discounts that are shares for the discount; say whether it is shares."""
    if SHARES not in options:
        return options, None if options.get("discount", NONE) == NONE else False
    if "discount" in options:
        raise Refusal(
            _(
                "The discounts are either money or shares: name discount or {shares} in --columns, not both.",
                shares=SHARES,
            ),
            "columns",
            option="--columns",
        )
    rest = {role: value for role, value in options.items() if role != SHARES}
    return {**rest, "discount": options[SHARES]}, True


def match_without(columns: Columns, empty: Collection[int], schema: Schema) -> Columns:
    """Give the roles anew as if some columns had no names; a role that no other one fits stays where it is.

    Parameters
    ----------
    columns : Columns
        As ``match`` gives them.
    empty : collection of int
        Positions of columns that hold nothing.
    schema : Schema
    """
    roles = {role: place for role, place in columns.roles.items() if role in columns.given}
    reasons = {role: columns.reasons[role] for role in roles}
    absent = {role for role in columns.given if role not in roles}
    if roles.keys() >= set(_MONEY) and "amount" not in roles:
        absent.add("amount")
    names = ["" if place in empty else name for place, name in enumerate(columns.names)]
    rivals = told(names, roles, reasons, absent, columns.layout, schema)
    for role, place in columns.roles.items():
        if role not in roles and place in empty:
            roles[role], reasons[role] = place, columns.reasons[role]
    for role in ("date", "quantity"):
        if role in columns.rivals and role not in columns.roles and role not in roles:
            rivals[role] = [place for place in columns.rivals[role] if place not in roles.values()]
    return replace(columns, roles=roles, reasons=reasons, rivals=rivals)


def _layout(names: Sequence[str], schema: Schema) -> Layout | None:
    if not schema.forced:
        return layouts.recognise(names, schema.layouts)
    layout = schema.layouts[0]
    if not layout.identified_by:
        said = plural(
            "A file of the layout {layout} ({name}) has no header, and {n} column. The first row of this "
            "file looks different.",
            "A file of the layout {layout} ({name}) has no header, and {n} columns. The first row of this "
            "file looks different.",
            len(layout.first_row),
            layout=layout.id,
            name=layout.name,
        )
        raise Refusal(f"{said} {_ANOTHER_LAYOUT()}", "layout", option="--layout")
    if lacking := layout.lacking(names):
        said = plural(
            "The layout {layout} ({name}) needs the column {columns}, which the file does not have.",
            "The layout {layout} ({name}) needs the columns {columns}, which the file does not have.",
            len(lacking),
            layout=layout.id,
            name=layout.name,
            columns=", ".join(map(repr, lacking)),
        )
        raise Refusal(f"{said} {found_names(names)} {_ANOTHER_LAYOUT()}", "layout", option="--layout")
    return layout


def _made(layout: Layout | None) -> set[str]:
    """Roles that a layout finds inside the cells of an order's row."""
    return {*layout.items.columns, *layout.items.fields} if layout and layout.items else set()


def _absent(options: Mapping[str, str | int], schema: Schema) -> set[str]:
    """Give the roles of which the user says that no column has them."""
    absent = {role for role, value in options.items() if value == NONE and role in schema.known}
    for role in schema.needed:
        if role in absent:
            said = _(
                "A training needs a column for {role}, so --columns {role}=- is not possible. Name the "
                "column, such as --columns {role}=NAME, or leave it to be found.",
                role=role,
            )
            raise Refusal(said, "columns", option="--columns")
    return absent


def _given(names: list[str], options: Mapping[str, str | int], schema: Schema) -> dict[str, int]:
    roles: dict[str, int] = {}
    for role, value in options.items():
        if role not in schema.known:
            said = _(
                "“{role}” is not a column role. Roles: {roles}.",
                role=role[:40],
                roles=", ".join(schema.roles),
            )
            raise Refusal(said, "columns", option="--columns")
        place = place_in(names, role, value, names)
        if place in roles.values():
            said = _("The column {column} was given two roles.", column=repr(names[place]))
            raise Refusal(said, "columns", option="--columns")
        roles[role] = place
    return roles


def refuse_missing(names: Sequence[str], missing: Sequence[str], layout: Layout | None) -> None:
    """Refuse a file that lacks columns, with the sentence that says how to name them.

    Raises
    ------
    Refusal
        If any is missing.
    """
    if missing == ["customer"] and layout and layout.without_customer:
        raise Refusal(_(layout.without_customer), "columns", option="--columns")
    if missing:
        way = _(
            "Say which is which, such as --columns {pair}, or by position in a file without a header.",
            pair=written(missing[0].removesuffix(OR_AMOUNT), "NAME"),
        )
        raise MissingColumns(f"{_none_for(missing)} {found_names(names)} {way}", missing, names)


def _none_for(missing: Sequence[str]) -> str:
    roles = ", ".join(missing)
    if roles.endswith(OR_AMOUNT):
        return _("No column was found for {roles} (or amount).", roles=roles.removesuffix(OR_AMOUNT))
    return _("No column was found for {roles}.", roles=roles)
