"""What each cleaning rule took: its rows, their money, and the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html

from layouts import words
from layouts.data.words import PLACES, as_written, facts, row_count
from services.core.language.again import again
from services.core.language.messages import _, plural
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
    listed = facts([(words_of(each.rule).name, _taken(each, form)) for each in taken])
    summary = html.Summary(_("Money and first rows of each group"))
    return [html.Details([summary, listed], className="sd-data-more")]


def _taken(each: LeftOut, form: str) -> html.Div:
    money = f", {words.money(float(each.amount))}" if each.amount is not None else ""
    rest = each.rows - len(each.first)
    lines = [html.Li(as_written(_row(row, form))) for row in each.first]
    if rest > 0:
        more = plural("and {n} more row", "and {n} more rows", rest, n=words.number(rest))
        lines.append(html.Li(more))
    return html.Div([f"{row_count(each.rows)}{money}", html.Ul(lines, className="sd-data-list")])


def _row(row: LeftOutRow, form: str) -> str:
    told = [
        again(row.reason or ""),
        _("customer {customer}", customer=row.customer) if row.customer else "",
        _("invoice {invoice}", invoice=row.invoice) if row.invoice else "",
        words.money(float(row.amount)) if row.amount is not None else "",
    ]
    said = ", ".join(filter(None, told))
    place = _place(words.number(row.line), row.file, form)
    return f"{place}: {said}" if said else place


def _place(line: str, file: str | None, form: str) -> str:
    if form in PLACES:
        return _("Row {row} of {file}", row=line, file=file) if file else _("Row {row}", row=line)
    return _("Line {line} of {file}", line=line, file=file) if file else _("Line {line}", line=line)
