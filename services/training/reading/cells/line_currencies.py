"""The currency of each line: of a column of its own, or beside its money; two are a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.core.refusals import Refusal
from services.core.text.currencies import currency, together, united, usual
from services.core.text.shell import quoted
from services.training.lines import engine as engines
from services.training.lines.engine import Engine

_LONGEST = 20

#: SQL that joins ``raw_lines`` to ``line_currencies``; to be completed with the role of a line's money.
JOIN = (
    "LEFT JOIN line_currencies ON line_currencies.text IS NOT DISTINCT FROM raw_lines.currency "
    "AND line_currencies.sign IS NOT DISTINCT FROM n_{money}.currency"
)


@dataclass(frozen=True)
class _Sum:
    name: str
    rows: int
    money: str


def read_currencies(engine: Engine, money: str) -> None:
    """Make ``line_currencies``: what the texts of the currency and the signs beside the money stand for.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` and ``numbers`` are.
    money : str
        The role of the money: ``amount`` or ``price``.

    Notes
    -----
    ``line_currencies``: ``text``, ``sign``, ``name`` VARCHAR. Where the file has one currency, lines that
    name none have it, too.
    """
    pairs = engine.execute(
        "SELECT DISTINCT raw_lines.currency, numbers.currency FROM raw_lines "
        f"LEFT JOIN numbers ON numbers.text = raw_lines.{money} WHERE bad IS NULL"
    ).fetchall()
    names = {pair: _name(*pair) for pair in pairs}
    known = united({name for name in names.values() if name})
    one = next(iter(known.values())) if len(set(known.values())) == 1 else None
    rows = [(*pair, known[name] if name else one) for pair, name in names.items()]
    engines.values(engine, "line_currencies", dict.fromkeys(("text", "sign", "name"), "VARCHAR"), rows)


def _name(text: str | None, sign: str | None) -> str | None:
    told = (currency(text) or text.upper()[:_LONGEST]) if text else None
    if told and sign:
        # a column that says EUR beside a cell that says $
        return together(told, sign) or f"{told}/{sign}"
    return told or sign


def settle_currency(engine: Engine, only: str | None) -> str | None:
    """Give the one currency of ``read_lines`` that is kept.

    Parameters
    ----------
    engine : Engine
        Where ``read_lines`` is.
    only : str, optional
        The one the user wants, as a code, a sign or a name.

    Returns
    -------
    str or None
        As ``read_lines.currency`` has it; None where no line names one.

    Raises
    ------
    Refusal
        If there are several and none was named, or none of the lines has the one that was.
    """
    found = [
        _Sum(*row)
        for row in engine.execute(
            "SELECT currency, count(*), format('{:,.2f}', coalesce(sum(amount), 0)::DOUBLE) FROM read_lines "
            "WHERE currency IS NOT NULL AND unreadable IS NULL GROUP BY currency "
            "ORDER BY count(*) DESC, currency"
        ).fetchall()
    ]
    names = [each.name for each in found]
    if only is not None:
        return _wanted(only, names)
    if len(found) > 1:
        raise _several(found)
    return names[0] if names else None


def currency_of_table(engine: Engine) -> str | None:
    """Give the one currency beside the spend of a table of customers, None where none stands there.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines``, with ``monetary``, and ``numbers`` are.

    Raises
    ------
    Refusal
        If there are several.
    """
    found = engine.execute(
        "SELECT numbers.currency, count(*) FROM raw_lines JOIN numbers ON numbers.text = raw_lines.monetary "
        "WHERE numbers.currency IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    names = united({name for name, _rows in found})
    if len(set(names.values())) > 1:
        told = " and ".join(f"{name} ({rows:,} {'row' if rows == 1 else 'rows'})" for name, rows in found)
        raise Refusal(
            f"The spend of these customers is in several currencies, which cannot be compared: {told}. "
            "Give all of it in one, or split the table.",
            "file",
        )
    return next(iter(names.values()), None)


def _wanted(only: str, names: Sequence[str]) -> str:
    wanted = currency(only) or only.strip().upper()
    for name in names:
        if wanted == name:
            return name
    for name in names:
        # a file that writes $ means one kind of dollar
        if together(name, wanted):
            return name
    has = f"It has {', '.join(names)}." if names else "The file names no currency: leave the option out."
    raise Refusal(
        f"No line of the file is in {only.strip()[:_LONGEST]}, which --only-currency names. {has}",
        "only_currency",
        option="--only-currency",
        choices=tuple(names),
    )


def _several(found: Sequence[_Sum]) -> Refusal:
    told = [
        f"{each.name} ({each.rows:,} {'row' if each.rows == 1 else 'rows'}, {each.money})" for each in found
    ]
    listed = f"{', '.join(told[:-1])} and {told[-1]}"
    return Refusal(
        f"The file has money in {len(found)} currencies, which cannot be added up: {listed}. Keep one, such "
        f"as with --only-currency {quoted(usual(found[0].name))}; the rows of the others are then left out.",
        "only_currency",
        option="--only-currency",
        choices=tuple(usual(each.name) for each in found),
    )
