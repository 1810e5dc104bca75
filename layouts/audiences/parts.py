"""What the tab Campaigns shows of saved audiences: one of them with its result, empty states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.audiences import money_words as money
from layouts.audiences import words as said
from layouts.audiences.frame import PAGE
from layouts.audiences.list_words import of_amount
from layouts.parts import Cell, Column, alert, card, empty, grid, table, term
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, plural

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
    "product": "/customers",
}


def address(number: int) -> str:
    """Return the address of an audience."""
    return f"{PAGE}?audience={number}"


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
    return [html.P(html.B(_("What is it worth?"))), *(html.P(each) for each in said)]


def unknown(sentence: str) -> list[Component]:
    """Say that what the address asks for is not there."""
    return [alert(_("Note."), sentence, "info")]


def failed(sentence: str) -> Component:
    """Say why no audience can be shown."""
    return empty(_("Campaigns cannot be shown"), sentence)


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
        gone = plural(
            "{n} customer of the audience is not in this release and is excluded here.",
            "{n} customers of the audience are not in this release and are excluded here.",
            result.missing,
            n=words.number(result.missing),
        )
        body.append(html.P(gone, className="sd-muted"))
    stage = _(
        "{state}; data up to {day}.",
        state=said.STAGES[result.stage](),
        day=words.date(result.data_to.isoformat()),
    )
    meant = woven(
        _("What is meant by {verdict} and {interval}.", verdict=gap("verdict"), interval=gap("interval")),
        verdict=term("verdict", _("verdict")),
        interval=term("interval", _("interval")),
    )
    note: list[Component | str] = [stage, " ", *meant]
    return grid([card(draft.name, said.of_rate(result), [*body, _facts(audience)], note=note)])


def _figures(result: Result) -> Component:
    columns = [
        Column(_("Group")),
        Column(_("Customers"), numeric=True),
        Column(_("Buyers"), numeric=True),
        Column(_("Purchase rate"), numeric=True, term="purchase-rate"),
        Column(_("Revenue"), numeric=True),
        Column(_("Revenue per customer"), numeric=True),
    ]
    rows: list[list[Cell]] = [
        _group(term("campaign-group"), result.treated),
        _group(term("holdout"), result.holdout),
    ]
    return table(columns, rows, _("Campaign group and holdout"))


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
    draft, days = audience.draft, (audience.draft.ends_on - audience.draft.starts_on).days + 1
    view = dcc.Link(draft.described, href=f"{_VIEWS[draft.source]}?{draft.query}".rstrip("?"))
    facts: list[tuple[str, Component | str]] = [
        (_("Owner"), draft.owner),
        (_("What they get"), draft.playbook or words.NOTHING),
        (
            _("Period"),
            said.of_period(audience)
            if audience.started
            else _("{days} from its start", days=words.days(days)),
        ),
        (
            _("Customers"),
            _(
                "{treated} in the campaign group, {held_out} held out",
                treated=words.number(audience.treated),
                held_out=words.number(audience.holdout),
            ),
        ),
        (
            _("Spend anyway"),
            _(
                "{amount} in {days}, as of saving",
                amount=of_amount(draft.spend_anyway),
                days=words.days(days),
            ),
        ),
        (_("A point is worth"), _("{amount}, as of saving", amount=of_amount(draft.point_worth))),
        (_("Saved from"), view),
        (
            _("Saved"),
            _(
                "{time}, release {release}",
                time=words.date_time(audience.made_at.isoformat()),
                release=draft.release,
            ),
        ),
    ]
    parts: list[Component] = []
    for name, value in facts:
        parts += [html.Dt(name), html.Dd(value)]
    return html.Dl(parts, className="sd-audience-facts")
