"""Which column plays which role, as a known export or the names of the columns tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from services.core.language.messages import later
from services.training.reading.columns import fees, layouts
from services.training.reading.columns import names as naming
from services.training.reading.columns.layouts import Layout
from services.training.reading.columns.schema import Schema

#: Roles of which two candidates are told apart by what they hold.
SETTLED = ("customer", "invoice", "date", "amount", "quantity", "price")
#: Why a column plays its role: kept in English.
_BY_NAME, _BY_WORDS = later("by its name").text, later("by words in its name").text
_STANDS = {naming.WHOLE: _BY_NAME, naming.TRIMMED: _BY_NAME, naming.WITHIN: _BY_WORDS}
_AS_IN = later("as in exports of {layout}").text
_BESIDE = later("a product's name beside its code").text

#: Roles of columns that shops add to an export: they take rows away or say more of them, and move no money.
_ADDED = {"opted_out", "churned", "status", "cancelled", "currency", "email", "country", "description"}


def as_in(layout: Layout) -> str:
    """Say why a column plays its role where a layout says so."""
    return _AS_IN.format(layout=layout.name)


def told(
    names: Sequence[str],
    roles: dict[str, int],
    reasons: dict[str, str],
    absent: Collection[str],
    layout: Layout | None,
    schema: Schema,
) -> dict[str, list[int]]:
    """Fill in the roles that a layout knows, or that names tell; give the columns that are as good."""
    if layout:
        _by_layout(names, roles, reasons, absent, layout)
    if layout is None or layout.complete:
        rivals = _by_names(names, roles, reasons, absent, schema)
        if "amount" not in absent:
            fees.add_before_fees(names, roles, rivals, schema)
    else:
        others = {*schema.roles} - _ADDED
        rivals = _by_names(names, roles, reasons, {*absent, *others}, schema)
    if "description" not in {*roles, *absent}:
        _name_products(names, roles, reasons, rivals, schema)
    return rivals


def _name_products(
    names: Sequence[str],
    roles: dict[str, int],
    reasons: dict[str, str],
    rivals: Mapping[str, list[int]],
    schema: Schema,
) -> None:
    """Take a column that is called a product for its name where another one holds its code."""
    if "product" not in roles or "description" not in schema.known:
        return
    found = [naming.fit(name, schema.known["product"], "product") for name in names]
    code, bare = found[roles["product"]], len(schema.known["product"].groups) - 1
    taken = {*roles.values(), *(place for places in rivals.values() for place in places)}
    if code is None or code.group == bare:
        return
    for place, fit in enumerate(found):
        if fit and fit.group == bare and fit.stands < naming.WITHIN and place not in taken:
            roles["description"], reasons["description"] = place, _BESIDE
            return


def _by_layout(
    names: Sequence[str],
    roles: dict[str, int],
    reasons: dict[str, str],
    absent: Collection[str],
    layout: Layout,
) -> None:
    spelled = {naming.fold(name): place for place, name in reversed(list(enumerate(names)))}
    for role, wanted in layout.roles.items():
        place = layouts.place_of(spelled, wanted)
        if role not in roles and role not in absent and place is not None:
            roles[role] = place
            reasons[role] = as_in(layout)


def _by_names(
    names: Sequence[str],
    roles: dict[str, int],
    reasons: dict[str, str],
    absent: Collection[str],
    schema: Schema,
) -> dict[str, list[int]]:
    """Fill in the roles that names tell, strongest first; give the columns that are as good."""
    names = naming.without_paths(names, schema.known)
    open_roles = [role for role in schema.known if role not in roles and role not in absent]
    fits = sorted(
        (fit, schema.roles.index(role), place, role)
        for role in open_roles
        for place, name in enumerate(names)
        if (fit := naming.fit(name, schema.known[role], role))
    )
    rivals: dict[str, list[int]] = {}
    best: dict[str, tuple[int, int]] = {}
    # a name that is whole is another role's before it is part of this one's
    for fit, _order, place, role in sorted(
        fits, key=lambda each: (each[0].stands, each[1], each[0], each[2])
    ):
        if place in roles.values() or any(place in each for each in rivals.values()):
            continue
        if role not in roles:
            roles[role], best[role] = place, fit.strength
            reasons[role] = _STANDS[fit.stands]
        elif role in SETTLED and best.get(role) == fit.strength:
            rivals.setdefault(role, []).append(place)
    return rivals
