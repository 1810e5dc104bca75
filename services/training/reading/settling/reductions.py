"""What is said and asked of lines' discounts: whether they are money or shares, with both sums."""

from __future__ import annotations

from services.core.language.messages import _, later
from services.core.language.written import number
from services.core.refusals import Refusal
from services.training.lines.engine import Engine
from services.training.reading.cells import discounts
from services.training.reading.cells.discounts import MONEY, ONES, POINTS, SHARE
from services.training.reading.cells.number_forms import NUMBER
from services.training.reading.columns.headers import SHARES
from services.training.reading.columns.schema import Columns
from services.training.reading.settling import sharing
from services.training.reading.settling.rivals import pair_of

_REDUCED_ALREADY = later("If prices are reduced already, add --columns discount=-.")
_TAKEN_OFF = {
    POINTS: later(
        "The column “{column}” holds percentages, which were taken off quantity × price: {less} instead of "
        "{full}."
    ),
    SHARE: later(
        "The column “{column}” holds shares, which were taken off quantity × price: {less} instead of {full}."
    ),
}

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
    if kind == ONES:
        return kind, [
            _(
                "The column “{column}” holds nothing but 0 and 1, and 1 was taken off quantity × price as "
                "money. If it only says whether there was a discount, add --columns discount=-.",
                column=name,
            )
        ]
    full = sharing.sum_of(engine, sharing.MADE)
    less = sharing.sum_of(engine, discounts.less_discount_sql(sharing.MADE, kind))
    left = _REDUCED_ALREADY()
    said = _TAKEN_OFF[POINTS if kind == POINTS else SHARE](
        column=name, less=number(less, 2), full=number(full, 2)
    )
    told = discounts.are_shares(columns) or _are_percentages(engine)
    if kind == POINTS or told:
        return kind, [f"{said} {left}"]
    money = pair_of("discount", columns.names, place)
    in_money = sharing.sum_of(engine, discounts.less_discount_sql(sharing.MADE, MONEY))
    if not _are_round(engine) and in_money != less:
        share = pair_of(SHARES, columns.names, place)
        raise Refusal(
            _(
                "The column “{column}” holds numbers up to 1. If they are shares of the price, the lines are "
                "worth {less}: add --columns {share}. If they are money, they are worth {sum}: add --columns "
                "{money}.",
                column=name,
                less=number(less, 2),
                share=share,
                sum=number(in_money, 2),
                money=money,
            )
            + f" {left}",
            "columns",
            option="--columns",
            choices=(share, money, "discount=-"),
        )
    else_money = _("If they are money ({sum}), add --columns {money}.", sum=number(in_money, 2), money=money)
    return kind, [f"{said} {else_money} {left}"]


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
