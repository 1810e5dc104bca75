"""The third step: what the file cannot decide by itself, with what each answer would come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.data.words import as_written
from layouts.imports import words as said
from layouts.imports.links import PLACE, QUESTIONS, Answers, address, with_answer, within
from layouts.imports.words import Found
from layouts.parts import card, empty, grid
from services.core.language.again import again
from services.core.language.messages import _, later, plural

_ASKED: dict[str, later] = {
    "date_order": later("Is the day or the month first?"),
    "columns": later("Which column is it?"),
    "decimal": later("What is the decimal sign?"),
    "only_currency": later("Which currency counts?"),
    "sheet": later("Which sheet?"),
    "layout": later("Which kind of export is it?"),
    "accept_unreadable": later("Leave out the rows that cannot be read?"),
    "keep_status": later("Which orders are sales?"),
}
_OTHERWISE = later("Correct the file and send it again, or say below which column holds what.")


def questions(file: str, found: Found, answers: Answers) -> Component:
    """Return a card for each question; where none is left, the way on.

    Parameters
    ----------
    file : str
        Id of the upload.
    found : mapping
        What ``inspect --json`` printed.
    answers : mapping
        Those given so far.
    """
    asked = found["questions"]
    if not asked:
        go = within(_("Add or replace"), address(file, PLACE, answers), style="sd-btn sd-btn-primary")
        sentence = _("The file is understood: {result}", result=said.sum_up(found)) if found["rows"] else ""
        return grid([card(_("Questions"), None, empty(_("No questions left"), sentence, go))])
    return grid([_question(file, each, answers) for each in asked])


def _question(file: str, question: Found, answers: Answers) -> html.Section:
    name = question["field"] or "file"
    choices = _choices(question)
    options = [_choice(file, name, value, tried, answers) for value, tried in choices]
    body: list[Component] = [
        html.P(as_written(again(said.without_options(question["message"]))), className="sd-imports-asked")
    ]
    if options:
        body.append(html.Ul(options, className="sd-imports-choices"))
    else:
        body.append(html.P(_OTHERWISE()))
    if "--" in question["message"]:
        told = html.P(as_written(again(question["message"])))
        body.append(
            html.Details([html.Summary(_("On the command line")), told], className="sd-imports-typed")
        )
    finding = _ASKED[name]() if name in _ASKED else _("How should this be read?")
    return card(_("Question"), finding, body)


def _choices(question: Found) -> list[tuple[str, Any]]:
    """Give what can be pressed: each value with what it would come to, where that was tried."""
    if question["field"] == "accept_unreadable":
        return [("1", None)]
    tried: Sequence[Any] = question.get("tried") or [None] * len(question["choices"] or [])
    return list(zip(question["choices"] or [], tried, strict=True))


def _choice(file: str, name: str, value: str, tried: Any, answers: Answers) -> html.Li:
    label = html.B(as_written(said.said(name, value)))
    if tried and tried["refused"]:
        return html.Li(
            [label, html.Span(as_written(again(said.without_options(tried["refused"]))))],
            className="sd-imports-option sd-imports-no",
        )
    told = [label, html.Span(_outcome(tried))] if tried else [label]
    link = within(told, address(file, QUESTIONS, with_answer(answers, name, value)), "sd-imports-option")
    return html.Li(link)


def _outcome(tried: Found) -> str:
    if tried["rows"] is None:
        return _("Then there is one more question.")
    customers = plural(
        "{n} customer", "{n} customers", tried["customers"], n=words.number(tried["customers"])
    )
    sums = plural(
        "{money} over {n} row of {customers}",
        "{money} over {n} rows of {customers}",
        tried["rows"],
        n=words.number(tried["rows"]),
        money=words.money(float(tried["revenue"])),
        customers=customers,
    )
    return f"{sums}, {said.days(tried)}" if tried["days"] else sums
