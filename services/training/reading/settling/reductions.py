"""What is said and asked of lines' discounts: whether they are money or shares, with both sums."""

from __future__ import annotations

from services.core.refusals import Refusal
from services.training.lines.engine import Engine
from services.training.reading.cells import discounts
from services.training.reading.cells.discounts import MONEY, ONES, POINTS
from services.training.reading.cells.number_forms import NUMBER
from services.training.reading.columns.headers import SHARES
from services.training.reading.columns.schema import Columns
from services.training.reading.settling import sharing
from services.training.reading.settling.rivals import pair_of

#: Rows that each different discount has where it is a share, as of a campaign.
_OF_EACH = 10


def settle_discount(engine: Engine, columns: Columns) -> tuple[str | None, list[str]]:
    """Decide what a line's discount is where quantity × price is reduced by it.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` and ``numbers`` are.
    columns : Columns

    Returns
    -------
    tuple of (str or None) and list of str
        As ``services.training.reading.cells.discounts.kind_of_discount`` tells it, None where a column holds
        the line's money; and what is to be said.

    Raises
    ------
    Refusal
        A question, where numbers up to 1 may be money as well as shares.
    """
    kind = None if "amount" in columns.roles else discounts.kind_of_discount(engine, columns)
    if kind in (None, MONEY):
        return kind, []
    place = columns.roles["discount"]
    name = columns.names[place]
    left = "If prices are reduced already, add --columns discount=-."
    if kind == ONES:
        return kind, [
            f"The column “{name}” holds nothing but 0 and 1, and 1 was taken off quantity × price as "
            "money. If it only says whether there was a discount, add --columns discount=-."
        ]
    full = sharing.sum_of(engine, sharing.MADE)
    less = sharing.sum_of(engine, discounts.less_discount_sql(sharing.MADE, kind))
    what = "percentages" if kind == POINTS else "shares"
    said = (
        f"The column “{name}” holds {what}, which were taken off quantity × price: {less} instead of {full}."
    )
    told = discounts.are_shares(columns) or _are_percentages(engine)
    if kind == POINTS or told:
        return kind, [f"{said} {left}"]
    money = pair_of("discount", columns.names, place)
    in_money = sharing.sum_of(engine, discounts.less_discount_sql(sharing.MADE, MONEY))
    if not _are_round(engine) and in_money != less:
        share = pair_of(SHARES, columns.names, place)
        raise Refusal(
            f"The column “{name}” holds numbers up to 1. If they are shares of the price, the lines "
            f"are worth {less}: add --columns {share}. If they are money, they are worth {in_money}: add "
            f"--columns {money}. {left}",
            "columns",
            option="--columns",
            choices=(share, money, "discount=-"),
        )
    return kind, [f"{said} If they are money ({in_money}), add --columns {money}. {left}"]


def _are_percentages(engine: Engine) -> bool:
    found = engine.execute(
        "SELECT 1 FROM raw_lines JOIN numbers ON numbers.text = discount "
        f"WHERE kind = '{NUMBER}' AND value <> 0 LIMIT 1"
    ).fetchone()
    return found is None


def _are_round(engine: Engine) -> bool:
    """Say whether all are steps of 5 % under 100 %, or full percentages that come again and again."""
    steps, full, rows, different = engine.execute(
        "SELECT bool_and(off * 20 = floor(off * 20) AND off < 1), bool_and(off * 100 = floor(off * 100) AND "
        "off < 1), count(*), count(DISTINCT off) FROM (SELECT abs(value) AS off FROM raw_lines "
        f"JOIN numbers ON numbers.text = discount WHERE kind = '{NUMBER}' AND value <> 0)"
    ).fetchone() or (True, True, 0, 0)
    return bool(steps or (full and rows >= _OF_EACH * different))
