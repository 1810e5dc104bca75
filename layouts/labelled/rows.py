"""The card that takes a table; ``assets/labelled/rows.js`` sends it and shows what came of it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Labelled
from layouts.parts import card
from layouts.parts.attributes import attributes
from layouts.parts.sent_files import drop
from services.core.language.messages import _, plural


def rows_card() -> html.Section:
    """Return the card as first shown."""
    place = drop(
        _("Drop a table here"),
        _("Choose a file"),
        zone=Labelled.ROWS_DROP,
        chooser=Labelled.ROWS_CHOOSE,
        hint=Labelled.ROWS_HINT,
    )
    return card(
        _("Many customers at once"),
        _("A table with one row per customer comes back with each one’s probability of churning."),
        [place, html.Div(id=Labelled.ROWS, className="sd-rows-answer", **attributes(aria_live="polite"))],
        note=_(
            "Rows without an answer come back with the reason in the last column. The table is read, "
            "answered and removed; where people sign in, the log keeps its name and how many rows it has."
        ),
    )


def hint(columns: int, most_rows: int, most_bytes: int) -> Component:
    """Say what a file may be; the script looks at the size before it sends one.

    Parameters
    ----------
    columns : int
        That the model uses.
    most_rows, most_bytes : int
    """
    files = plural(
        "CSV or Excel workbook (.xlsx), also packed (.gz), with the {n} column that the model uses.",
        "CSV or Excel workbook (.xlsx), also packed (.gz), with the {n} columns that the model uses.",
        columns,
        n=words.number(columns),
    )
    most = plural(
        "At most {n} row, {size} MB.",
        "At most {n} rows, {size} MB.",
        most_rows,
        n=words.number(most_rows),
        size=words.number(most_bytes / 1_000_000),
    )
    return html.Span(f"{files} {most}", **attributes(data_most=str(most_bytes)))
