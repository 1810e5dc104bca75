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
from services.core.language.again import again
from services.core.language.messages import _, plural
from services.core.left_out import words_of


def rule_card(file: str, found: Found, answers: Answers) -> html.Section:
    """Return the card: used and each rule add up to the rows of the file."""
    read, kept = found["rows"]["read"], found["rows"]["kept"]
    money = {each["rule"]: each["amount"] for each in found["left_out"]}
    lines: list[list[Cell]] = [[_("Used"), *_figures(kept, read, found["revenue"])]]
    lines += [
        [words_of(rule).name, *_figures(count, read, money.get(rule))]
        for rule, count in found["rows"]["rejected"].items()
        if count
    ]
    lines.append([_("In the file"), *_figures(read, read, None)])
    heads = [
        Column(_("Rule")),
        Column(_("Rows"), True),
        Column(_("Share"), True),
        Column(_("Money"), True),
    ]
    gone = read - kept
    body: list[Component] = [table(heads, lines, _("Rows and money by rule"))]
    if gone:
        label = plural("Download the {n} left out", "Download the {n} left out", gone, n=words.number(gone))
        href = left_out_file(file, answers)
        link = link_button(label, href, icon_name="download", small=True, download=True)
        body.append(html.Div(link, className="sd-imports-download"))
    note = _(
        "{used} used + {left_out} left out = {all} in the file. A row counts under the first rule that "
        "applies. Money is shown where it is known.",
        used=words.number(kept),
        left_out=words.number(gone),
        all=words.number(read),
    )
    body += _details(found)
    return card(_("Rows by rule"), said.rows(found), body, note=note, width=7, flush=True)


def _figures(rows: int, read: int, amount: str | None) -> list[Cell]:
    money = words.NOTHING if amount is None else words.money_sum(float(amount))
    return [words.number(rows), words.share(rows / read, 1), money]


def _details(found: Found) -> list[html.Details]:
    if not found["left_out"]:
        return []
    listed = facts([(words_of(each["rule"]).name, _first(each)) for each in found["left_out"]])
    heading = html.Summary(_("What each rule means, and its first rows"))
    return [html.Details([heading, listed], className="sd-imports-more")]


def _first(each: Found) -> html.Div:
    rest = each["rows"] - len(each["first"])
    lines = [html.Li(as_written(_row(row))) for row in each["first"]]
    if rest > 0:
        lines.append(html.Li(plural("and {n} more row", "and {n} more rows", rest, n=words.number(rest))))
    return html.Div([words_of(each["rule"]).why, html.Ul(lines, className="sd-data-list")])


def _row(row: Found) -> str:
    told = [
        again(row["reason"] or ""),
        _("customer {id}", id=row["customer"]) if row["customer"] else "",
        _("order {id}", id=row["invoice"]) if row["invoice"] else "",
        words.money(float(row["amount"])) if row["amount"] is not None else "",
    ]
    said_of, line = ", ".join(filter(None, told)), words.number(row["line"])
    return _("Line {n}: {what}", n=line, what=said_of) if said_of else _("Line {n}", n=line)
