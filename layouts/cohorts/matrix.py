"""The matrix of cohorts as a table whose cells are links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.cohorts import words as said
from layouts.parts import unseen
from layouts.parts.attributes import attributes
from services.core.language.messages import _, later, plural

STEPS = 7
_SINCE = {
    "month": later("Months since the first order: {measure}"),
    "quarter": later("Quarters since the first order: {measure}"),
    "week": later("Weeks since the first order: {measure}"),
}
_MEASURES = {
    "share": later("share back"),
    "orders": later("orders"),
    "revenue": later("revenue per customer"),
    "cumulative": later("cumulative"),
}


@dataclass(frozen=True)
class Square:
    """A cell that is shown.

    Attributes
    ----------
    value : float
        Of the measure that is shown.
    size, people, orders : int
        Of its cohort, and who of them ordered, how often.
    revenue : float
        In its period.
    href, key : str
        The address that lists its people, and the cell in it.
    open : bool
        Whether their list is shown.
    running : bool
        Whether its period is not over in the data.
    """

    value: float
    size: int
    people: int
    orders: int
    revenue: float
    href: str
    key: str
    open: bool
    running: bool


@dataclass(frozen=True)
class Row:
    """A cohort.

    Attributes
    ----------
    first : date
        The first day of its period.
    size : int or None
        None where it is left out.
    squares : sequence of Square or None
        A cell for each period that has begun; None where it is left out.
    """

    first: date
    size: int | None
    squares: Sequence[Square | None]


@dataclass(frozen=True)
class Total:
    """Cohorts together.

    Attributes
    ----------
    first : date
        The first day of the first of them.
    last : date or None
        The first day of the last, where newer ones that had the time are left out.
    cohorts : int or None
        How many they are, where some between the first and the last are left out.
    size : int
    values : sequence of float or None
        In the periods that all who are counted have behind them; None where nobody has.
    """

    first: date
    last: date | None
    cohorts: int | None
    size: int
    values: Sequence[float | None]


@dataclass(frozen=True)
class Table:
    """What is shown of the cohorts.

    Attributes
    ----------
    every : {"month", "quarter", "week"}
    show : {"share", "orders", "revenue", "cumulative"}
    since : list of int
        Periods since the first order, a column each.
    rows : sequence of Row
    total : Total or None
        None where there are no two to be taken together.
    """

    every: str
    show: str
    since: list[int]
    rows: Sequence[Row]
    total: Total | None


def matrix(shown: Table) -> list[Component]:
    """Return the table and its legend."""
    heads = [
        html.Th(_("First order"), scope="col", className="sd-cohorts-name"),
        html.Th(_("Customers"), scope="col", className="sd-num"),
        *(html.Th(words.number(each), scope="col") for each in shown.since),
    ]
    most = _most(shown)
    body = [html.Tr(_cells(row, shown, most)) for row in shown.rows]
    name = _SINCE[shown.every](measure=_MEASURES[shown.show]())
    parts: list[Component] = [html.Caption(unseen(name)), html.Thead(html.Tr(heads)), html.Tbody(body)]
    if shown.total:
        parts.append(html.Tfoot(html.Tr(_together(shown.total, shown))))
    table = html.Table(parts, className="sd-cohorts-table")
    return [
        html.Div(
            table,
            className="sd-cohorts-wrap",
            role="region",
            tabIndex="0",
            **attributes(aria_label=name),
        ),
        _legend(most, shown),
    ]


def _most(shown: Table) -> float:
    """Return the end of the scale: the highest value, without first orders, which would outshine the rest."""
    later = [
        cell.value
        for row in shown.rows
        for since, cell in zip(shown.since, row.squares, strict=False)
        if cell and (since or shown.show == "cumulative")
    ]
    return max(later, default=0.0)


def _cells(row: Row, shown: Table, most: float) -> list[Component]:
    name = html.Th(said.period_short(row.first, shown.every), scope="row", className="sd-cohorts-name")
    size = words.number(row.size) if row.size is not None else _left_out()
    cells: list[Component] = [name, html.Td(size, className="sd-num")]
    for since, square in zip(shown.since, row.squares, strict=False):
        cells.append(html.Td(_square(square, row.first, since, shown, most) if square else _left_out()))
    missing = len(shown.since) - len(row.squares)
    return [*cells, html.Td(colSpan=missing)] if missing > 0 else cells


def _square(square: Square, cohort: date, since: int, shown: Table, most: float) -> Component:
    text = written(square.value, shown.show)
    told = said.cell(square.size, square.people, square.orders, square.revenue)
    place = said.place(cohort, since, shown.every)
    cell = _("{cell}, not over yet: {told}", cell=place, told=told) if square.running else f"{place}: {told}"
    step = heat(square.value, most)
    return html.A(
        [text, unseen(f" {cell}")],
        href=square.href,
        className=f"sd-heat sd-heat-{step}" + " sd-hatch" * square.running,
        title=told,
        **attributes(data_set_filter=f"cell={square.key}"),
        **(attributes(aria_current="true") if square.open else {}),
    )


def _together(total: Total, shown: Table) -> list[Component]:
    which = _("Since {period}", period=said.period_short(total.first, shown.every))
    if total.cohorts is not None:
        which = plural("{n} cohort", "{n} cohorts", total.cohorts, n=words.number(total.cohorts))
    elif total.last is not None:
        which = " – ".join(said.period_short(each, shown.every) for each in (total.first, total.last))
    cells: list[Component] = [
        html.Th(which, scope="row", className="sd-cohorts-name"),
        html.Td(words.number(total.size), className="sd-num"),
    ]
    return [
        *cells,
        *(html.Td(words.NOTHING if value is None else written(value, shown.show)) for value in total.values),
    ]


def heat(value: float, most: float) -> int:
    """Return the step of the scale, 1 to ``STEPS``, of a value between 0 and ``most``."""
    return min(int(STEPS * value / most) + 1, STEPS) if most > 0 else 1


def written(value: float, show: str) -> str:
    """Write a cell's value."""
    if show == "share":
        return words.share(value)
    return words.number(value) if show == "orders" else words.money_short(value)


def _left_out() -> Component:
    return html.Span(["·", unseen(f" {said.LEFT_OUT()}")], className="sd-muted")


def _legend(most: float, shown: Table) -> Component:
    steps = [html.I(className=f"sd-heat-{step}") for step in range(1, STEPS + 1)]
    running = any(cell and cell.running for row in shown.rows for cell in row.squares)
    hatched = [html.Span([html.I(className="sd-hatch"), _("not over yet")])] if running else []
    dot = [html.Span(["· ", said.LEFT_OUT()])]
    end = written(most, shown.show)
    end = _("{most} and more", most=end) if shown.show in ("orders", "revenue") else end
    scale = html.Span([written(0, shown.show), " ", *steps, f" {end}"])
    return html.Div([scale, *hatched, *dot], className="sd-cohorts-legend")


def opened(place: str, told: str, href: str) -> Component:
    """Say in words which cell is open, and offer to close it and to save its people."""
    return html.Div(
        [
            html.P([html.B(f"{place}: "), told]),
            html.Span(
                [
                    html.Button(
                        _("Close"),
                        type="button",
                        className="sd-btn sd-btn-sm",
                        **attributes(data_drop_filter="cell"),
                    ),
                    dcc.Link(_("Save as audience"), href=href, className="sd-btn sd-btn-sm"),
                ],
                className="sd-cohorts-acts",
            ),
        ],
        className="sd-cohorts-open",
        role="status",
    )


def switch(label: str, names: dict[str, str], key: str, chosen: str, *, drops: str = "") -> Component:
    """Return a switch that writes a parameter of the address.

    Parameters
    ----------
    label : str
        For readers.
    names : dict of str to str
        Values and their names; the first is what holds without the parameter.
    key, chosen : str
        The parameter, and its value now.
    drops : str
        A parameter that means nothing under another value.
    """
    usual = next(iter(names))
    gone = {"data_drop_filter": drops} if drops else {}
    sides = [
        html.Button(
            name,
            type="button",
            **attributes(
                aria_pressed=str(value == chosen).lower(),
                data_set_filter=f"{key}={'' if value == usual else value}",
                **gone,
            ),
        )
        for value, name in names.items()
    ]
    return html.Div(sides, className="sd-toggle", role="group", **attributes(aria_label=label))
