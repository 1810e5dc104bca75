"""The discount of a line, taken off quantity × price: as money, or as the share that its column holds."""

from __future__ import annotations

from services.training.lines.engine import Engine
from services.training.reading.cells.decimals import faults_sql
from services.training.reading.cells.number_forms import NUMBER, PERCENT
from services.training.reading.columns.names import is_share
from services.training.reading.columns.schema import Columns

MONEY, SHARE, POINTS, ONES = "money", "share", "points", "ones"

#: How shops write that there is none.
_NONE = ("-", "--", "–", "none", "null", "nan", "n/a", "na")

#: Types in which money is made before it is rounded, and of a share of it.
_EXACT, _PART = "DECIMAL(30, 12)", "DECIMAL(10, 8)"


def kind_of_discount(engine: Engine, columns: Columns) -> str | None:
    """Tell whether the discounts of ``raw_lines`` are money or shares of the price.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` and ``numbers`` are; words for no discount are taken out of the former.
    columns : Columns

    Returns
    -------
    str or None
        ``SHARE`` where every discount is a percentage, or lies between 0 and 1; ``POINTS`` where the column's
        name or a person says that they are shares, and 10 is 10 %; ``ONES`` where all are 0 or 1, of which 1
        is taken for money; None without a column for discounts.
    """
    if "discount" not in columns.roles:
        return None
    engine.execute(f"UPDATE raw_lines SET discount = NULL WHERE lower(discount) IN {_NONE}")
    row = engine.execute(
        f"SELECT bool_or(kind = '{PERCENT}'), bool_or(kind = '{NUMBER}' AND abs(value) > 1), "
        f"bool_or(kind = '{NUMBER}' AND value <> 0), "
        f"bool_or(kind = '{NUMBER}' AND abs(value) > 0 AND abs(value) < 1) "
        "FROM (SELECT DISTINCT discount AS text FROM raw_lines) JOIN numbers USING (text)"
    ).fetchone()
    percent, above_one, any_number, part = row or (None, None, None, None)
    if are_shares(columns):
        return SHARE if part and not above_one else POINTS
    if columns.shares is False and any_number:
        return MONEY
    if any_number and not (percent or above_one or part):
        return ONES
    return SHARE if (percent or any_number) and not above_one else MONEY


def are_shares(columns: Columns) -> bool:
    """Say whether a column's name, or a person, says that its discounts are shares."""
    return bool(columns.shares) or is_share(columns.names[columns.roles["discount"]])


def share_sql(kind: str) -> str:
    """Give SQL of a line's discount as a share; ``kind`` is ``SHARE`` or ``POINTS``."""
    number = "n_discount.value / 100" if kind == POINTS else "n_discount.value"
    return f"TRY_CAST(abs(coalesce(n_discount.share, {number}, 0)) AS {_PART})"


def less_discount_sql(made: str, kind: str) -> str:
    """Give SQL of quantity × price less the discount; NULL where the discount is larger than the money.

    Parameters
    ----------
    made : str
        SQL of quantity × price. What is taken back is reduced, too: two at 5 less 1, given back, are -9.
    kind : str
        As ``kind_of_discount`` tells it. Shops write discounts with a minus as well as without.
    """
    money = f"TRY_CAST({made} AS {_EXACT})"
    off = "abs(coalesce(n_discount.value, 0))"
    if kind in (SHARE, POINTS):
        off = f"abs({money}) * {share_sql(kind)}"
    off = f"TRY_CAST({off} AS {_EXACT})"
    return f"CASE WHEN {off} <= abs({money}) THEN {money} - sign({money}) * {off} END"


def read_sql(kind: str) -> str:
    """Give SQL of the columns ``discount_kind`` and ``discount_read``, of which ``FAULTS`` speaks."""
    meant = f"CASE n_discount.kind WHEN '{PERCENT}' THEN '{NUMBER}' ELSE n_discount.kind END"
    return (
        f"{meant if kind in (SHARE, POINTS) else 'n_discount.kind'} AS discount_kind, "
        "coalesce(n_discount.value, n_discount.share) AS discount_read"
    )


#: Branches of a CASE that say what is wrong with a line's discount.
FAULTS = [
    faults_sql("discount", "discount_read"),
    "WHEN discount IS NOT NULL AND amount_made IS NULL THEN 'discount is more than the line costs'",
]
