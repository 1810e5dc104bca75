"""The list of campaigns: a row each with state, owner, value and result; what narrows and orders it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.audiences import intervals
from layouts.audiences import list_words as said
from layouts.parts import Cell, Column, card, empty, grid, table
from layouts.parts.attributes import attributes
from services.core.language.messages import _, later

if TYPE_CHECKING:
    from services.campaigns.standings import Listed, Standing, Wanted
    from services.site.customers.audiences import Audience

#: Columns that order the list, by what the address calls them: heading, whether of numbers, whether optional.
_COLUMNS: dict[str, tuple[later, bool, bool]] = {
    "name": (later("Campaign"), False, False),
    "state": (later("State"), False, False),
    "owner": (later("Owner"), False, True),
    "days": (later("Runs"), False, True),
    "customers": (later("Customers"), True, True),
    "worth": (later("Spend anyway"), True, True),
    "point": (later("A point is worth"), True, True),
    "difference": (later("Difference in points"), False, True),
}
_NOTE = later(
    "State and result are based on the release that is shown. The result is ready once the data reaches the "
    "last day. Difference: purchase rate, campaign minus holdout, with its 95 % interval; the thin line is "
    "zero. Spend anyway, and what each further percentage point of buyers is worth, were worked out when the "
    "campaign was saved."
)


def listed(found: Sequence[Listed], counts: Mapping[str, int], asked: Wanted) -> Component:
    """Return the campaigns of a state in order, with what else there is.

    Parameters
    ----------
    found : sequence of (Audience, Standing)
        As they are to be listed.
    counts : mapping of str to int
        How many there are in each state; under the empty one, all that are not archived.
    asked : Wanted
    """
    ends = intervals.ends_of([each for _, each in found])
    rows = [_row(audience, each, ends) for audience, each in found]
    columns = [
        _sortable(name, Column(heading(), numeric, optional), asked)
        for name, (heading, numeric, optional) in _COLUMNS.items()
    ]
    body = (
        table([*columns, Column(_("Result"))], rows, _("Campaigns with their results"))
        if rows
        else empty(said.none_in(asked.state), _("Choose another state above."))
    )
    return grid(
        [
            card(
                _("Campaigns"),
                said.of_finished([each for _, each in found]) if rows else None,
                [_switch(counts, asked.state), body],
                note=_NOTE(),
                flush=True,
            )
        ]
    )


def none_yet() -> Component:
    """Say how a campaign is made."""
    return empty(
        _("No campaigns yet"),
        _(
            "Open any list of customers, such as a filter of Segments, Churn or a cell of Cohorts, and press "
            "“Save as audience”."
        ),
        dcc.Link(_("Go to Segments"), href="/", className="sd-btn"),
    )


def badge(audience: Audience, found: Standing) -> Component:
    """Name the state of a campaign, and under it what comes next."""
    name, beside = said.of_state(audience, found)
    return html.Span(
        [
            html.Span(name, className=f"sd-camp-state sd-camp-{found.stage}"),
            *([html.Small(beside)] if beside else []),
        ],
        className="sd-camp-standing",
    )


def _row(audience: Audience, found: Standing, ends: tuple[float, float]) -> list[Cell]:
    draft = audience.draft
    return [
        html.Span(
            [
                dcc.Link(draft.name, href=f"/audiences?audience={audience.id}"),
                html.Small(draft.described, className="sd-muted"),
            ],
            className="sd-camp-name",
        ),
        badge(audience, found),
        draft.owner,
        said.of_days(audience),
        said.of_customers(audience),
        said.of_amount(draft.spend_anyway),
        said.of_amount(draft.point_worth),
        intervals.in_list(found, ends, said.of_difference(found)),
        html.Span(said.of_result(found), className=f"sd-camp-result sd-camp-{found.verdict or 'none'}"),
    ]


def _sortable(name: str, column: Column, asked: Wanted) -> Column:
    mine = asked.sort == name
    down = not asked.descending if mine else column.numeric or name == "difference"
    sign = {"": "", "ascending": " ↑", "descending": " ↓"}
    order = ("descending" if asked.descending else "ascending") if mine else ""
    head = html.Button(
        f"{column.name}{sign[order]}",
        type="button",
        className="sd-camp-sort",
        **attributes(data_set_filter=f"sort={name}:{'desc' if down else 'asc'}"),
    )
    return column._replace(name=head, sorted=order)


def _switch(counts: Mapping[str, int], chosen: str) -> Component:
    sides = [
        html.Button(
            f"{said.STATES[state]()} {words.number(count)}",
            type="button",
            **attributes(aria_pressed=str(state == chosen).lower(), data_set_filter=f"state={state}"),
        )
        for state, count in counts.items()
    ]
    return html.Div(
        html.Div(sides, className="sd-toggle", role="group", **attributes(aria_label=_("State"))),
        className="sd-camp-switch",
    )
