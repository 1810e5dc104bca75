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
from layouts.parts.cards import Content
from layouts.parts.woven import gap, woven
from services.core.how_read import how_read
from services.core.language.again import again
from services.core.language.messages import _, plural
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
    known: list[tuple[Component | str, Content]] = [
        (_("File"), as_written(name)),
        (_("Layout"), _layout(found)),
        (_("Form"), said.form(found)),
        (_("Rows"), words.number(found["rows"]["read"]) if found["rows"] else words.NOTHING),
        (_("Days"), said.days(found)),
        (_("Amount of each row"), str(MONEY.get(found["money"] or "", found["money"] or words.NOTHING))),
        *([(_("You said"), _answers(file, answers))] if answers else []),
    ]
    roles = {each["role"]: each["column"] for each in found["roles"]}
    told = how_read(roles, found["ignored"]["columns"], found["layout"]) if roles else ""
    finding = said.sum_up(found) if found["rows"] else said.asked(found["questions"])
    body: list[Component] = [_read_as(file, alike)] if alike else []
    body.append(facts([each for each in known if each[1] != words.NOTHING]))
    if told:
        body.append(html.P(as_written(told), className="sd-note"))
    return card(_("What it is"), finding, [*body, html.Div(onward, className="sd-imports-onward")], width=7)


def _layout(found: Found) -> str:
    if not found["roles"]:
        return words.NOTHING
    return again(found["layout"] or "") or _("not a known one; read by its columns")


def _read_as(file: str, alike: Found) -> html.P:
    day = words.date(datetime.fromisoformat(alike["added_at"]))
    told = _(
        "Read in the same way as {name} of {day}, which has the same columns.", name=gap("name"), day=day
    )
    link = within(_("Read it on its own"), address(file))
    return html.P([*woven(told, name=as_written(alike["name"])), " ", link], className="sd-imports-alike")


def _answers(file: str, answers: Answers) -> Component:
    """List what was answered, each with the way to take it back."""
    given = [(name, value) for name, values in answers.items() for value in values]
    return html.Ul([html.Li(_answer(file, answers, *each)) for each in given], className="sd-imports-answers")


def _answer(file: str, answers: Answers, name: str, value: str) -> list[Component | str]:
    told = said.said(name, value)
    back = address(file, COLUMNS, without_answer(answers, name, value))
    return [as_written(told), " ", within([_("Take back"), unseen(f": {told}")], back)]


def _warnings(found: Found) -> html.Section:
    if not found["warnings"]:
        return card(_("Warnings"), _("There are no warnings."), None, width=5)
    many = len(found["warnings"])
    finding = plural("{n} thing to check.", "{n} things to check.", many, n=words.number(many))
    return card(
        _("Warnings"),
        finding,
        sentences([as_written(again(said.without_options(each))) for each in found["warnings"]]),
        width=5,
    )


def _columns(found: Found) -> html.Section:
    rows: list[list[Cell]] = [
        [
            said.role(each["role"]),
            as_written(each["column"]),
            as_written(again(each["reason"] or words.NOTHING)),
        ]
        for each in found["roles"]
    ]
    ignored = found["ignored"]["columns"]
    used = len({each["column"] for each in found["roles"]})
    count = used + len(ignored)
    finding = (
        plural(
            "{used} of {n} column is used.",
            "{used} of {n} columns are used.",
            count,
            n=words.number(count),
            used=words.number(used),
        )
        if ignored
        else plural("All {n} column is used.", "All {n} columns are used.", used, n=words.number(used))
    )
    note = [_not_used(ignored)] if ignored else None
    heads = [_("Read as"), _("Column of the file"), _("Why")]
    listed = table(heads, rows, _("Columns and what they are read as"))
    return card(_("Columns"), finding, listed, note=note, width=5, flush=True)


def _not_used(names: Sequence[str]) -> html.Span:
    more = len(names) - _IGNORED
    told = (
        plural(
            "Not used: {names} and {n} more.",
            "Not used: {names} and {n} more.",
            more,
            n=words.number(more),
            names=gap("names"),
        )
        if more > 0
        else _("Not used: {names}.", names=gap("names"))
    )
    listed: list[Component | str] = []
    for place, name in enumerate(names[:_IGNORED]):
        listed += [", "] * bool(place) + [as_written(name) if name else _("(no name)")]
    return html.Span(woven(told, names=listed))


def _first(found: Found) -> html.Section:
    rows = found["first"]
    names = [name for name in (*_FIRST, *_OF_CUSTOMERS) if any(row.get(name) is not None for row in rows)]
    heads = [Column(_head(name), name in _NUMBERS) for name in names]
    listed: list[list[Cell]] = [[*(_cell(name, row.get(name)) for name in names), _rule(row)] for row in rows]
    many = len(rows)
    finding = plural(
        "The first {n} row as it is understood.",
        "The first {n} rows as they are understood.",
        many,
        n=words.number(many),
    )
    shown = table([*heads, _("Used")], listed, _("First rows of the file"))
    return card(_("First rows"), finding, html.Div(shown, className="sd-imports-first"), flush=True)


def _head(name: str) -> str:
    return _("Line") if name == "line" else said.role(name)


def _cell(name: str, value: object) -> Cell:
    if value is None:
        return words.NOTHING
    if name == "line":
        return words.number(int(str(value)))
    return as_written(str(value).removesuffix(" 00:00:00") if name == "date" else str(value))


def _rule(row: Found) -> str:
    return words_of(row["rule"]).name if row["rule"] else _("Yes")


def onward(label: str, href: str) -> Component:
    """Return the link to the next step."""
    return within(label, href, style="sd-btn sd-btn-primary")
