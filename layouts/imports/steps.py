"""The line of steps at the top: which are done, where one is, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.imports.links import COLUMNS, PAGE, PLACE, QUESTIONS, Answers, address, within
from layouts.parts import icon
from layouts.parts.attributes import attributes
from services.core.language.messages import _, later

FILE, TRAIN = "file", "train"
_NAMES: dict[str, later] = {
    FILE: later("File"),
    COLUMNS: later("As understood"),
    QUESTIONS: later("Questions"),
    PLACE: later("Add or replace"),
    TRAIN: later("Train"),
}


def steps(
    here: str, file: str | None = None, answers: Answers | None = None, open_to: Sequence[str] = ()
) -> html.Ol:
    """Return the line of steps.

    Parameters
    ----------
    here : str
        The step that is shown.
    file : str, optional
        Id of the upload.
    answers : mapping, optional
    open_to : sequence of str
        Steps that can be gone to; those before ``here`` are done.
    """
    order = list(_NAMES)
    return html.Ol(
        [
            _step(number, name, here, file, answers, name in open_to, number <= order.index(here))
            for number, name in enumerate(order, start=1)
        ],
        className="sd-imports-steps",
        **attributes(aria_label=_("Steps")),
    )


def _step(
    number: int, name: str, here: str, file: str | None, answers: Answers | None, is_open: bool, done: bool
) -> Component:
    sign = icon("done") if done and name != here else html.Span(str(number), className="sd-imports-number")
    label: list[Component | str] = [sign, html.Span(_NAMES[name]())]
    if name == here:
        return html.Li(label, **attributes(aria_current="step"))
    if name == FILE:
        return html.Li(within(label, PAGE, "sd-imports-step"))
    if is_open and file:
        return html.Li(within(label, address(file, name, answers), "sd-imports-step"))
    return html.Li(label)
