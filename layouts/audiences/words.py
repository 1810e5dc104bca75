"""The sentences of audiences: what a view is, what could show, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from layouts import words

if TYPE_CHECKING:
    from services.campaigns.measuring import Compared, Result
    from services.campaigns.saving import Plan
    from services.core.campaigns.effects import Effect
    from services.serving.rules.buyers import BoughtRule
    from services.site.customers.audiences import Audience

STAGES = {"draft": "Draft", "planned": "Planned", "running": "Running", "ended": "Done"}
SAID = {"higher": "The campaign worked", "lower": "The campaign did harm"}


def of_view(told: Sequence[tuple[str, str]], containing: str) -> str:
    """Say what a view of Segments is: ``Segment Champions; Country France``; ``All customers`` without any.

    Parameters
    ----------
    told : sequence of (str, str)
        Label and value of each filter.
    containing : str
        Part of an id.
    """
    parts = [f"{label} {value}" for label, value in told]
    if containing:
        parts.append(f"ID contains “{containing}”")
    return "; ".join(parts) or "All customers"


def of_rule(rule: BoughtRule, names: Mapping[str, str], told: Sequence[tuple[str, str]]) -> str:
    """Say who a rule's buyers are: ``Bought TEA POT, not yet CAKE STAND; Cluster Regulars``.

    Parameters
    ----------
    rule : services.serving.rules.buyers.BoughtRule
    names : mapping
        Code to name.
    told : sequence of (str, str)
        Label and value of each filter.
    """
    first, second = (
        words.listing([names.get(code) or code for code in side])
        for side in (rule.antecedents, rule.consequents)
    )
    also = {"not-yet": f", not yet {second}", "all": f" and {second}", "antecedents": ""}
    return "; ".join([f"Bought {first}{also[rule.buyers]}", *(f"{label} {value}" for label, value in told)])


def of_product(name: str, told: Sequence[tuple[str, str]]) -> str:
    """Say who bought a product: ``Bought TEA POT; Cluster Regulars``."""
    return "; ".join([f"Bought {name}", *(f"{label} {value}" for label, value in told)])


def of_file(customers: int, opted_out: int) -> str:
    """Say who is in the file of the campaign group."""
    get = "gets" if customers == 1 else "get"
    said = f"{words.count(customers, 'customer')} who {get} the campaign; the holdout is not included."
    return said + _out(opted_out)


def _out(opted_out: int) -> str:
    if not opted_out:
        return ""
    are = "is" if opted_out == 1 else "are"
    return f" {words.number(opted_out)} opted out and {are} excluded."


def of_sizes(plan: Plan) -> str:
    """Say who would be in which group."""
    return (
        f"{words.number(plan.treated)} of {words.count(len(plan.held_out), 'customer')} would get the "
        f"campaign; {words.number(plan.holdout)} would be held out.{_out(plan.opted_out)}"
    )


def of_base(plan: Plan) -> str:
    """Say what customers like these did lately."""
    base = plan.base
    if base is None:
        return (
            "This release has no earlier month of such customers, so their purchase rate is unknown; the "
            "figure below assumes the least favourable case, that half of them buy."
        )
    return (
        f"Of {words.count(base.customers, 'customer')} in the same segments earlier, "
        f"{words.share(base.rate)} bought between {words.date(base.start.isoformat())} and "
        f"{words.date(base.last_day.isoformat())}, for {words.money(base.revenue)} per customer (segments "
        "weighted as in this audience)."
    )


def of_smallest(plan: Plan) -> str:
    """Say the smallest effect that would show."""
    if plan.rate_effect is None:
        return (
            "Groups this small cannot show any effect, even if every customer in the campaign group "
            "bought. Choose a view with more customers."
        )
    start = plan.base.rate if plan.base else 0.5
    return (
        f"Smallest effect that would show (in four out of five campaigns): a purchase rate of "
        f"{words.share(start + plan.rate_effect, 1)} instead of {words.share(start, 1)}, "
        f"{points(plan.rate_effect)} more. A smaller effect would usually be missed."
    )


def of_rate(result: Result) -> str:
    """Say what came of the purchase rate, with its interval, or why that cannot be told."""
    compared = result.rate
    if compared is None:
        return _nothing_yet(result)
    effect = compared.effect
    treated, holdout = words.share(effect.treated, 1), words.share(effect.holdout, 1)
    rates = f"{treated} of the campaign group bought, {holdout} of the holdout"
    if compared.verdict != "too-few":
        rates += f"; difference {_signed(effect.difference)} points {interval_of_rate(effect)}"
    least = "No increase could be detected with groups like these."
    if compared.smallest is not None:
        least = f"With groups like these we could only detect {points(compared.smallest)} or more."
    return _judged(result, compared, rates, least)


def of_period(audience: Audience) -> str:
    """Say the first and the last day."""
    draft = audience.draft
    return f"{words.date_short(draft.starts_on.isoformat())} – {words.date_short(draft.ends_on.isoformat())}"


def interval_of_rate(effect: Effect) -> str:
    """Write ``(95 % interval −1.2 to +9.8)``, in points."""
    return f"(95 % interval {_signed(effect.low)} to {_signed(effect.high)})"


def points(difference: float) -> str:
    """Write a difference of rates: ``4.2 points``."""
    return f"{words.number(100 * difference, 1)} points"


def _judged(result: Result, compared: Compared, figures: str, least: str) -> str:
    figures = f"{figures[0].lower()}{figures[1:]}"
    if result.stage == "running":
        early = "The verdict is given after the last day; looking early shows effects that aren’t there."
        return f"So far {figures}. {early}"
    if compared.verdict == "too-few":
        return f"Cannot tell, too few customers or buyers: {figures}."
    if compared.verdict == "cannot-tell":
        return f"Cannot tell: {figures}, which could be chance alone. {least}"
    return f"{SAID[compared.verdict]}: {figures}."


def _nothing_yet(result: Result) -> str:
    if result.stage == "draft":
        return "A draft: its groups are drawn and kept; orders are compared once it is started."
    if result.stage == "planned":
        last = words.date(result.data_to.isoformat())
        return f"Nothing to compare yet: the data ends on {last}, before the first day."
    return (
        "Cannot tell: one of the groups has fewer than two customers in this release, which may have been "
        "made from another file."
    )


def _signed(difference: float) -> str:
    return words.change(100 * difference, 1)
