"""Summaries for lifetime models, which name recency and frequency and mean something else."""

from __future__ import annotations

from services.core.language.messages import _, later
from services.core.refusals import Refusal
from services.core.text.shell import Pair
from services.training.lines.engine import Engine
from services.training.reading.cells import decimals
from services.training.reading.columns.names import fold
from services.training.reading.columns.schema import Columns
from services.training.reading.settling.rivals import pair_of

#: What the age of a customer is called there, beside frequency and recency.
_AGES = {
    "t",
    "tdays",
    "tweeks",
    "age",
    "customerage",
    "agedays",
    "tenure",
    "lifetime",
    "observationperiod",
    "tcal",
}
_SURE = {"t", "tdays", "tweeks", "tcal"}
_NAMED = ("recency", "frequency")

_HAS_AGE = later("This looks like a summary for lifetime models: it has the age “{age}” beside them.")
_NO_REPEATS = later(
    "This looks like a summary for lifetime models: every row with frequency 0 also has recency 0."
)


def refuse(columns: Columns) -> None:
    """Ask about a table that has the age T beside recency and frequency, unless these were named.

    Raises
    ------
    Refusal
        The question.
    """
    age = next((name for name in columns.ignored if fold(name) in _SURE), None)
    if age is not None and not set(_NAMED) <= columns.given:
        raise _question(columns, _HAS_AGE(age=age))


def refuse_signature(engine: Engine, columns: Columns) -> None:
    """Ask about a table whose customers of frequency 0 all have recency 0 and that knows an age.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` and ``numbers`` are.
    columns : Columns

    Raises
    ------
    Refusal
        The question.
    """
    age = next((name for name in columns.ignored if fold(name) in _AGES), None)
    if age is None or set(_NAMED) <= columns.given:
        return
    recency, frequency = "n_recency.value", "n_frequency.value"
    found = engine.execute(
        f"SELECT count(*) FILTER ({frequency} = 0), count(*) FILTER ({frequency} = 0 AND {recency} <> 0), "
        f"count(*) FILTER ({frequency} > 0) FROM raw_lines {decimals.joins_sql(_NAMED)} WHERE bad IS NULL"
    ).fetchone()
    if found and found[0] and not found[1] and found[2]:
        raise _question(columns, _NO_REPEATS())


def _question(columns: Columns, why: str) -> Refusal:
    pairs = Pair(",".join(pair_of(axis, columns.names, columns.roles[axis]) for axis in _NAMED))
    told = _(
        "There frequency counts repeat purchases, recency runs from the first purchase to the last, and T is "
        "a customer's age. --table needs the days since the last order (T less recency), all orders "
        "(frequency + 1) and the whole spend: add such columns, or train on the transactions. If the columns "
        "already hold these values, add --columns {pairs}.",
        pairs=pairs,
    )
    return Refusal(
        f"{why} {told}",
        "columns",
        option="--columns",
        choices=(pairs,),
    )
