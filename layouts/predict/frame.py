"""The tab Predict: three numbers in, an answer out. The frame as first shown; it holds no data."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Predict
from layouts.parts import button, card, copy_link_button, grid, page_head, skeleton, stack, term
from layouts.parts.attributes import HIDDEN, attributes
from layouts.parts.forms import LONGEST_NUMBER
from layouts.predict.rows import rows_card
from services.core.language.messages import _, later
from services.core.vocabulary import AXES, Axis

NAMES: dict[Axis, later] = {
    "recency": later("Recency"),
    "frequency": later("Orders"),
    "monetary": later("Spend"),
}
#: Ends of the sliders; between them positions are logarithms (``assets/predict/predict.js``).
POSITIONS = 1000

_STORES = (Predict.ASKED, Predict.PARTS, Predict.DATA, Predict.SLID, Predict.PAINT)


def layout() -> Component:
    """Return the page as first shown: the form, and the hidden frame of an answer."""
    sub = html.Span(
        _("Segment and cluster of a customer with these values. Nothing is stored."), id=Predict.SUB
    )
    return html.Div(
        [
            page_head(_("Predict"), sub),
            html.Div(
                [_form(), stack([_state(), _answer()], 7), rows_card()], className="sd-grid sd-predict-page"
            ),
            *(dcc.Store(id=store) for store in _STORES),
        ]
    )


def _form() -> html.Section:
    submit = html.Button(
        [_("Predict"), " ", html.Kbd("Enter", **HIDDEN)],
        id=Predict.SUBMIT,
        type="button",
        className="sd-btn sd-btn-primary",
    )
    return card(
        _("Three numbers"),
        html.Span(_("Type, or drag to try other values."), id=Predict.START),
        [
            *(_value(axis) for axis in AXES),
            html.P(
                _(
                    "The colour under a handle is the segment at that value if the other two numbers stay "
                    "the same. The scales are logarithmic, so small values have more room."
                ),
                className="sd-note sd-predict-note",
            ),
            html.P(
                [
                    _("What they mean:"),
                    " ",
                    term("recency"),
                    ", ",
                    term("frequency"),
                    ", ",
                    term("spend"),
                    ".",
                ],
                className="sd-note sd-predict-note",
            ),
            html.Div([submit, _start()], className="sd-predict-buttons"),
            html.P(id=Predict.CUSTOMER_ERROR, className="sd-err sd-predict-err", role="alert"),
        ],
        tools=[button(_("Reset"), Predict.RESET, small=True)],
        width=5,
    )


def _value(axis: Axis) -> html.Div:
    typed = dbc.Input(
        id=Predict.field(axis),
        type="text",
        inputmode="decimal" if axis == "monetary" else "numeric",
        autocomplete="off",
        maxlength=LONGEST_NUMBER,
        class_name="sd-predict-typed",
    )
    parts: list[Component] = [typed, html.Span(id=Predict.unit(axis), className="sd-unit")]
    if axis == "monetary":
        parts = [html.Span(words.currency_symbol(), className="sd-unit"), typed]
    slider = dbc.Input(
        id=Predict.slider(axis),
        type="range",
        min=0,
        max=POSITIONS,
        step=1,
        value=0,
        class_name="sd-predict-slider",
    )
    return html.Div(
        [
            html.Label(
                [html.Span(NAMES[axis](), id=Predict.label(axis)), html.Span(id=Predict.hint(axis))],
                htmlFor=Predict.field(axis),
            ),
            html.Div(parts, className="sd-input"),
            html.P(id=Predict.error(axis), className="sd-err", role="alert"),
            html.Div([html.Div(id=Predict.track(axis)), slider], className="sd-predict-what"),
        ],
        className="sd-field sd-predict-field",
        **attributes(data_axis=axis),
    )


def _start() -> html.Div:
    entry = dbc.Input(
        id=Predict.CUSTOMER,
        type="text",
        placeholder=_("Customer ID"),
        autocomplete="off",
        maxlength=LONGEST_NUMBER,
    )
    return html.Div(
        [
            html.Label(_("Customer ID"), htmlFor=Predict.CUSTOMER, className="sd-unseen"),
            entry,
            button(_("Start from a customer"), Predict.CUSTOMER_SUBMIT),
        ],
        className="sd-predict-start",
    )


def _state() -> html.Section:
    return html.Section(
        html.Div(skeleton("text"), id=Predict.STATE, **attributes(aria_live="polite")),
        className="sd-card sd-predict-state",
        **attributes(aria_label=_("State")),
    )


def _answer() -> html.Div:
    facts: list[tuple[Component | str, html.Span]] = [
        (term("cluster"), html.Span(id=Predict.CLUSTER)),
        (term("margin", _("Margin to the next cluster")), html.Span(id=Predict.MARGIN)),
        (_("Within the range of the data"), html.Span(id=Predict.RANGE)),
    ]
    said = [
        html.P(
            _("The numbers have changed. Press Predict to update the answer."),
            className="sd-predict-changed",
            role="status",
        ),
        html.Div(
            [html.Span(id=Predict.SEGMENT), html.Span(id=Predict.SCORE, className="sd-muted")],
            className="sd-predict-head",
        ),
        html.P(id=Predict.SENTENCE, className="sd-predict-sentence"),
        html.Div(id=Predict.NOTES),
        html.Dl(
            [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="sd-predict-facts"
        ),
    ]
    return html.Div(
        [
            card(_("Answer"), None, said, tools=[copy_link_button(_("Copy link"), small=True)]),
            grid(
                [
                    card(
                        _("What changes the segment"),
                        html.Span(id=Predict.CHANGES_FINDING),
                        [html.Div(id=Predict.CHANGES), html.Div(id=Predict.CROSSING)],
                        width=6,
                        term="segment",
                    ),
                    card(
                        _("Distance to each cluster"),
                        html.Span(id=Predict.DISTANCES_FINDING),
                        html.Div(id=Predict.DISTANCES),
                        note=_(
                            "The three values on one common scale, as when the clusters were found; a "
                            "shorter distance means more alike."
                        ),
                        width=6,
                    ),
                ]
            ),
            card(
                _("Nearest real customers"),
                html.Span(id=Predict.PEOPLE_FINDING),
                html.Div(id=Predict.PEOPLE),
                flush=True,
            ),
        ],
        id=Predict.ANSWER,
        className="sd-stack sd-predict-answer",
    )
