"""What is said of one customer, in sentences made of its own numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.parts.borders import BORDERLINE

if TYPE_CHECKING:
    from datetime import datetime

    from services.releases.overview.groups import Segment
    from services.serving.customers.orders import Numbered
    from services.serving.customers.returns import Return

AS_FAR = 1.05
MANY_TIMES = 10
FEW = 30
NAMED = 3
SINCE = "since the first order"
Sentence = list[Component | str]


def reason(standing: Any) -> Sentence:
    """Say why the customer is in its segment, and what comes without another order.

    Parameters
    ----------
    standing : services.serving.customers.page.Standing
    """
    profile = standing.profile
    name = segment_name(profile.segment)
    times = words.times(profile.orders)
    known = profile.first_purchase is not None
    span = f" in {_span((standing.as_of - profile.first_purchase).days)}" if known else ""
    ago = f"{words.days(profile.values['recency'])} ago (as of {words.date_short(standing.as_of)})"
    ordered = f"ordered once, {ago}" if profile.orders == 1 else f"last ordered {ago}, ordered {times}{span}"
    seen = f"{words.capital(name)}: {ordered}, for {words.money(profile.values['monetary'])}."
    if not standing.turns:
        return [seen]
    turn = standing.turns[0]
    expect: Sentence = [
        "expect ",
        html.B(segment_name(turn.segment)),
        f" from {words.date(turn.on)} without another order.",
    ]
    allowed = turn.recency - 1
    if standing.usual_gap is None:
        return [f"{seen} Without an order, ", *expect[:2], f" from {words.date(turn.on)}."]
    usual = words.number(standing.usual_gap, int(standing.usual_gap % 1 > 0))
    if standing.usual_gap > allowed:
        return [f"{seen} The usual gap of {usual} days is longer than the {words.days(allowed)} "
                f"a customer can wait and stay in {name}, so ", *expect]  # fmt: skip
    return [f"{seen} The usual gap of {usual} days is within the {words.days(allowed)} "
            f"a customer can wait and stay in {name}; ", *expect]  # fmt: skip


def with_order(standing: Any) -> Sentence:
    """Say what an order like the usual one does."""
    usual = words.money(standing.usual_order)
    if standing.after != standing.profile.segment:
        return [
            f"Another order of the usual {usual} would move this customer to ",
            html.B(segment_name(standing.after)),
            ".",
        ]
    if standing.any_order_keeps:
        name = segment_name(standing.profile.segment)
        if not standing.turns:
            return [f"Any order keeps this customer in {name}."]
        until = html.B(words.date_short(standing.turns[0].on))
        return ["Any order before ", until, f" keeps the customer in {name}."]
    kept = f"of the usual {usual} keeps the customer in {segment_name(standing.profile.segment)}."
    if not standing.turns:
        return [f"An order {kept}"]
    return ["An order before ", html.B(words.date_short(standing.turns[0].on)), f" {kept}"]


def nothing_changes(looked: int | None) -> str:
    """Say that waiting changes nothing, up to so many days where it may after them."""
    if looked is None:
        return "Without an order, nothing changes."
    return (
        f"Without an order, nothing changes up to {words.days(looked)} after the last one, the longest wait "
        "in the data."
    )


def expected(standing: Any) -> Sentence:
    """Say how the customer stands to its own rhythm, when it orders next, and what that is worth."""
    rhythm = standing.rhythm
    if rhythm is None:
        return [standing.no_rhythm]
    state = rhythm.state
    since = f" by {words.days(rhythm.overdue_days)}" if rhythm.overdue_days else ""
    until = "" if since else f" Overdue from {words.date_short(rhythm.overdue_from)} without another order."
    said = f"{state.name}, overdue" if state.id == "silent" else state.name
    return [html.B(f"{said}{since}."), f"{until} ", *_next(rhythm)]


def _next(rhythm: Any) -> Sentence:
    """Name the dates, or how many customers in this state ordered soon."""
    if rhythm.expected is None:
        state = rhythm.state
        soon = f"within {words.days(rhythm.horizon)}"
        if state.tried < FEW:
            return [f"An order {soon} is too uncertain to name dates."]
        share = _per_hundred(state.ordered, state.tried)
        return [f"No dates can be named: of 100 such customers, {share} ordered {soon}."]
    low, high, record = (getattr(rhythm.expected, name) for name in ("low", "high", "record"))
    return [
        "Next order expected between ",
        html.B(words.date_short(low)),
        " and ",
        html.B(words.date_short(high)),
        f"; {_per_hundred(record.held, record.intervals)} of 100 such intervals held "
        f"({words.number(record.intervals)} tested on earlier days).",
    ]


def _per_hundred(some: int, every: int) -> str:
    return words.number(100 * some / every)


def margin(value: float, clusters: int) -> str:
    """Say how clearly the customer belongs to its cluster, of how many: "0.43, clear"."""
    if clusters < 2:
        return "Only one cluster"
    return f"{words.number(value, 2)}, {'borderline' if value < BORDERLINE else 'clear'}"


def score(score_of: int | None, top: float) -> str:
    """``Score 5, top 4 %``, or ``Score 2, better than 30 %``; nobody is better than the top 1 %.

    Parameters
    ----------
    score_of : int or None
    top : float
        The share of customers at least as good, ties counted in: all others are worse.
    """
    worse = 1 - top
    if top <= 0.5:
        share = f"top {words.share(max(top, 0.01))}"
    else:
        share = f"better than {words.share(worse)}" if worse >= 0.005 else "better than almost nobody"
    return f"Score {score_of}, {share}" if score_of else words.capital(share)


def months_finding(months: Sequence[tuple[str, float]]) -> str:
    """Name the best month, or the best ones where several are."""
    most = words.money(max(spent for _, spent in months))
    with_orders = sum(spent > 0 for _, spent in months)
    best = [words.month(f"{month}-01") for month, spent in months if words.money(spent) == most]
    when = words.listing(best) if len(best) <= NAMED else f"{words.small(len(best))} of them"
    if with_orders == 0:
        return "Every order was free."
    if with_orders == 1:
        return f"All of the spend was in {when}."
    spread = _of(with_orders, len(months), "months")
    return f"Spend in {spread}, most in {when}: {most}{' each' if len(best) > 1 else ''}."


def history_finding(name: str, times: int, of: int, which: str) -> str:
    """Say how often the customer was in the segment of the last snapshot.

    Parameters
    ----------
    name : str
    times, of : int
        Snapshots with it, and with any segment.
    which : str
        What sets these apart where not all that are shown have one: ``since the first order``.
    """
    if of == 1:
        return f"{words.capital(name)} in the one snapshot {which or 'so far'}."
    return f"{words.capital(name)} in {_of(times, of, f'snapshots {which}'.rstrip())}."


def which_snapshots(first: datetime | None, shown: Sequence[tuple[str, int, str | None]]) -> str:
    """Say which snapshots have a segment; nothing where all that are shown do."""
    if all(index >= 0 for _, index, _ in shown):
        return ""
    since = [index for day, index, _ in shown if first and day >= first.date().isoformat()]
    return SINCE if since and min(since) >= 0 else "with a segment"


def without_segment(which: str) -> str:
    """Say what a snapshot without a segment means, as ``which_snapshots`` tells the others."""
    return "no order yet" if which == SINCE else "no segment"


def distance_finding(name: str, times: float | None) -> str:
    """Name the nearest cluster, and how many times as far the next one is; None where there is no next."""
    if times is None:
        return f"Nearest to {name}."
    if times < AS_FAR:
        return f"Nearest to {name}, but the next cluster is about as near."
    far = "more than ten" if times > MANY_TIMES else words.number(times, 1)
    return f"Nearest to {name}; the next cluster is {far} times as far."


def gaps_finding(gaps: Sequence[Any], allowed: int | None, group: str) -> str:
    """Compare the gaps with what the segment allows."""
    days = [gap.days for gap in gaps]
    half = f"half are {words.days(math.floor(median(days)))} or shorter"
    if allowed is None:
        only = f"The only gap was {words.days(days[0])}."
        return only if len(days) == 1 else words.capital(half) + "."
    limit = f"longer than the {words.days(allowed)} a customer can wait and stay in {group}"
    longer = sum(day > allowed for day in days)
    if len(days) == 1:
        return f"The only gap, {words.days(days[0])}, was {'' if longer else 'not '}{limit}."
    if longer == len(days):
        return f"Every gap was {limit}; {half}."
    if not longer:
        return f"No gap was {limit}; {half}."
    some = "One" if longer == 1 else words.capital(words.small(longer))
    return f"{some} of {words.small(len(days))} gaps {'was' if longer == 1 else 'were'} {limit}; {half}."


def similar_finding(same: int, of: int, group: str) -> str:
    """Say how many of the nearest are of the same segment."""
    if of == 1:
        return f"The nearest is {'' if same else 'not '}in {group}{' too' if same else ''}."
    if same == of:
        return f"The {words.small(of)} nearest are all in {group} too."
    if same == 0:
        return f"None of the {words.small(of)} nearest is in {group}."
    verb = "is" if same == 1 else "are"
    return f"{words.capital(words.small(same))} of the {words.small(of)} nearest {verb} in {group} too."


def segment_name(segment: Segment | None) -> str:
    """Name a segment inside a sentence."""
    return segment.name if segment else "no segment"


def _of(some: int, every: int, what: str) -> str:
    if some < every:
        return f"{words.small(some)} of {words.small(every)} {what}"
    return f"both {what}" if every == 2 else f"all {words.small(every)} {what}"


def _span(days: int) -> str:
    if days < 60:
        return words.days(max(days, 1))
    months = round(days / 30.44)
    if months % 12 and months < 36:
        return f"{words.small(months)} months"
    years = round(days / 365.25)
    return "a year" if years == 1 else f"{words.small(years)} years"


def returns_finding(back: Sequence[Return]) -> str:
    """Say how much came back, and how much of it went off the orders."""
    worth = words.money(sum(each.amount for each in back))
    came = f"{words.capital(words.small(len(back)))} {'return' if len(back) == 1 else 'returns'} of {worth}"
    if back[0].taken is None:
        return f"{came}; this preset does not take them off the orders."
    off = sum(each.taken or 0 for each in back)
    if not off:
        return f"{came}; none of it matches a purchase in the file."
    return f"{came}; {words.money(off)} was taken off the orders."


def sharing(shared: Numbered) -> str:
    """Say how many orders and returns have a number, and of how many customers."""
    many, returned = len(shared.found), sum(each.returned for each in shared.found)
    if shared.cut:
        more = "more than " * (shared.customers > many)
        whose = f"{more}{words.count(min(shared.customers, many), 'customer')}"
        listed = words.number(many)
        return f"More than {listed} orders or returns have that number, from {whose}. {listed} are listed."
    orders = [words.count(many - returned, "order")] if returned < many else []
    returns = [words.count(returned, "return")] if returned else []
    whose = words.count(shared.customers, "customer")
    return f"{' and '.join([*orders, *returns])} have that number, from {whose}."
