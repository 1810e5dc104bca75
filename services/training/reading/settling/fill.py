"""What stands on an order's first line only belongs to all of them."""

from __future__ import annotations

from collections.abc import Sequence

from services.core.language import lists
from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.text.shell import Pair
from services.training.lines.engine import Engine
from services.training.reading.columns.schema import Columns
from services.training.reading.settling.rivals import options, pair_of
from services.training.reading.unreadable import MOST

#: Columns that a question names in its sentence.
_SHOWN = 5

#: Roles whose text is the order's, the date first: it tells two orders of one number apart.
OF_ORDERS = ("date", "time", "customer", "status", "cancelled", "currency", "email", "country")

#: Words that begin a last line with sums.
_SUMS = (
    "'total', 'totals', 'sum', 'subtotal', 'grand total', 'gesamt', 'summe', 'gesamtsumme', 'total general', "
    "'totale', 'totaal', 'razem', 'suma', 'итого', '합계', '合計', '合计'"
)


def fill_down(engine: Engine, columns: Columns, further: Sequence[str] = ()) -> list[str]:
    """Fill customer, date, status and the like on the lines of an order that leave them out.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` is, which is changed.
    columns : Columns
    further : sequence of str
        Columns of ``raw_lines`` beside the roles that are the order's, too.

    Returns
    -------
    list of str
        What was filled by the lines' places, because the invoice, too, stands on the first line only.

    Notes
    -----
    Within an invoice the order of rows does not matter: a blank takes the one text that the invoice's other
    lines have, and stays where they have several.
    """
    roles = [*(role for role in OF_ORDERS if role in columns.roles), *further]
    remarks = []
    if {"customer", "date"} <= set(columns.roles):
        remarks = _by_place(engine, columns, roles)
    if "invoice" in columns.roles:
        for role in _left_out(engine, roles):
            _within_invoices(engine, role)
    return remarks


def _left_out(engine: Engine, roles: Sequence[str]) -> list[str]:
    """Name the roles that some row of an order leaves out."""
    blank = ", ".join(f"count(*) > count({role})" for role in roles)
    found = engine.execute(
        f"SELECT {blank} FROM raw_lines WHERE invoice IS NOT NULL AND bad IS NULL"
    ).fetchone()
    return [role for role, some in zip(roles, found or (), strict=True) if some]


def _within_invoices(engine: Engine, role: str) -> None:
    # an invoice number may begin again another day, so a customer is that of the number on that day
    day = "NULL" if role in ("date", "time") else "left(date, 10)"
    engine.execute(f"""
        CREATE OR REPLACE TEMP TABLE orders_filled AS
        SELECT invoice, {day} AS day, min({role}) AS filled FROM raw_lines
        WHERE bad IS NULL AND invoice IN (SELECT invoice FROM raw_lines WHERE {role} IS NULL AND bad IS NULL)
        GROUP BY ALL
        HAVING count({role}) BETWEEN 1 AND count(*) - 1 AND count(DISTINCT {role}) = 1
    """)
    if engine.execute("SELECT count(*) FROM orders_filled").fetchone() != (0,):
        engine.execute(f"""
            UPDATE raw_lines SET {role} = orders_filled.filled FROM orders_filled
            WHERE raw_lines.{role} IS NULL AND raw_lines.bad IS NULL
                AND raw_lines.invoice = orders_filled.invoice
                AND {day.replace("date", "raw_lines.date")} IS NOT DISTINCT FROM orders_filled.day
        """)
    engine.execute("DROP TABLE orders_filled")


def _by_place(engine: Engine, columns: Columns, roles: list[str]) -> list[str]:
    """Fill the lines of a printed list, which names an order once and goes on below."""
    heads = [role for role in ("customer", "date", "invoice") if role in columns.roles]
    things = [role for role in ("product", "description") if role in columns.roles]
    layout = columns.layout
    if layout and (layout.lines or layout.items or not things):
        return []
    blank = " AND ".join(f"{role} IS NULL" for role in heads)
    if not things:
        _ask_for_a_thing(engine, columns, heads, blank)
        return []
    thing = f"coalesce({', '.join(things)})"
    money = [role for role in ("quantity", "price", "amount") if role in columns.roles]
    further = (
        f"bad IS NULL AND {blank} AND {thing} IS NOT NULL AND rtrim(lower({thing}), ' :') NOT IN ({_SUMS})"
        + (f" AND coalesce({', '.join(money)}) IS NOT NULL" if money else "")
    )
    found = engine.execute(f"SELECT count(*) FROM raw_lines WHERE {further}").fetchone()
    if found is None or not found[0]:
        return []
    filled = list(dict.fromkeys([*heads, *roles]))
    cells = ", ".join(f"'{role}': {role}" for role in filled)
    # what the head of an order leaves out, such as a guest's name, is not taken from the order before
    above = (
        f"last_value(CASE WHEN bad IS NULL AND NOT ({blank}) THEN {{{cells}}} END IGNORE NULLS) "
        "OVER (ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    )
    taken = ", ".join(
        f"CASE WHEN further THEN coalesce({role}, above.{role}) ELSE {role} END AS {role}" for role in filled
    )
    engine.execute(f"""
        CREATE OR REPLACE TABLE raw_lines AS
        SELECT * EXCLUDE (further, above) REPLACE ({taken})
        FROM (SELECT *, ({further}) AS further, {above} AS above FROM raw_lines)
    """)
    told = plural(
        "{n} row was read as a further line of the order above, since {columns} are blank there.",
        "{n} rows were read as further lines of the order above, since {columns} are blank there.",
        found[0],
        n=number(found[0]),
        columns=lists.every([columns.names[columns.roles[role]] for role in heads]),
    )
    advice = _(
        "This relies on the order of the rows; if the list has been re-sorted, fill in these cells first."
    )
    return [f"{told} {advice}"]


def _ask_for_a_thing(engine: Engine, columns: Columns, heads: Sequence[str], blank: str) -> None:
    """Ask what was sold where rows look like further lines of an order, and may be sums as well.

    Raises
    ------
    Refusal
    """
    places = [place for place, name in enumerate(columns.names) if name and name in columns.ignored]
    money = [role for role in ("quantity", "price", "amount") if role in columns.roles]
    if not places or not money or "product" in columns.given:
        return
    found = engine.execute(
        f"SELECT count(*) FILTER ({blank} AND coalesce({', '.join(money)}) IS NOT NULL), count(*) "
        "FROM raw_lines WHERE bad IS NULL"
    ).fetchone() or (0, 0)
    if found[0] <= max(1, MOST * found[1]):
        return
    pairs = [pair_of("product", columns.names, place) for place in places]
    none = Pair("product=-")
    asked = plural(
        "In {blank} of {n} row {columns} are blank: these may be further lines of the order above, and no "
        "column says what was sold.",
        "In {blank} of {n} rows {columns} are blank: these may be further lines of the order above, and no "
        "column says what was sold.",
        found[1],
        n=number(found[1]),
        blank=number(found[0]),
        columns=", ".join(columns.names[columns.roles[role]] for role in heads),
    )
    ways = _(
        "If they are, name the product column: {options}. If they are not, add --columns {none}.",
        options=options(pairs[:_SHOWN]),
        none=none,
    )
    raise Refusal(f"{asked} {ways}", "columns", option="--columns", choices=(*pairs, none))
