"""What each cleaning rule took: its rows, their money, and the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html

from layouts import words
from layouts.data.words import PLACES, as_written, facts
from services.core.left_out import words_of

if TYPE_CHECKING:
    from services.releases.overview.ledger import LeftOut, LeftOutRow


def left_out(taken: Sequence[LeftOut] | None, form: str) -> list[html.Details]:
    """Return the rules one below the other behind a disclosure; nothing where no row was left out.

    Parameters
    ----------
    taken : sequence of LeftOut or None
        None in a release from before it was reported.
    form : str
        Of the file, which says what a line of it is.
    """
    if not taken:
        return []
    place = PLACES.get(form, "Line").partition(" ")[0]
    listed = facts([(words_of(each.rule).name, _taken(each, place)) for each in taken])
    return [
        html.Details([html.Summary("Money and first rows of each group"), listed], className="sd-data-more")
    ]


def _taken(each: LeftOut, place: str) -> html.Div:
    money = f", {words.money(float(each.amount))}" if each.amount is not None else ""
    rest = each.rows - len(each.first)
    lines = [html.Li(as_written(_row(row, place))) for row in each.first]
    if rest > 0:
        lines.append(html.Li(f"and {words.count(rest, 'more row', 'more rows')}"))
    return html.Div([f"{words.count(each.rows, 'row')}{money}", html.Ul(lines, className="sd-data-list")])


def _row(row: LeftOutRow, place: str) -> str:
    told = [
        row.reason or "",
        f"customer {row.customer}" if row.customer else "",
        f"invoice {row.invoice}" if row.invoice else "",
        words.money(float(row.amount)) if row.amount is not None else "",
    ]
    said = ", ".join(filter(None, told))
    of_file = f" of {row.file}" if row.file else ""
    return f"{place} {words.number(row.line)}{of_file}{f': {said}' if said else ''}"
