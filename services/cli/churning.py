"""``churn``: how likely a customer is not to order, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.base import active_release, json_option, models_option, show

if TYPE_CHECKING:
    from services.serving.customers.churn import Moved, OwnChurn


@click.command("churn")
@click.argument("id")
@models_option
@json_option
def churn_command(id: str, models: Path, as_json: bool) -> None:
    """Show how likely a customer is not to order within 90 days, why, and what is lost then."""
    from services.serving.customers import churn
    from services.serving.customers import profile as customers

    release = active_release(models)
    found = customers.profile(release, id)
    told = churn.or_refuse(release, found.row)
    answer = {"customer_id": found.customer_id} | (churn.as_contract(told) or {})
    show(answer, as_json, lambda: _said(found.customer_id, told))


def _said(customer: str, told: OwnChurn) -> str:
    band = told.band
    lines = [
        f"Customer {customer}: {_percent(told.chance)} chance of no order in the {told.horizon} days after "
        f"{told.seen:%-d %B %Y} ({_percent(told.low)} to {_percent(told.high)})."
    ]
    if band.customers:
        share = _percent(band.left / band.customers)
        lines.append(
            f"Of {band.customers:,} customers scored {band.begin}–{band.end} % on earlier days, {share} did "
            "not come back."
        )
    lines += [
        f"{'Raises' if each.weight > 0 else 'Lowers'} it: {each.reason.name.lower()}, {_fact(each)}."
        for each in told.reasons
    ]
    lines.append(f"Expected loss: {told.loss:,.2f} of {told.usual:,.2f} usual spend in {told.horizon} days.")
    return "\n".join(lines)


def _fact(moved: Moved) -> str:
    return f"{moved.fact:,.2f}" if moved.reason.unit == "money" else f"{round(moved.fact, 1):,.10g}"


def _percent(share: float) -> str:
    if 0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"
