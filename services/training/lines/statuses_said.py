"""What is said of the statuses of orders: which took rows, which stay in part or are unknown."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from services.core.language import lists
from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.text.shell import in_quotes
from services.training.lines.frames import to_pandas
from services.training.lines.statuses import JOINT, Statuses

_LISTED = 8

#: Less than this is no difference of money.
CENT = 0.005


def of_statuses(statuses: Statuses, column: str, refunded: str | None = None) -> list[str]:
    """Say which statuses took rows, which stay in part or unknown, and where none took any.

    Parameters
    ----------
    statuses : Statuses
    column : str
        What the file calls them; several with ``JOINT`` between them.
    refunded : str, optional
        A column that says how much was given back.
    """
    parts = column.split(JOINT)
    names, several = lists.every([f"“{name}”" for name in parts]), len(parts) > 1
    found = [
        _("No row has the status “{status}” that {option} names.", status=value[:40], option=option)
        for option, value in statuses.unseen
    ]
    if statuses.taken:
        found.append(f"{_taken(statuses.taken, names, several)} {_to_keep(statuses.taken)}")
    if statuses.partly:
        how_much = (
            _("The column “{column}” says how much.", column=refunded)
            if refunded
            else _("They do not say how much.")
            if several
            else _("It does not say how much.")
        )
        found.append(f"{_partly(statuses.partly, names, several)} {how_much}")
    if statuses.kept and not statuses.taken:
        values = listed(statuses.kept | statuses.partly)
        none = (
            _("The columns {columns} left out no row.", columns=names)
            if several
            else _("The column {columns} left out no row.", columns=names)
        )
        told = _values(values, several, statuses.of_orders)
        found.append(f"{none} {told} {_to_leave_out(statuses.kept)}")
    elif statuses.unknown:
        found.append(f"{_unknown(statuses.unknown, names, several)} {_to_leave_out(statuses.unknown)}")
    return found


def of_refunded(cleaned: nw.LazyFrame, column: str, pieces: bool = False) -> list[str]:
    """Say how much a column says was given back on kept rows, where it is not taken off.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives.
    column : str
        What the file calls it. An amount that stands on every line of an order is counted once.
    pieces : bool
        Whether it speaks of pieces, which are a line's.
    """
    kept = cleaned.filter(nw.col("rule").is_null() & (nw.col("refunded") != 0))
    orders = to_pandas(
        kept.group_by("customer_id", "invoice", "bought_at").agg(
            rows=nw.len(),
            least=nw.col("refunded").min().cast(nw.Float64),
            most=nw.col("refunded").max().cast(nw.Float64),
            every=nw.col("refunded").sum().cast(nw.Float64),
        )
    )
    rows = int(orders["rows"].sum())
    if not rows:
        return []
    once = orders["most"].where(orders["least"] == orders["most"], orders["every"])
    total, by_row = abs(once.sum()), abs(orders["every"].sum())
    if pieces:
        return [_pieces_back(column, float(by_row), rows)]
    places = {"n": number(rows), "column": column, "sum": number(total, 2)}
    if abs(total - by_row) < CENT:
        return [
            plural(
                "The column “{column}” says that {sum} on {n} row was given back; it is not taken off.",
                "The column “{column}” says that {sum} on {n} rows was given back; it is not taken off.",
                rows,
                **places,
            )
        ]
    return [
        plural(
            "The column “{column}” says that {sum} (by rows {by_rows}) on {n} row was given back; it is not "
            "taken off.",
            "The column “{column}” says that {sum} (by rows {by_rows}) on {n} rows was given back; it is not "
            "taken off.",
            rows,
            by_rows=number(by_row, 2),
            **places,
        )
    ]


def listed(values: Mapping[str, int]) -> str:
    """List texts with their rows, the first of them."""
    shown = [f"“{value[:40]}” {number(rows)}" for value, rows in list(values.items())[:_LISTED]]
    return lists.first(shown, len(values) - _LISTED) if len(values) > _LISTED else ", ".join(shown)


def _taken(values: Mapping[str, int], names: str, several: bool) -> str:
    rows = sum(values.values())
    places = {"n": number(rows), "columns": names, "values": listed(values)}
    if several:
        return plural(
            "{n} row was left out, because the columns {columns} say that nothing was sold: {values}.",
            "{n} rows were left out, because the columns {columns} say that nothing was sold: {values}.",
            rows,
            **places,
        )
    return plural(
        "{n} row was left out, because the column {columns} says that nothing was sold: {values}.",
        "{n} rows were left out, because the column {columns} says that nothing was sold: {values}.",
        rows,
        **places,
    )


def _partly(values: Mapping[str, int], names: str, several: bool) -> str:
    rows = sum(values.values())
    places = {"n": number(rows), "columns": names, "values": listed(values)}
    if several:
        return plural(
            "{n} row was kept in full although the columns {columns} say that part was taken back: {values}.",
            "{n} rows were kept in full although the columns {columns} say that part was taken back: "
            "{values}.",
            rows,
            **places,
        )
    return plural(
        "{n} row was kept in full although the column {columns} says that part was taken back: {values}.",
        "{n} rows were kept in full although the column {columns} says that part was taken back: {values}.",
        rows,
        **places,
    )


def _unknown(values: Mapping[str, int], names: str, several: bool) -> str:
    rows = sum(values.values())
    places = {"n": number(rows), "columns": names, "values": listed(values)}
    if several:
        return plural(
            "{n} row was kept although the columns {columns} do not clearly say that it is a sale: {values}.",
            "{n} rows were kept although the columns {columns} do not clearly say that it is a sale: "
            "{values}.",
            rows,
            **places,
        )
    return plural(
        "{n} row was kept although the column {columns} does not clearly say that it is a sale: {values}.",
        "{n} rows were kept although the column {columns} does not clearly say that it is a sale: {values}.",
        rows,
        **places,
    )


def _values(values: str, several: bool, of_orders: bool) -> str:
    if of_orders:
        return (
            _("Their values: {values}.", values=values)
            if several
            else _("Its values: {values}.", values=values)
        )
    return (
        _("Their values, which are about customers rather than orders: {values}.", values=values)
        if several
        else _("Its values, which are about customers rather than orders: {values}.", values=values)
    )


def _to_keep(values: Mapping[str, int]) -> str:
    return _(
        "To keep one that is a sale, add --keep-status with it, such as --keep-status {status}.",
        status=in_quotes(next(iter(values))),
    )


def _to_leave_out(values: Mapping[str, int]) -> str:
    return _(
        "To leave out one that is not a sale, add --drop-status with it, such as --drop-status {status}.",
        status=in_quotes(next(iter(values))),
    )


def _pieces_back(column: str, pieces: float, rows: int) -> str:
    if pieces == 1:
        return _(
            "The column “{column}” says that 1 piece on 1 row was given back; it is not taken off.",
            column=column,
        )
    return plural(
        "The column “{column}” says that {pieces} pieces on {n} row were given back; they are not taken off.",
        "The column “{column}” says that {pieces} pieces on {n} rows were given back; they are not "
        "taken off.",
        rows,
        n=number(rows),
        column=column,
        pieces=number(pieces, 0 if pieces.is_integer() else 2),
    )
