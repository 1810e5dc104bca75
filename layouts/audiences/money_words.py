"""The sentences on an audience's money: what it is worth, what trials showed, what came of its revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.audiences.words import SAID
from layouts.parts import expecting

if TYPE_CHECKING:
    from services.campaigns.revenue import Revenue
    from services.campaigns.saving import Plan
    from services.campaigns.worth import Worth
    from services.core.campaigns.expecting import Expected
    from services.core.campaigns.trials import Trials
    from services.serving.release.expected import Total
    from services.serving.release.stake import Totals


def of_worth(plan: Plan, worth: Worth | None) -> str:
    """Say what the audience would spend anyway, and what a further point of buyers is worth."""
    these = f"{'this' if len(plan.held_out) == 1 else 'these'} {words.count(len(plan.held_out), 'customer')}"
    if worth is None:
        return (
            f"What {these} would spend anyway is not known: too few earlier periods of "
            f"{words.days(plan.days)} are known for such customers, or their spend varied too much between "
            "them."
        )
    return (
        f"Without a campaign {these} can be expected to spend {_about(worth.revenue)} in "
        f"{words.days(plan.days)}. Each percentage point more buyers in the campaign group is worth "
        f"{_about(worth.point)}. The ranges (95 %) are based on how much such customers’ spend "
        f"changed over the last {words.number(worth.revenue.periods)} periods of that length."
    )


def of_expected(total: Total) -> str:
    """Say what the customers are expected to spend, and how far such totals of everybody were off."""
    return (
        f"Expected spend, summed over these customers: about {words.money_short(total.spend)} in the "
        f"{words.days(total.days)} after {words.date_short(total.seen)}; for all customers together, "
        f"{expecting.off(total.off)}."
    )


def of_stake(totals: Totals) -> str:
    """Say how much of the usual spend is expected to be lost, as Churn does."""
    return (
        f"Expected loss if nothing is done: about {words.money_short(totals.loss)} of "
        f"{words.money_short(totals.usual)} usual spend in {words.days(totals.horizon)}."
    )


def of_trials(trials: Trials, size: int) -> str:
    """Say how often the verdict on revenue was right on past customers, and the smallest effect it finds.

    Parameters
    ----------
    trials : Trials
    size : int
        Customers of each trial's audience.
    """
    audiences = f"audiences of {words.count(size, 'customer')}"
    if trials.smallest_effect is None or trials.power is None:
        return (
            f"In {words.number(trials.trials)} trials on your own past customers, {audiences} often had "
            "too few customers or buyers for a verdict on revenue. Choose a view with more customers."
        )
    orders = (
        "; when the same amount came from extra orders by a few customers, in "
        f"{words.share(trials.power_by_orders)}"
        if trials.power_by_orders is not None
        else ""
    )
    wrong = round(trials.false_verdicts * trials.trials)
    return (
        f"In {words.number(trials.trials)} trials on your own past customers ({audiences}) in which the "
        f"campaign changed nothing, the verdict on revenue still saw an effect in {words.number(wrong)} "
        f"({words.share(trials.false_verdicts, 1)}). When every customer in the campaign group spent "
        f"{words.money(trials.smallest_effect)} more, it was found in {words.share(trials.power)} of the "
        f"same number of trials{orders}."
    )


def of_smallest(smallest: float) -> str:
    """Say the smallest effect on revenue that the audience itself would show."""
    return (
        f"Smallest effect on revenue that would show (in four out of five campaigns): every customer in the "
        f"campaign group spends {words.money(smallest)} more."
    )


def of_revenue(revenue: Revenue | None) -> str:
    """Say what came of the revenue per customer, with its interval, or why that cannot be told."""
    if revenue is None:
        return ""
    if revenue.verdict == "too-few":
        return "Revenue per customer: cannot tell, too few customers or buyers."
    figures = (
        f"revenue per customer, campaign minus holdout, {signed(revenue.difference)} (95 % interval "
        f"{signed(revenue.low)} to {signed(revenue.high)})"
    )
    if revenue.verdict != "cannot-tell":
        return f"{SAID[revenue.verdict]}: {figures}."
    least = "Groups this small cannot show any difference."
    if revenue.smallest is not None:
        least = f"With groups like these we could only detect {words.money(revenue.smallest)} or more."
    return f"Cannot tell: {figures}, which could be chance alone. {least}"


def of_counting(revenue: Revenue | None) -> str:
    """Say how the difference of revenue was counted, where it is not that of the plain means."""
    if revenue is None or revenue.verdict == "too-few":
        return ""
    parts = []
    if revenue.cut is not None:
        who, count = words.count(revenue.above, "customer"), "counts" if revenue.above == 1 else "count"
        parts.append(
            f"{who} who spent more than {words.money(revenue.cut)} {count} as {words.money(revenue.cut)}, so "
            "that a few large orders do not decide the result."
        )
    if revenue.adjusted:
        parts.append("The result allows for differences in what the groups had spent before the first day.")
    return " ".join(parts)


def _about(expected: Expected) -> str:
    value, low, high = (words.money_short(each) for each in (expected.value, expected.low, expected.high))
    return f"about {value} ({low} to {high})"


def signed(amount: float) -> str:
    """Write a difference of money: ``+£34.10``."""
    said = words.money(amount)
    return f"+{said}" if amount > 0 else said
