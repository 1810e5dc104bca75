"""What became of the rows of a file: used, or left out by which rule, with their money."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import as_written, facts
from layouts.imports import words as said
from layouts.imports.links import Answers, left_out_file
from layouts.imports.words import Found
from layouts.parts import Cell, Column, card, link_button, table
from services.core.left_out import words_of


def rule_card(file: str, found: Found, answers: Answers) -> html.Section:
    """Return the card: used and each rule add up to the rows of the file."""
    read, kept = found["rows"]["read"], found["rows"]["kept"]
    money = {each["rule"]: each["amount"] for each in found["left_out"]}
    lines: list[list[Cell]] = [["Used", *_figures(kept, read, found["revenue"])]]
    lines += [
        [words_of(rule).name, *_figures(count, read, money.get(rule))]
        for rule, count in found["rows"]["rejected"].items()
        if count
    ]
    lines.append(["In the file", *_figures(read, read, None)])
    heads: list[Column | str] = ["Rule", Column("Rows", True), Column("Share", True), Column("Money", True)]
    gone = read - kept
    body: list[Component] = [table(heads, lines, "Rows and money by rule")]
    if gone:
        label, href = f"Download the {words.number(gone)} left out", left_out_file(file, answers)
        link = link_button(label, href, icon_name="download", small=True, download=True)
        body.append(html.Div(link, className="sd-imports-download"))
    total = f"{words.number(kept)} used + {words.number(gone)} left out = {words.number(read)} in the file."
    note = f"{total} A row counts under the first rule that applies. Money is shown where it is known."
    body += _details(found)
    return card("Rows by rule", said.rows(found), body, note=note, width=7, flush=True)


def _figures(rows: int, read: int, amount: str | None) -> list[Cell]:
    money = words.NOTHING if amount is None else words.money_sum(float(amount))
    return [words.number(rows), words.share(rows / read, 1), money]


def _details(found: Found) -> list[html.Details]:
    if not found["left_out"]:
        return []
    listed = facts([(words_of(each["rule"]).name, _first(each)) for each in found["left_out"]])
    return [
        html.Details(
            [html.Summary("What each rule means, and its first rows"), listed], className="sd-imports-more"
        )
    ]


def _first(each: Found) -> html.Div:
    rest = each["rows"] - len(each["first"])
    lines = [html.Li(as_written(_row(row))) for row in each["first"]]
    if rest > 0:
        lines.append(html.Li(f"and {words.count(rest, 'more row', 'more rows')}"))
    return html.Div([words_of(each["rule"]).why, html.Ul(lines, className="sd-data-list")])


def _row(row: Found) -> str:
    told = [
        row["reason"] or "",
        f"customer {row['customer']}" if row["customer"] else "",
        f"order {row['invoice']}" if row["invoice"] else "",
        words.money(float(row["amount"])) if row["amount"] is not None else "",
    ]
    said_of = ", ".join(filter(None, told))
    return f"Line {words.number(row['line'])}{f': {said_of}' if said_of else ''}"
