"""The second step: how the file is understood, column by column, and what becomes of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import MONEY, as_written, facts, sentences
from layouts.imports import words as said
from layouts.imports.links import COLUMNS, Answers, address, within, without_answer
from layouts.imports.rows import rule_card
from layouts.imports.words import Found
from layouts.parts import Cell, Column, card, grid, table, unseen
from services.core.how_read import how_read
from services.core.left_out import words_of

_FIRST = (
    "line",
    "customer",
    "date",
    "invoice",
    "product",
    "description",
    "quantity",
    "price",
    "amount",
    "country",
)
_OF_CUSTOMERS = ("recency", "frequency", "monetary")
_NUMBERS = ("line", "quantity", "price", "amount", "recency", "frequency", "monetary")
_IGNORED = 40


def understood(
    file: str, found: Found, answers: Answers, onward: Component, alike: Found | None = None
) -> Component:
    """Return the cards of the step.

    Parameters
    ----------
    file : str
        Id of the upload.
    found : mapping
        What ``inspect --json`` printed.
    answers : mapping
    onward : Component
        Leads to the next step.
    alike : mapping, optional
        The file of the ledger as which this one was read: what ``ledger alike --json`` printed.
    """
    cards = [_what(found, answers, file, onward, alike)]
    if found["rows"] or found["warnings"]:
        cards.append(_warnings(found))
    if found["roles"]:
        cards.append(_columns(found))
    if found["rows"]:
        cards.append(rule_card(file, found, answers))
    if found["first"]:
        cards.append(_first(found))
    return grid(cards)


def _what(found: Found, answers: Answers, file: str, onward: Component, alike: Found | None) -> html.Section:
    name = found["files"][0]["name"]
    known = [
        ("File", as_written(name)),
        (
            "Layout",
            found["layout"] or "not a known one; read by its columns" if found["roles"] else words.NOTHING,
        ),
        ("Form", said.form(found)),
        ("Rows", words.number(found["rows"]["read"]) if found["rows"] else words.NOTHING),
        ("Days", said.days(found)),
        ("Amount of each row", str(MONEY.get(found["money"] or "", found["money"] or words.NOTHING))),
        *([("You said", _answers(file, answers))] if answers else []),
    ]
    roles = {each["role"]: each["column"] for each in found["roles"]}
    told = how_read(roles, found["ignored"]["columns"], found["layout"]) if roles else ""
    finding = said.sum_up(found) + "." if found["rows"] else said.asked(found["questions"])
    body: list[Component] = [_read_as(file, alike)] if alike else []
    body.append(facts([each for each in known if each[1] != words.NOTHING]))
    if told:
        body.append(html.P(as_written(told), className="sd-note"))
    return card("What it is", finding, [*body, html.Div(onward, className="sd-imports-onward")], width=7)


def _read_as(file: str, alike: Found) -> html.P:
    day = words.date(datetime.fromisoformat(alike["added_at"]))
    told: list[Component | str] = [
        "Read in the same way as ",
        as_written(alike["name"]),
        f" of {day}, which has the same columns. ",
    ]
    return html.P([*told, within("Read it on its own", address(file))], className="sd-imports-alike")


def _answers(file: str, answers: Answers) -> Component:
    """List what was answered, each with the way to take it back."""
    given = [(name, value) for name, values in answers.items() for value in values]
    return html.Ul([html.Li(_answer(file, answers, *each)) for each in given], className="sd-imports-answers")


def _answer(file: str, answers: Answers, name: str, value: str) -> list[Component | str]:
    told = said.said(name, value)
    back = address(file, COLUMNS, without_answer(answers, name, value))
    return [as_written(told), " ", within(["Take back", unseen(f": {told}")], back)]


def _warnings(found: Found) -> html.Section:
    if not found["warnings"]:
        return card("Warnings", "There are no warnings.", None, width=5)
    many = len(found["warnings"])
    finding = "One thing to check." if many == 1 else f"{words.capital(words.small(many))} things to check."
    return card(
        "Warnings",
        finding,
        sentences([as_written(said.without_options(each)) for each in found["warnings"]]),
        width=5,
    )


def _columns(found: Found) -> html.Section:
    rows: list[list[Cell]] = [
        [said.role(each["role"]), as_written(each["column"]), as_written(each["reason"] or words.NOTHING)]
        for each in found["roles"]
    ]
    ignored = found["ignored"]["columns"]
    used = len({each["column"] for each in found["roles"]})
    finding = (
        f"{words.number(used)} of {words.count(used + len(ignored), 'column')} are used."
        if ignored
        else (f"All {words.count(used, 'column')} are used.")
    )
    note = [_listed("Not used: ", ignored)] if ignored else None
    listed = table(["Read as", "Column of the file", "Why"], rows, "Columns and what they are read as")
    return card("Columns", finding, listed, note=note, width=5, flush=True)


def _listed(before: str, names: Sequence[str]) -> html.Span:
    shown: list[Component | str] = [before]
    for place, name in enumerate(names[:_IGNORED]):
        shown += [", "] * bool(place) + [as_written(name) if name else "(no name)"]
    more = len(names) - _IGNORED
    return html.Span([*shown, f" and {words.number(more)} more." if more > 0 else "."])


def _first(found: Found) -> html.Section:
    rows = found["first"]
    names = [name for name in (*_FIRST, *_OF_CUSTOMERS) if any(row.get(name) is not None for row in rows)]
    heads = [Column(_head(name), name in _NUMBERS) for name in names]
    listed: list[list[Cell]] = [[*(_cell(name, row.get(name)) for name in names), _rule(row)] for row in rows]
    many = len(rows)
    finding = f"The first {words.count(many, 'row')} as {'it is' if many == 1 else 'they are'} understood."
    return card(
        "First rows",
        finding,
        html.Div(table([*heads, "Used"], listed, "First rows of the file"), className="sd-imports-first"),
        flush=True,
    )


def _head(name: str) -> str:
    return "Line" if name == "line" else said.role(name)


def _cell(name: str, value: object) -> Cell:
    if value is None:
        return words.NOTHING
    if name == "line":
        return words.number(int(str(value)))
    return as_written(str(value).removesuffix(" 00:00:00") if name == "date" else str(value))


def _rule(row: Found) -> str:
    return words_of(row["rule"]).name if row["rule"] else "Yes"


def onward(label: str, href: str) -> Component:
    """Return the link to the next step."""
    return within(label, href, "sd-btn sd-btn-primary")
