"""Addresses of the page: each says the file, the step and what was answered, so that all can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from dash import html

from layouts.parts.attributes import attributes

PAGE = "/import"
COLUMNS, QUESTIONS, PLACE = "columns", "questions", "place"
"""The steps that an address can name, in their order; the first without one."""

Answers = Mapping[str, Sequence[str]]


def address(file: str, step: str = COLUMNS, answers: Answers | None = None) -> str:
    """Return the address of a step.

    Parameters
    ----------
    file : str
        Id of the upload.
    step : str
    answers : mapping of str to sequence of str
        What was said of how the file is to be read, by parameter of ``/uploads/ID/inspection``. Without any
        the file is read by itself, and not as one before it was.
    """
    asked = {"file": file, **({} if step == COLUMNS else {"step": step}), **(answers or {"as": "new"})}
    return f"{PAGE}?{urlencode(asked, doseq=True)}"


def opened(file: str) -> str:
    """Return the address that opens a file: read as the last one with its header was."""
    return f"{PAGE}?{urlencode({'file': file})}"


def with_answer(answers: Answers, name: str, value: str) -> dict[str, list[str]]:
    """Return the answers with one more; of a column's role, or of what is given once, the last one counts."""
    kept = {each: list(values) for each, values in answers.items()}
    if name != "columns":
        return kept | {name: [value]}
    role = value.partition("=")[0]
    others = [pair for pair in kept.get(name, []) if pair.partition("=")[0] != role]
    return kept | {name: [*others, value]}


def without_answer(answers: Answers, name: str, value: str) -> dict[str, list[str]]:
    """Return the answers with one taken back."""
    kept = {
        each: [given for given in values if (each, given) != (name, value)]
        for each, values in answers.items()
    }
    return {each: values for each, values in kept.items() if values}


def within(content: Any, href: str, style: str = "sd-link", **more: Any) -> html.A:
    """Link to another step: ``assets/imports`` follows it without drawing the page anew."""
    return html.A(content, href=href, className=style, **attributes(data_within="import"), **more)


def left_out_file(file: str, answers: Answers) -> str:
    """Return the address of the file of rows that are left out."""
    query = urlencode(dict(answers), doseq=True)
    return f"/uploads/{file}/left-out.csv" + (f"?{query}" if query else "")
