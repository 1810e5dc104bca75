"""The sentences on an audience's money: what it is worth, what trials showed, what came of its revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.parts import expecting
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.campaigns.revenue import Revenue
    from services.campaigns.saving import Plan
    from services.campaigns.worth import Worth
    from services.core.campaigns.effects import Verdict
    from services.core.campaigns.expecting import Expected
    from services.core.campaigns.trials import Trials
    from services.serving.release.expected import Total
    from services.serving.release.stake import Totals

_VERDICTS: dict[Verdict, later] = {
    "higher": later(
        "The campaign worked: revenue per customer, campaign minus holdout, {difference} (95 % interval "
        "{low} to {high})."
    ),
    "lower": later(
        "The campaign did harm: revenue per customer, campaign minus holdout, {difference} (95 % interval "
        "{low} to {high})."
    ),
    "cannot-tell": later(
        "Cannot tell: revenue per customer, campaign minus holdout, {difference} (95 % interval {low} to "
        "{high}), which could be chance alone."
    ),
    "too-few": later("Revenue per customer: cannot tell, too few customers or buyers."),
}


def of_worth(plan: Plan, worth: Worth | None) -> str:
    """Say what the audience would spend anyway, and what a further point of buyers is worth."""
    these = len(plan.held_out)
    if worth is None:
        return plural(
            "What this {n} customer would spend anyway is not known: too few earlier periods of {days} are "
            "known for such customers, or their spend varied too much between them.",
            "What these {n} customers would spend anyway is not known: too few earlier periods of {days} are "
            "known for such customers, or their spend varied too much between them.",
            these,
            n=words.number(these),
            days=words.days(plan.days),
        )
    expected = plural(
        "Without a campaign this {n} customer can be expected to spend {amount} in {days}.",
        "Without a campaign these {n} customers can be expected to spend {amount} in {days}.",
        these,
        n=words.number(these),
        amount=_about(worth.revenue),
        days=words.days(plan.days),
    )
    point = _(
        "Each percentage point more buyers in the campaign group is worth {amount}.",
        amount=_about(worth.point),
    )
    ranges = plural(
        "The ranges (95 %) are based on how much such customers’ spend changed over the last {n} period of "
        "that length.",
        "The ranges (95 %) are based on how much such customers’ spend changed over the last {n} periods of "
        "that length.",
        worth.revenue.periods,
        n=words.number(worth.revenue.periods),
    )
    return f"{expected} {point} {ranges}"


def of_expected(total: Total) -> str:
    """Say what the customers are expected to spend, and how far such totals of everybody were off."""
    return _(
        "Expected spend, summed over these customers: about {spend} in the {days} after {day}; for all "
        "customers together, {off}.",
        spend=words.money_short(total.spend),
        days=words.days(total.days),
        day=words.date_short(total.seen),
        off=expecting.off(total.off),
    )


def of_stake(totals: Totals) -> str:
    """Say how much of the usual spend is expected to be lost, as Churn does."""
    return _(
        "Expected loss if nothing is done: about {loss} of {usual} usual spend in {days}.",
        loss=words.money_short(totals.loss),
        usual=words.money_short(totals.usual),
        days=words.days(totals.horizon),
    )


def of_trials(trials: Trials, size: int) -> str:
    """Say how often the verdict on revenue was right on past customers, and the smallest effect it finds.

    Parameters
    ----------
    trials : Trials
    size : int
        Customers of each trial's audience.
    """
    if trials.smallest_effect is None or trials.power is None:
        return plural(
            "In {trials} trials on your own past customers, audiences of {n} customer often had too few "
            "customers or buyers for a verdict on revenue. Choose a view with more customers.",
            "In {trials} trials on your own past customers, audiences of {n} customers often had too few "
            "customers or buyers for a verdict on revenue. Choose a view with more customers.",
            size,
            n=words.number(size),
            trials=words.number(trials.trials),
        )
    wrong = plural(
        "In {trials} trials on your own past customers (audiences of {n} customer) in which the campaign "
        "changed nothing, the verdict on revenue still saw an effect in {wrong} ({share}).",
        "In {trials} trials on your own past customers (audiences of {n} customers) in which the campaign "
        "changed nothing, the verdict on revenue still saw an effect in {wrong} ({share}).",
        size,
        n=words.number(size),
        trials=words.number(trials.trials),
        wrong=words.number(round(trials.false_verdicts * trials.trials)),
        share=words.share(trials.false_verdicts, 1),
    )
    effect, power = words.money(trials.smallest_effect), words.share(trials.power)
    if trials.power_by_orders is None:
        found = _(
            "When every customer in the campaign group spent {amount} more, it was found in {share} of the "
            "same number of trials.",
            amount=effect,
            share=power,
        )
    else:
        found = _(
            "When every customer in the campaign group spent {amount} more, it was found in {share} of the "
            "same number of trials; when the same amount came from extra orders by a few customers, in "
            "{share_by_orders}.",
            amount=effect,
            share=power,
            share_by_orders=words.share(trials.power_by_orders),
        )
    return f"{wrong} {found}"


def of_smallest(smallest: float) -> str:
    """Say the smallest effect on revenue that the audience itself would show."""
    return _(
        "Smallest effect on revenue that would show (in four out of five campaigns): every customer in the "
        "campaign group spends {amount} more.",
        amount=words.money(smallest),
    )


def of_revenue(revenue: Revenue | None) -> str:
    """Say what came of the revenue per customer, with its interval, or why that cannot be told."""
    if revenue is None:
        return ""
    said = _VERDICTS[revenue.verdict](
        difference=signed(revenue.difference), low=signed(revenue.low), high=signed(revenue.high)
    )
    if revenue.verdict != "cannot-tell":
        return said
    least = _("Groups this small cannot show any difference.")
    if revenue.smallest is not None:
        amount = words.money(revenue.smallest)
        least = _("With groups like these we could only detect {least} or more.", least=amount)
    return f"{said} {least}"


def of_counting(revenue: Revenue | None) -> str:
    """Say how the difference of revenue was counted, where it is not that of the plain means."""
    if revenue is None or revenue.verdict == "too-few":
        return ""
    parts = []
    if revenue.cut is not None:
        parts.append(
            plural(
                "{n} customer who spent more than {amount} counts as {amount}, so that a few large orders do "
                "not decide the result.",
                "{n} customers who spent more than {amount} count as {amount}, so that a few large orders do "
                "not decide the result.",
                revenue.above,
                n=words.number(revenue.above),
                amount=words.money(revenue.cut),
            )
        )
    if revenue.adjusted:
        parts.append(
            _("The result allows for differences in what the groups had spent before the first day.")
        )
    return " ".join(parts)


def _about(expected: Expected) -> str:
    value, low, high = (words.money_short(each) for each in (expected.value, expected.low, expected.high))
    return _("about {amount} ({low} to {high})", amount=value, low=low, high=high)


def signed(amount: float) -> str:
    """Write a difference of money: ``+£34.10``."""
    said = words.money(amount)
    return f"+{said}" if amount > 0 else said
