"""What the tab Churn shows of an address: key figures, the map, chips, states without an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.parts import button, chip, empty, kpi, kpis, term
from layouts.parts.attributes import attributes
from layouts.parts.woven import woven
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.releases.overview.churn import Churn
    from services.serving.churn.grouped import Cells

_STEPS = 7  # of the sequential scale
_OF_MAP = "band fifth"
_LEAST, _MOST = "1", "5"  # of usual spend


def figures(
    churn: Churn,
    expected: float,
    people: int,
    loss: tuple[float, float],
    contacted: tuple[int, str],
    late: tuple[int, int] | None,
) -> Component:
    """Return the strip of key figures.

    Parameters
    ----------
    churn : Churn
    expected : float
        Sum of the chances.
    people : int
        Left by the filters.
    loss : (float, float)
        Expected, and what all would spend as usual.
    contacted : (int, str)
        For whom contacting pays, and at which threshold, in words.
    late : (int, int) or None
        Overdue, silent included, and silent; None where no rhythm is known.
    """
    days = words.days(churn.horizon)
    cells = [
        kpi(
            _("Expected not to order"),
            words.number(expected),
            _("of {customers}", customers=words.number(people)),
            base=_("{share} on average, in {days}", share=words.share(expected / people), days=days),
            term="churn",
        ),
        kpi(
            _("Expected loss, {days}", days=days),
            words.money_short(loss[0]),
            base=_("of {spend} usual spend", spend=words.money_short(loss[1])),
            term="expected-loss",
        ),
        kpi(_("Worth contacting"), words.number(contacted[0]), base=contacted[1]),
    ]
    if late is not None:
        base = _("longer than usual without an order; {silent} silent", silent=words.number(late[1]))
        cells.append(kpi(_("Overdue or silent"), words.number(late[0]), base=base))
    tried = sum(each.customers for each in churn.cuts)
    left = sum(each.left for each in churn.cuts) / tried
    predicted = sum(each.predicted * each.customers for each in churn.cuts) / tried
    cells.append(
        kpi(
            plural("Record, {n} earlier day", "Record, {n} earlier days", len(churn.cuts)),
            words.number(abs(100 * (left - predicted)), 1),
            _("points off"),
            base=_(
                "{left} did not order, {predicted} predicted",
                left=words.share(left),
                predicted=words.share(predicted),
            ),
        )
    )
    return kpis(cells)


def risk_map(
    held: Cells,
    edges: Sequence[float],
    percent: int | None,
    chosen: tuple[str, str],
    leads: Callable[[str, str], str],
    kind: str,
) -> Component:
    """Return the map: a row a fifth of usual spend, the most first; a column a band of risk.

    Parameters
    ----------
    held : Cells
    edges : sequence of float
        Usual spends at which the second to the last fifth begin.
    percent : int or None
        The threshold.
    chosen : (str, str)
        Band and fifth that are listed, as the address has them; empty for none.
    leads : callable
        Returns the query that lists a band and a fifth, or everybody for two empty texts.
    kind : str
        Class, by which narrow screens show another map.
    """
    fifths, bands = held.customers.shape
    width, most = 100 // bands, max(float(held.loss.max()), 1e-9)
    rows = [
        html.Tr(
            [
                html.Th([html.B(_fifth(str(fifth + 1))), html.Span(_range(edges, fifth))], scope="row"),
                *(
                    html.Td(
                        _cell(
                            int(held.customers[fifth, place]),
                            float(held.loss[fifth, place]),
                            1 + round((_STEPS - 1) * (float(held.loss[fifth, place]) / most) ** 0.5),
                            (f"{place * width}-{(place + 1) * width}", str(fifth + 1)),
                            chosen,
                            leads,
                        )
                    )
                    for place in range(bands)
                ),
            ]
        )
        for fifth in range(fifths - 1, -1, -1)
    ]
    heads = [html.Th(f"{at * width}–{(at + 1) * width}", scope="col") for at in range(bands)]
    corner = html.Th([html.Span(_("usual spend")), html.Span(_("risk in %"))])
    cut: list[Component] = []
    if percent is not None:
        label = html.B(_("worth contacting from {share}", share=words.share(percent / 100)))
        side = " sd-churn-cut-left" if percent > 55 else ""
        cut = [html.Div(label, className=f"sd-churn-cut{side}", style={"--at": percent / 100})]
    whole = html.Table(
        [
            html.Caption(_("chance of no order, by usual spend"), className="sd-unseen"),
            html.Thead(html.Tr([corner, *heads])),
            html.Tbody(rows),
        ],
        className="sd-churn-map",
    )
    return html.Div([whole, *cut], className=f"sd-churn-mapped {kind}")


def _cell(
    customers: int,
    loss: float,
    step: int,
    at: tuple[str, str],
    chosen: tuple[str, str],
    leads: Callable[[str, str], str],
) -> Component:
    if not customers:
        return html.Span("–", className="sd-churn-none")
    band, fifth = at
    on = at == chosen
    low, _dash, high = band.partition("-")
    name = plural(
        "Risk {low} to {high} per cent, fifth {fifth} of usual spend: {n} customer, expected loss {loss}",
        "Risk {low} to {high} per cent, fifth {fifth} of usual spend: {n} customers, expected loss {loss}",
        customers,
        n=words.number(customers),
        low=low,
        high=high,
        fifth=fifth,
        loss=words.money_short(loss),
    )
    return html.Button(
        [html.B(words.number(customers)), html.Small(words.money_short(loss))],
        type="button",
        className=f"sd-churn-cell sd-churn-q{step}",
        **attributes(
            aria_label=name,
            aria_pressed=str(on).lower(),
            data_search=leads("", "") if on else leads(band, fifth),
        ),
    )


def _fifth(name: str) -> str:
    return _("1 least") if name == _LEAST else _("5 most") if name == _MOST else name


def _range(edges: Sequence[float], fifth: int) -> str:
    if fifth == 0:
        return _("under {money}", money=words.money_sum(edges[0]))
    if fifth == len(edges):
        return _("from {money}", money=words.money_sum(edges[-1]))
    return _("{low} to {high}", low=words.money_sum(edges[fifth - 1]), high=words.money_sum(edges[fifth]))


def part(name: str) -> list[Component]:
    """Return the chip of the part of the map that is listed; empty where there is none."""
    if not name:
        return []
    return [
        html.Span(
            chip(_("Part of the map"), name), className="sd-going", **attributes(data_drop_filter=_OF_MAP)
        )
    ]


def profit_note(said: str) -> list[Component | str]:
    """Return the note under the costs, with its word in the gap that ``words.of_certainty`` leaves."""
    return woven(said, empc=term("empc"))


def missing(reason: str) -> Component:
    """Say why there is no chance of anything."""
    return empty(_("No churn to show"), reason, dcc.Link(_("Back to Segments"), href="/", className="sd-btn"))


def nobody(filtered: Mapping[str, object], *, of_map: bool) -> Component:
    """Say why nobody is listed, and offer the way back."""
    if of_map:
        drop = attributes(data_drop_filter=_OF_MAP)
        return empty(
            _("Nobody is in this part of the map"),
            _("Other parts have customers."),
            button(_("Show all"), **drop),
        )
    if filtered:
        clear = button(_("Clear all filters"), **attributes(data_drop_filter=" ".join(filtered)))
        return empty(_("Nobody here is worth contacting"), _("Try other costs, or fewer filters."), clear)
    return empty(
        _("Nobody is worth contacting"),
        _("At these costs contacting anybody is expected to lose money. Try others."),
    )


def no_customers(filters: Sequence[str]) -> Component:
    """Say that no customer fits the filters."""
    clear = button(_("Clear all filters"), **attributes(data_drop_filter=" ".join(filters)))
    return empty(_("No customer matches these filters"), _("Together they leave nobody."), clear)
