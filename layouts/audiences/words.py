"""The sentences of audiences: what a view is, what could show, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from layouts import words
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.campaigns.measuring import Compared, Result
    from services.campaigns.saving import Plan
    from services.core.campaigns.effects import Effect, Verdict
    from services.serving.rules.buyers import BoughtRule
    from services.site.customers.audiences import Audience

STAGES = {
    "draft": later("Draft"),
    "planned": later("Planned"),
    "running": later("Running"),
    "ended": later("Done"),
}
_SO_FAR = later(
    "So far {treated} of the campaign group bought, {holdout} of the holdout; difference {difference} points "
    "(95 % interval {low} to {high})."
)
_FEW_SO_FAR = later("So far {treated} of the campaign group bought, {holdout} of the holdout.")
_VERDICTS: dict[Verdict, later] = {
    "higher": later(
        "The campaign worked: {treated} of the campaign group bought, {holdout} of the holdout; difference "
        "{difference} points (95 % interval {low} to {high})."
    ),
    "lower": later(
        "The campaign did harm: {treated} of the campaign group bought, {holdout} of the holdout; difference "
        "{difference} points (95 % interval {low} to {high})."
    ),
    "cannot-tell": later(
        "Cannot tell: {treated} of the campaign group bought, {holdout} of the holdout; difference "
        "{difference} points (95 % interval {low} to {high}), which could be chance alone."
    ),
    "too-few": later(
        "Cannot tell, too few customers or buyers: {treated} of the campaign group bought, {holdout} of the "
        "holdout."
    ),
}


def customers(number: int) -> str:
    """Write ``1 customer`` or ``1,494 customers``."""
    return plural("{n} customer", "{n} customers", number, n=words.number(number))


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
        parts.append(_("ID contains “{text}”", text=containing))
    return "; ".join(parts) or _("All customers")


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
    bought = {
        "not-yet": _("Bought {products}, not yet {others}", products=first, others=second),
        "all": _("Bought {products} and {others}", products=first, others=second),
        "antecedents": _("Bought {products}", products=first),
    }
    return "; ".join([bought[rule.buyers], *(f"{label} {value}" for label, value in told)])


def of_product(name: str, told: Sequence[tuple[str, str]]) -> str:
    """Say who bought a product: ``Bought TEA POT; Cluster Regulars``."""
    return "; ".join([_("Bought {products}", products=name), *(f"{label} {value}" for label, value in told)])


def of_file(customers: int, opted_out: int) -> str:
    """Say who is in the file of the campaign group."""
    said = plural(
        "{n} customer who gets the campaign; the holdout is not included.",
        "{n} customers who get the campaign; the holdout is not included.",
        customers,
        n=words.number(customers),
    )
    return " ".join([said, *_out(opted_out)])


def _out(opted_out: int) -> list[str]:
    if not opted_out:
        return []
    said = plural(
        "{n} opted out and is excluded.",
        "{n} opted out and are excluded.",
        opted_out,
        n=words.number(opted_out),
    )
    return [said]


def of_sizes(plan: Plan) -> str:
    """Say who would be in which group."""
    said = _(
        "{treated} of {customers} would get the campaign; {held_out} would be held out.",
        treated=words.number(plan.treated),
        customers=customers(len(plan.held_out)),
        held_out=words.number(plan.holdout),
    )
    return " ".join([said, *_out(plan.opted_out)])


def of_base(plan: Plan) -> str:
    """Say what customers like these did lately."""
    base = plan.base
    if base is None:
        return _(
            "This release has no earlier month of such customers, so their purchase rate is unknown; the "
            "figure below assumes the least favourable case, that half of them buy."
        )
    return _(
        "Of {customers} in the same segments earlier, {share} bought between {first_day} and {last_day}, for "
        "{money} per customer (segments weighted as in this audience).",
        customers=customers(base.customers),
        share=words.share(base.rate),
        first_day=words.date(base.start.isoformat()),
        last_day=words.date(base.last_day.isoformat()),
        money=words.money(base.revenue),
    )


def of_smallest(plan: Plan) -> str:
    """Say the smallest effect that would show."""
    if plan.rate_effect is None:
        return _(
            "Groups this small cannot show any effect, even if every customer in the campaign group "
            "bought. Choose a view with more customers."
        )
    start = plan.base.rate if plan.base else 0.5
    return _(
        "Smallest effect that would show (in four out of five campaigns): a purchase rate of {rate} instead "
        "of {usual}, {points} more. A smaller effect would usually be missed.",
        rate=words.share(start + plan.rate_effect, 1),
        usual=words.share(start, 1),
        points=points(plan.rate_effect),
    )


def of_rate(result: Result) -> str:
    """Say what came of the purchase rate, with its interval, or why that cannot be told."""
    compared = result.rate
    if compared is None:
        return _nothing_yet(result)
    return _judged(result, compared)


def of_period(audience: Audience) -> str:
    """Say the first and the last day."""
    draft = audience.draft
    return f"{words.date_short(draft.starts_on.isoformat())} – {words.date_short(draft.ends_on.isoformat())}"


def points(difference: float) -> str:
    """Write a difference of rates: ``4.2 points``."""
    return _("{number} points", number=words.number(100 * difference, 1))


def _judged(result: Result, compared: Compared) -> str:
    figures = _figures(compared.effect)
    if result.stage == "running":
        early = _("The verdict is given after the last day; looking early shows effects that aren’t there.")
        so_far = _FEW_SO_FAR if compared.verdict == "too-few" else _SO_FAR
        return f"{so_far(**figures)} {early}"
    judged = _VERDICTS[compared.verdict](**figures)
    return f"{judged} {_least(compared.smallest)}" if compared.verdict == "cannot-tell" else judged


def _figures(effect: Effect) -> dict[str, str]:
    return {
        "treated": words.share(effect.treated, 1),
        "holdout": words.share(effect.holdout, 1),
        "difference": _signed(effect.difference),
        "low": _signed(effect.low),
        "high": _signed(effect.high),
    }


def _least(smallest: float | None) -> str:
    if smallest is None:
        return _("No increase could be detected with groups like these.")
    return _("With groups like these we could only detect {least} or more.", least=points(smallest))


def _nothing_yet(result: Result) -> str:
    if result.stage == "draft":
        return _("A draft: its groups are drawn and kept; orders are compared once it is started.")
    if result.stage == "planned":
        last = words.date(result.data_to.isoformat())
        return _("Nothing to compare yet: the data ends on {last_day}, before the first day.", last_day=last)
    return _(
        "Cannot tell: one of the groups has fewer than two customers in this release, which may have been "
        "made from another file."
    )


def _signed(difference: float) -> str:
    return words.change(100 * difference, 1)
