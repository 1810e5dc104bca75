"""A price without a quantity: the money of a row that is one piece, where no column may count the pieces."""

from __future__ import annotations

from dataclasses import replace

from services.core.language.messages import _, later
from services.core.refusals import Refusal
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.columns.schema import Columns
from services.training.reading.settling.rivals import called, options, pair_of, rival

#: What counts pieces: whole numbers of a few digits.
_PIECES = r"^[-−]?[0-9]{1,4}([.,]0+)?$"
_ONE = r"^0*1([.,]0+)?$"


def settle_pieces(engine: Engine, columns: Columns) -> tuple[Columns, list[str]]:
    """Take the price for a row's money, where there is no quantity and nothing that may be one.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` is, with a column for each rival of the quantity.
    columns : Columns
        With rivals for the quantity and none that plays it, where the file has a price and no quantity.

    Returns
    -------
    tuple of Columns and list of str
        Without these rivals, and what was decided.

    Raises
    ------
    Refusal
        A question, where a column holds nothing but whole numbers and may count the pieces.
    """
    if "quantity" not in columns.rivals or "quantity" in columns.roles:
        return columns, []
    places = columns.rivals["quantity"]
    counting = [place for number, place in enumerate(places) if _counts(engine, rival("quantity", number))]
    price = columns.roles["price"]
    whole = pair_of("amount", columns.names, price)
    if counting:
        pairs = [pair_of("quantity", columns.names, place) for place in counting]
        raise Refusal(
            _(
                "The file has a price, {column}, and no quantity. If a column counts the pieces, say so with "
                "{options}; if each row is one piece, add --columns {whole}.",
                column=called(columns.names, price),
                options=options(pairs),
                whole=whole,
            ),
            "columns",
            option="--columns",
            choices=(*pairs, whole),
        )
    for number in range(len(places)):
        engine.execute(f"ALTER TABLE raw_lines DROP COLUMN {rival('quantity', number)}")
    engine.execute("UPDATE raw_lines SET amount = price, price = NULL")
    roles = {role: place for role, place in columns.roles.items() if role != "price"}
    reasons = {role: why for role, why in columns.reasons.items() if role != "price"}
    remark = _(
        "No column says how many pieces a row has, so each row was read as one piece, and {column} as its "
        "money. If a column counts the pieces, name it, such as with --columns quantity=NAME.",
        column=called(columns.names, price),
    )
    return replace(
        columns,
        roles=roles | {"amount": price},
        reasons=reasons | {"amount": later("the only money, without a quantity").text},
        rivals={role: found for role, found in columns.rivals.items() if role != "quantity"},
    ), [remark]


def _counts(engine: Engine, cell: str) -> bool:
    found = engine.execute(
        f"SELECT count({cell}), count(*) FILTER (regexp_matches({cell}, {engines.text(_PIECES)})), "
        f"count(*) FILTER (regexp_matches({cell}, {engines.text(_ONE)})) FROM raw_lines WHERE bad IS NULL"
    ).fetchone() or (0, 0, 0)
    filled, whole, ones = found
    return 0 < filled == whole and ones < filled
