"""Differences with their intervals as pictures: one for each outcome, a small one in the list."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.audiences import list_words as said
from layouts.audiences.money_words import signed
from layouts.parts import Cell, Column, card, grid, table, term
from layouts.parts.attributes import HIDDEN, attributes
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, later, sense

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.campaigns.measuring import Result
    from services.campaigns.revenue import Revenue
    from services.campaigns.standings import Standing

_TICKS = 5
_STEPS = (1, 2, 2.5, 5, 10)


class Drawn(NamedTuple):
    """A difference with its interval, in the unit that it is shown in.

    ``smallest`` is what groups like these could detect; ``final`` is whether the last day has passed;
    ``ticked`` writes the ends of whole steps.
    """

    name: str
    low: float
    difference: float
    high: float
    said: str
    proven: bool
    final: bool
    smallest: float | None
    written: Callable[[float], str]
    ticked: Callable[[float], str]


def result(result: Result, revenue: Revenue | None) -> list[Component]:
    """Return the card with an interval for each outcome; nothing where none can be compared."""
    drawn = outcomes(result, revenue)
    if not drawn:
        return []
    return [
        grid(
            [
                card(
                    later("Result, campaign minus holdout"),
                    said.of_outcomes(result, revenue),
                    [_row(each) for each in drawn],
                    table=_table(drawn),
                    note=[
                        *woven(
                            _("Lines are 95 % {intervals}.", intervals=gap("intervals")),
                            intervals=term("interval", _("intervals")),
                        ),
                        " ",
                        said.of_look(result, grey=any(map(_grey, drawn))),
                    ],
                )
            ]
        )
    ]


def outcomes(result: Result, revenue: Revenue | None) -> list[Drawn]:
    """Return the outcomes that have an interval: of the purchase rate, in points, and of revenue."""
    found: list[Drawn] = []
    final = result.stage == "ended"
    if result.rate is not None and result.rate.verdict != "too-few":
        effect, verdict = result.rate.effect, result.rate.verdict
        least = result.rate.smallest
        found.append(
            Drawn(
                _("Purchase rate, in points"),
                100 * effect.low,
                100 * effect.difference,
                100 * effect.high,
                said.VERDICTS[verdict]() if final else said.TOO_EARLY(),
                verdict != "cannot-tell",
                final,
                None if least is None else 100 * least,
                lambda value: words.change(value, 1),
                words.change,
            )
        )
    if revenue is not None and revenue.verdict != "too-few":
        found.append(
            Drawn(
                _("Revenue per customer"),
                revenue.low,
                revenue.difference,
                revenue.high,
                said.VERDICTS[revenue.verdict](),
                revenue.verdict != "cannot-tell",
                True,
                revenue.smallest,
                signed,
                lambda value: f"{'+' * (value > 0)}{words.money_sum(value)}",
            )
        )
    return found


def in_list(found: Standing, ends: tuple[float, float], name: str) -> Component | str:
    """Return the small picture of an audience's interval, on the scale of all that are listed."""
    if found.difference is None or found.low is None or found.high is None:
        return words.NOTHING
    final = found.stage == "ended"
    look = "sd-iv-open" * (not final) or "sd-iv-proven" * (found.verdict != "cannot-tell")
    parts = _marks((found.low, found.difference, found.high), ends)
    return html.Div(
        parts, className=f"sd-iv sd-iv-small {look}".rstrip(), role="img", **attributes(aria_label=name)
    )


def ends_of(listed: list[Standing]) -> tuple[float, float]:
    """Return the ends of the scale that the intervals of a list share; it holds zero."""
    known = [end for each in listed for end in (each.low, each.high) if end is not None]
    return min([0.0, *known]), max([0.0, *known])


def ticks(low: float, high: float) -> list[float]:
    """Return round numbers from below ``low`` to above ``high``, about five, zero among them if between."""
    span = max(high - low, 1e-9) / (_TICKS - 1)
    size = 10 ** math.floor(math.log10(span))
    step = next(each * size for each in _STEPS if each * size >= span * (1 - 1e-9))
    first, last = math.floor(low / step), math.ceil(high / step)
    return [place * step for place in range(first, last + 1)]


def _row(drawn: Drawn) -> Component:
    # zero is always on the scale, as is what could not be detected
    wide = drawn.smallest or 0.0
    marks = ticks(min(drawn.low, -wide, 0.0), max(drawn.high, wide, 0.0))
    ends = marks[0], marks[-1]
    tick = drawn.ticked if all(each == round(each) for each in marks) else drawn.written
    grey = [_span("sd-iv-grey", -wide, wide, ends)] if _grey(drawn) else []
    look = "sd-iv-proven" if drawn.proven and drawn.final else "" if drawn.final else "sd-iv-open"
    low, difference, high = (drawn.written(each) for each in (drawn.low, drawn.difference, drawn.high))
    told = said.of_interval(drawn.name, low, difference, high, drawn.said)
    place = {"left": _at(drawn.difference, ends)}
    return html.Div(
        [
            html.P([html.B(drawn.name), html.Span(drawn.said)], className="sd-iv-head"),
            html.Div(
                [
                    *grey,
                    *_marks((drawn.low, drawn.difference, drawn.high), ends),
                    html.Span(drawn.written(drawn.difference), className="sd-iv-label", style=place),
                ],
                className=f"sd-iv {look}".rstrip(),
                role="img",
                **attributes(aria_label=told),
            ),
            html.Div(
                [html.Span(tick(each), style={"left": _at(each, ends)}) for each in marks],
                className="sd-iv-ticks",
                **HIDDEN,
            ),
        ],
        className="sd-iv-row",
    )


def _grey(drawn: Drawn) -> bool:
    """Whether what groups like these could not detect is drawn: where nothing is proven."""
    return drawn.smallest is not None and not (drawn.proven and drawn.final)


def _marks(values: tuple[float, float, float], ends: tuple[float, float]) -> list[Component]:
    low, difference, high = values
    return [
        html.Span(className="sd-iv-zero", style={"left": _at(0.0, ends)}),
        _span("sd-iv-line", low, high, ends),
        html.Span(className="sd-iv-dot", style={"left": _at(difference, ends)}),
    ]


def _span(look: str, low: float, high: float, ends: tuple[float, float]) -> Component:
    return html.Span(
        className=look, style={"left": _at(low, ends), "right": _at(ends[0] + ends[1] - high, ends)}
    )


def _at(value: float, ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{100 * (value - low) / ((high - low) or 1.0):.2f}%"


def _table(drawn: list[Drawn]) -> Component:
    columns = [
        Column(_("Outcome")),
        *(
            Column(name, numeric=True)
            for name in (_("Difference"), sense("range", "From"), sense("range", "To"))
        ),
        Column(_("We could detect"), numeric=True),
        Column(_("Verdict")),
    ]
    rows: list[list[Cell]] = [
        [
            each.name,
            *(each.written(value) for value in (each.difference, each.low, each.high)),
            each.written(each.smallest) if each.smallest is not None else words.NOTHING,
            each.said,
        ]
        for each in drawn
    ]
    return table(columns, rows, _("Result with intervals"))
