"""Money that a column counts in cents by its name, as the interfaces of payment services do."""

from __future__ import annotations

from services.core.language.messages import _
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.columns.names import words
from services.training.reading.columns.schema import Columns
from services.training.reading.settling.rivals import called, rival

_MONEY = ("amount", "price", "discount", "order_total", "order_subtotal", "order_discount")

#: Words of a header that say so, and those beside which they say something else.
_CENTS = {"cent", "cents", "pence", "centimes", "centavos", "centesimi", "céntimos", "minor"}
_SHARES = {"per", "pro", "por", "percent"}

_WHOLE = engines.text(r"^[-+]?[0-9]+$")


def settle_cents(engine: Engine, columns: Columns) -> list[str]:
    """Write whole numbers of cents as hundredths, before numbers are read.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` is, whose texts are changed.
    columns : Columns

    Returns
    -------
    list of str
        What was done, or that cells of such a column are no whole numbers and were left as they are.
    """
    places = {role: columns.roles[role] for role in _MONEY if role in columns.roles}
    places |= {rival("amount", number): at for number, at in enumerate(columns.rivals.get("amount", []))}
    said = []
    for cell, place in places.items():
        spelled = set(words(columns.names[place]))
        if not spelled & _CENTS or spelled & _SHARES:
            continue
        name = called(columns.names, place)
        odd = engine.execute(
            f"SELECT {cell} FROM raw_lines WHERE {cell} IS NOT NULL AND NOT regexp_matches({cell}, {_WHOLE}) "
            "LIMIT 1"
        ).fetchone()
        if odd:
            said.append(
                _(
                    "The column {column} speaks of cents, but holds “{cell}”, so its numbers were not "
                    "divided by 100.",
                    column=name,
                    cell=odd[0][:40],
                )
            )
            continue
        engine.execute(f"UPDATE raw_lines SET {cell} = {cell} || 'E-2' WHERE {cell} IS NOT NULL")
        said.append(_("The column {column} holds cents, so its numbers were divided by 100.", column=name))
    return said
