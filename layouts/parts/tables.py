"""Plain tables, and rows of bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from layouts.parts.attributes import attributes
from layouts.parts.badges import unseen
from layouts.parts.terms import named
from services.core.language.messages import _

Cell = Component | str


class Column(NamedTuple):
    """A heading; whether numbers stand below; whether narrow screens leave it out; its word, if dotted.

    ``sorted`` is ``ascending`` or ``descending`` where the rows stand in the column's order.
    """

    name: Cell
    numeric: bool = False
    optional: bool = False
    term: str = ""
    sorted: str = ""

    @property
    def style(self) -> str:
        """Class of the column's cells."""
        return " ".join(["sd-num"] * self.numeric + ["sd-opt"] * self.optional)


def table(columns: Sequence[Column | str], rows: Sequence[Sequence[Cell]], name: str) -> html.Div:
    """Make a table of text and components.

    Parameters
    ----------
    columns : sequence of Column or str
    rows : sequence of sequences
        Cells ready to show: words, not numbers. The first of each row is its heading.
    name : str
        What the table lists, for readers.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    head = html.Tr(
        [
            html.Th(
                named(column.name, column.term) if isinstance(column.name, str) else column.name,
                className=column.style,
                scope="col",
                **(attributes(aria_sort=column.sorted) if column.sorted else {}),
            )
            for column in heads
        ]
    )
    body = [
        html.Tr(
            [
                html.Th(cell, className=column.style, scope="row")
                if place == 0
                else html.Td(cell, className=column.style)
                for place, (column, cell) in enumerate(zip(heads, row, strict=True))
            ]
        )
        for row in rows
    ]
    return html.Div(
        html.Table([html.Caption(unseen(name)), html.Thead(head), html.Tbody(body)], className="sd-tbl"),
        className="sd-tblwrap",
        role="region",
        tabIndex="0",
        **attributes(aria_label=_("{name}, table", name=name)),
    )


def bars(rows: Sequence[Sequence[Cell]], columns: str, head: Sequence[Cell] = ()) -> html.Div:
    """Line up names, tracks and figures on one grid.

    Parameters
    ----------
    rows : sequence of sequences
        Cells; put figures in ``html.Span(…, className="sd-num")``.
    columns : str
        CSS widths, such as ``minmax(132px, 1fr) 1fr 54px``.
    head : sequence, optional
        A row of small grey headings.
    """
    style = {"gridTemplateColumns": columns}
    lines = [html.Div(list(row), className="sd-bar-row", style=style) for row in rows]
    if head:
        titles = [html.Span(cell) if isinstance(cell, str) else cell for cell in head]
        lines.insert(0, html.Div(titles, className="sd-bar-row sd-bar-head", style=style))
    return html.Div(lines, className="sd-bars")
