"""The form for one customer, made from the model's columns; the address holds what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Labelled
from layouts.labelled import words as said
from layouts.parts import card, refusal
from layouts.parts.forms import LONGEST_NUMBER, field
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.core.labelled.columns import Feature
    from services.serving.labelled.churning import Customer

#: What stands before a column's name in the address: the site has parameters of its own.
PREFIX = "of."
#: What a menu says for a word that is not known: one without a text would show nothing.
NOT_KNOWN = "-"
#: Columns that the form asks for; those behind them are taken as not known.
MOST = 40


def one_customer(
    features: Sequence[Feature], texts: Mapping[str, str], found: Customer | None, threshold: float
) -> html.Section:
    """Return the card with the form, and the answer where one was asked for.

    Parameters
    ----------
    features : sequence of Feature
    texts : mapping
        Column to what stands in its field.
    found : Customer or None
    threshold : float
        The chance from which on a customer counts as likely to churn.
    """
    errors = found.errors if found else {}
    fields = [
        _field(place, feature, texts.get(feature.name, ""), errors.get(feature.name))
        for place, feature in enumerate(features[:MOST])
    ]
    submit = html.Button(_("Predict"), type="submit", className="sd-btn sd-btn-primary")
    form = html.Form(
        [html.Div(fields, className="sd-labelled-fields"), submit], action="/churn/table", method="GET"
    )
    note = _("Empty fields count as not known. Nothing is stored; the page’s address holds the values.")
    if len(features) > MOST:
        first = plural(
            "The form asks for the first {most} of {n} column.",
            "The form asks for the first {most} of {n} columns.",
            len(features),
            n=words.number(len(features)),
            most=words.number(MOST),
        )
        note = f"{note} {first}"
    return card(_("One customer"), _finding(found, threshold), form, note=note)


def _finding(found: Customer | None, threshold: float) -> str:
    if found is None:
        return _("The fields start with the middle values of the table, and its most common words.")
    if found.chance is None:
        return _("A value cannot be used; the reason is shown next to it.")
    answered = said.answer(found.chance, threshold, likely=found.likely)
    doubts = [said.beyond(found.beyond)] if found.beyond else []
    doubts += [said.empty(found.empty)] if found.empty else []
    return " ".join([answered, *doubts])


def _field(place: int, feature: Feature, text: str, error: str | None) -> Component:
    named, name = Labelled.field(place), PREFIX + feature.name
    hint = None
    control: Component
    if feature.kind == "number":
        control = dbc.Input(
            id=named,
            name=name,
            type="text",
            inputmode="decimal",
            autocomplete="off",
            maxlength=LONGEST_NUMBER,
            value=text,
        )
        if feature.low is not None and feature.high is not None:
            hint = _("{low} to {high}", low=_number(feature.low), high=_number(feature.high))
    else:
        listed = [*feature.words, *([text] if text and text not in feature.words else [])]
        options = [{"label": each or _("not known"), "value": each or NOT_KNOWN} for each in ("", *listed)]
        control = dbc.Select(id=named, name=name, options=options, value=text or NOT_KNOWN, size="sm")
    made = field(feature.name, control, hint=hint)
    if error:
        made.children.append(html.P(refusal(error), className="sd-err", role="alert"))
    return made


def _number(value: float) -> str:
    return words.number(value, 0 if value == int(value) else 2)
