"""What the tab Campaigns shows of saved audiences: the list, one of them with its result, empty states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.audiences import money_words as money
from layouts.audiences import words as said
from layouts.audiences.frame import CHOSEN, EXPORT, PAGE
from layouts.parts import Cell, Column, alert, card, empty, grid, link_button, table, term

if TYPE_CHECKING:
    from services.campaigns.measuring import Group, Result
    from services.campaigns.revenue import Revenue
    from services.campaigns.saving import Plan
    from services.campaigns.trying import Rehearsal
    from services.campaigns.worth import Worth
    from services.serving.release.expected import Total
    from services.serving.release.stake import Totals
    from services.site.customers.audiences import Audience

_VIEWS = {
    "segments": "/",
    "movement": "/movement",
    "cohorts": "/cohorts",
    "churn": "/churn",
    "rule": PAGE,
}


def address(number: int) -> str:
    """Return the address of an audience."""
    return f"{PAGE}?audience={number}"


def file_address(number: int | str, columns: Sequence[str], release: str) -> str:
    """Return the address of an audience's file."""
    asked = {"audience": number, "column": list(columns), "release": release}
    return f"{EXPORT}?{urlencode(asked, doseq=True)}"


def preview(plan: Plan) -> list[Component]:
    """Return what saving would make, before it is saved."""
    return [
        html.P(html.B(said.of_sizes(plan))),
        html.P(said.of_base(plan)),
        html.P(said.of_smallest(plan)),
    ]


def expected(total: Total | None, stake: Totals | None) -> list[Component]:
    """Return what is expected of the audience's customers, one by one; nothing where nothing is."""
    said = [money.of_expected(total)] if total else []
    if stake:
        said.append(money.of_stake(stake))
    return [html.P(each) for each in said]


def rehearsal(plan: Plan, worth: Worth | None, rehearsed: Rehearsal | None) -> list[Component]:
    """Return what the audience is worth, and what trials on past customers say of it."""
    said = [money.of_worth(plan, worth)]
    if rehearsed is not None:
        if rehearsed.smallest is not None:
            said.append(money.of_smallest(rehearsed.smallest))
        said.append(money.of_trials(rehearsed.trials, rehearsed.size))
    return [html.P(html.B("What is it worth?")), *(html.P(each) for each in said)]


def listed(audiences: Sequence[tuple[Audience, str, str]], release: str) -> Component:
    """Return all audiences with what came of each.

    Parameters
    ----------
    audiences : sequence of (Audience, str, str)
        The latest first, each with its state and its outcome in short.
    release : str
        Whose data it is.
    """
    columns = [
        Column("Audience"),
        Column("Owner", optional=True),
        Column("Period", optional=True),
        Column("Campaign group", numeric=True, optional=True, term="campaign-group"),
        Column("Held out", numeric=True, optional=True, term="holdout"),
        Column("State"),
        Column("Purchase rate, campaign minus holdout", term="purchase-rate"),
        Column("Campaign list", optional=True),
    ]
    rows = [_row(*each, release) for each in audiences]
    return grid(
        [
            card(
                "Saved audiences",
                f"{words.count(len(rows), 'audience')}, the latest first.",
                table(columns, rows, "Audiences with their results"),
                note="State and result are based on the release that is shown.",
                flush=True,
            )
        ]
    )


def _row(audience: Audience, state: str, outcome: str, release: str) -> list[Cell]:
    draft = audience.draft
    return [
        dcc.Link(draft.name, href=address(audience.id)),
        draft.owner,
        said.of_period(audience),
        words.number(audience.treated),
        words.number(audience.holdout),
        state,
        html.Span(outcome, className="sd-audience-wrap"),
        link_button(
            "CSV",
            file_address(audience.id, CHOSEN, release),
            icon_name="download",
            small=True,
            download="",
        ),
    ]


def none_yet() -> Component:
    """Say how an audience is made."""
    return empty(
        "No audience yet",
        "Filter Segments to the customers you want, or choose a flow on Movement or a cell on Cohorts, "
        "and press “Save as audience”.",
        dcc.Link("Go to Segments", href="/", className="sd-btn"),
    )


def unknown(sentence: str) -> list[Component]:
    """Say that what the address asks for is not there."""
    return [alert("Note.", sentence, "info")]


def failed(sentence: str) -> Component:
    """Say why no audience can be shown."""
    return empty("Campaigns cannot be shown", sentence)


def opened(audience: Audience, result: Result | str, revenue: Revenue | None) -> Component:
    """Return one audience: what came of it, in words and figures, and what it is."""
    draft = audience.draft
    if isinstance(result, str):
        return grid([card(draft.name, result, _facts(audience))])
    body: list[Component] = []
    if result.rate is not None:
        sentences = {"": money.of_revenue(revenue), " sd-muted": money.of_counting(revenue)}
        body = [
            html.P(each, className=f"sd-audience-second{look}") for look, each in sentences.items() if each
        ]
        body.append(_figures(result))
    if result.missing:
        are = "is" if result.missing == 1 else "are"
        gone = (
            f"{words.count(result.missing, 'customer')} of the audience {are} not in this release and {are} "
            "excluded here."
        )
        body.append(html.P(gone, className="sd-muted"))
    stage = f"{said.STAGES[result.stage]}; data up to {words.date(result.data_to.isoformat())}."
    note: list[Component | str] = [
        stage,
        " What is meant by ",
        term("verdict", "verdict"),
        " and ",
        term("interval", "interval"),
        ".",
    ]
    return grid([card(draft.name, said.of_rate(result), [*body, _facts(audience)], note=note)])


def _figures(result: Result) -> Component:
    figures = ("Customers", "Buyers", "Purchase rate", "Revenue", "Revenue per customer")
    columns = [Column("Group"), *(Column(name, numeric=True) for name in figures)]
    rows: list[list[Cell]] = [
        _group(term("campaign-group"), result.treated),
        _group(term("holdout"), result.holdout),
    ]
    return table(columns, rows, "Campaign group and holdout")


def _group(name: Cell, group: Group) -> list[Cell]:
    return [
        name,
        words.number(group.customers),
        words.number(group.buyers),
        words.share(group.buyers / group.customers, 1),
        words.money_sum(group.revenue),
        words.money(group.revenue / group.customers),
    ]


def _facts(audience: Audience) -> Component:
    draft = audience.draft
    view = dcc.Link(draft.described, href=f"{_VIEWS[draft.source]}?{draft.query}".rstrip("?"))
    facts: list[tuple[str, Component | str]] = [
        ("Owner", draft.owner),
        ("What they get", draft.playbook or words.NOTHING),
        ("Period", said.of_period(audience)),
        (
            "Customers",
            f"{words.number(audience.treated)} in the campaign group, "
            f"{words.number(audience.holdout)} held out",
        ),
        ("Saved from", view),
        ("Saved", f"{words.date_time(audience.made_at.isoformat())}, release {draft.release}"),
    ]
    parts: list[Component] = []
    for name, value in facts:
        parts += [html.Dt(name), html.Dd(value)]
    return html.Dl(parts, className="sd-audience-facts")
