"""What is said of one customer, in sentences made of its own numbers."""

from __future__ import annotations

from typing import Any

from layouts import words

BORDERLINE = 0.1
SURE = 0.3


def reason(standing: Any) -> str:
    """Say why the customer is in its segment, and what comes if nothing happens.

    Parameters
    ----------
    standing : services.serving.customer_view.Standing
    """
    profile = standing.profile
    name = profile.segment["name"] if profile.segment else profile.cluster["name"]
    often = f"ordered {words.times(profile.orders)} in {_span(standing.span_days)}"
    sentence = (
        f"{name}: last ordered {words.days(profile.values['recency'])} ago, {often}, "
        f"for {words.money(profile.values['monetary'])}."
    )
    if not standing.turns:
        return sentence
    turn = standing.turns[0]
    expect = f"expect {_name(turn.segment)} from {words.date(turn.on)} if nothing happens."
    if standing.due is None:
        return f"{sentence} Too few orders to know the usual gap; {expect}"
    usual, allowed = standing.due.usual, turn.recency - 1
    if usual > allowed:
        return (
            f"{sentence} The usual gap of {words.number(usual)} days is longer than the "
            f"{words.days(allowed)} that {name} allows, so {expect}"
        )
    return f"{sentence} An order every {words.number(usual)} days or so keeps it there; {expect}"


def keeps(standing: Any) -> str:
    """Say what keeps the customer in its segment."""
    if standing.scale is None:
        return "This release has no scores, so time alone moves nobody."
    if not standing.turns:
        return "Waiting changes nothing any more; a new order would."
    return f"Any order before {words.date(standing.turns[0].on)}."


def expected(standing: Any) -> str:
    """Say when the next order is due, and how sure that is."""
    due = standing.due
    if due is None:
        have = words.count(standing.days_with_orders, "day")
        return f"Too early to say: {have} with an order so far, four are needed."
    return (
        f"About {words.date(due.on)}; {words.small(due.within)} of the {words.small(due.of)} gaps were "
        f"{words.number(due.low)} to {words.number(due.high)} days."
    )


def margin(value: float) -> str:
    """Say how clearly the customer belongs to its cluster: "0.43, clear"."""
    said = "borderline" if value < BORDERLINE else "clear" if value >= SURE else "fairly clear"
    return f"{words.number(value, 2)}, {said}"


def score(score_of: int | None, top: float) -> str:
    """``Score 5, top 4 %``."""
    share = f"top {words.share(top)}" if top >= 0.005 else "top 1\u00a0%"
    return f"Score {score_of}, {share}" if score_of else words.capital(share)


def months_finding(months: list[tuple[str, float]]) -> str:
    """Name the best month."""
    best, most = max(months, key=lambda month: month[1])
    with_orders = sum(spent > 0 for _, spent in months)
    when = words.month(f"{best}-01")
    if with_orders <= 1:
        return f"All of the spend fell into {when}."
    return (
        f"Spent in {words.small(with_orders)} of {words.small(len(months))} months; "
        f"{when} was the largest with {words.money(most)}."
    )


def gaps_finding(gaps: list[Any], allowed: int | None) -> str:
    """Compare the gaps with what the segment allows."""
    days = sorted(gap.days for gap in gaps)
    middle = days[len(days) // 2]
    half = f"half are {words.days(middle)} or shorter"
    if allowed is None:
        return words.capital(half) + "."
    longer = sum(day > allowed for day in days)
    if longer == len(days):
        return f"Every gap was longer than the {words.days(allowed)} that this segment allows; {half}."
    if not longer:
        return f"No gap was longer than the {words.days(allowed)} that this segment allows; {half}."
    some = f"{words.capital(words.small(longer))} of {words.small(len(days))} gaps were longer"
    return f"{some} than the {words.days(allowed)} that this segment allows; {half}."


def _span(days: int) -> str:
    if days < 60:
        return words.days(max(days, 1))
    if days < 330:
        return f"{words.small(round(days / 30.44))} months"
    years = round(days / 365.25)
    return "a year" if years <= 1 else f"{words.small(years)} years"


def _name(segment: dict[str, Any] | None) -> str:
    return str(segment["name"]) if segment else "no segment"
