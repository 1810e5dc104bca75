"""What is said of one customer at the head of the page, in sentences made of its own numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.parts.borders import BORDERLINE
from layouts.parts.woven import gap, woven
from services.core.language.again import again
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.overview.groups import Segment

FEW = 30
UNITS = {"orders": later("Orders"), "lines": later("Lines")}
"""What frequency counts, as a heading."""
_STATES = {
    "in-rhythm": later("In rhythm."),
    "due": later("Due."),
    "overdue": later("Overdue."),
    "silent": later("Silent, overdue."),
}
Sentence = list[Component | str]


def reason(standing: Any) -> Sentence:
    """Say why the customer is in its segment, and what comes without another order.

    Parameters
    ----------
    standing : services.serving.customers.page.Standing
    """
    seen = _seen(standing)
    if not standing.turns:
        return [seen]
    turn = standing.turns[0]
    places = {"segment": gap("segment"), "day": words.date(turn.on)}
    turned = html.B(segment_name(turn.segment))
    if standing.usual_gap is None:
        said = _("Without an order, expect {segment} from {day}.", **places)
        return [f"{seen} ", *woven(said, segment=turned)]
    allowed = turn.recency - 1
    usual = words.number(standing.usual_gap, int(standing.usual_gap % 1 > 0))
    places |= {
        "usual": plural("{n} day", "{n} days", math.ceil(standing.usual_gap), n=usual),
        "allowed": words.days(allowed),
        "here": segment_name(standing.profile.segment),
    }
    if standing.usual_gap > allowed:
        said = _(
            "The usual gap of {usual} is longer than the {allowed} a customer can wait and stay in {here}, "
            "so expect {segment} from {day} without another order.",
            **places,
        )
    else:
        said = _(
            "The usual gap of {usual} is within the {allowed} a customer can wait and stay in {here}; "
            "expect {segment} from {day} without another order.",
            **places,
        )
    return [f"{seen} ", *woven(said, segment=turned)]


def _seen(standing: Any) -> str:
    """Say what the customer has done."""
    profile = standing.profile
    places = {
        "segment": segment_name(profile.segment),
        "days": words.days(profile.values["recency"]),
        "as_of": words.date_short(standing.as_of),
        "times": words.times(profile.orders),
        "money": words.money(profile.values["monetary"]),
    }
    if profile.orders == 1:
        said = _("{segment}: ordered once, {days} ago (as of {as_of}), for {money}.", **places)
    elif profile.first_purchase is None:
        said = _(
            "{segment}: last ordered {days} ago (as of {as_of}), ordered {times}, for {money}.", **places
        )
    else:
        said = _(
            "{segment}: last ordered {days} ago (as of {as_of}), ordered {times} in {span}, for {money}.",
            span=_span((standing.as_of - profile.first_purchase).days),
            **places,
        )
    return words.capital(said)


def with_order(standing: Any) -> Sentence:
    """Say what an order like the usual one does."""
    places = {"usual": words.money(standing.usual_order), "segment": gap("segment")}
    if standing.after != standing.profile.segment:
        said = _("Another order of the usual {usual} would move this customer to {segment}.", **places)
        return woven(said, segment=html.B(segment_name(standing.after)))
    places["segment"] = segment_name(standing.profile.segment)
    if not standing.turns:
        return [
            _("Any order keeps this customer in {segment}.", **places)
            if standing.any_order_keeps
            else _("An order of the usual {usual} keeps the customer in {segment}.", **places)
        ]
    places["day"] = gap("day")
    said = (
        _("Any order before {day} keeps the customer in {segment}.", **places)
        if standing.any_order_keeps
        else _("An order before {day} of the usual {usual} keeps the customer in {segment}.", **places)
    )
    return woven(said, day=html.B(words.date_short(standing.turns[0].on)))


def nothing_changes(looked: int | None) -> str:
    """Say that waiting changes nothing, up to so many days where it may after them."""
    if looked is None:
        return _("Without an order, nothing changes.")
    return _(
        "Without an order, nothing changes up to {days} after the last one, the longest wait in the data.",
        days=words.days(looked),
    )


def expected(standing: Any) -> Sentence:
    """Say how the customer stands to its own rhythm, when it orders next, and what that is worth."""
    rhythm = standing.rhythm
    if rhythm is None:
        return [again(standing.no_rhythm)]
    days = words.days(rhythm.overdue_days)
    if not rhythm.overdue_days:
        day = words.date_short(rhythm.overdue_from)
        until = _("Overdue from {day} without another order.", day=day)
        return [html.B(_STATES[rhythm.state.id]()), f" {until} ", *_next(rhythm)]
    said = (
        _("Silent, overdue by {days}.", days=days)
        if rhythm.state.id == "silent"
        else _("Overdue by {days}.", days=days)
    )
    return [html.B(said), " ", *_next(rhythm)]


def _next(rhythm: Any) -> Sentence:
    """Name the dates, or how many customers in this state ordered soon."""
    if rhythm.expected is None:
        state, days = rhythm.state, words.days(rhythm.horizon)
        if state.tried < FEW:
            return [_("An order within {days} is too uncertain to name dates.", days=days)]
        return [
            _(
                "No dates can be named: of 100 such customers, {some} ordered within {days}.",
                some=_per_hundred(state.ordered, state.tried),
                days=days,
            )
        ]
    low, high, record = (getattr(rhythm.expected, name) for name in ("low", "high", "record"))
    said = _(
        "Next order expected between {low} and {high}; {some} of 100 such intervals held ({tested} tested on "
        "earlier days).",
        low=gap("low"),
        high=gap("high"),
        some=_per_hundred(record.held, record.intervals),
        tested=words.number(record.intervals),
    )
    return woven(said, low=html.B(words.date_short(low)), high=html.B(words.date_short(high)))


def _per_hundred(some: int, every: int) -> str:
    return words.number(100 * some / every)


def margin(value: float, clusters: int) -> str:
    """Say how clearly the customer belongs to its cluster, of how many: "0.43, clear"."""
    if clusters < 2:
        return _("Only one cluster")
    margin = words.number(value, 2)
    return (
        _("{margin}, borderline", margin=margin)
        if value < BORDERLINE
        else _("{margin}, clear", margin=margin)
    )


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
        share = words.share(max(top, 0.01))
        if score_of:
            return _("Score {score}, top {share}", score=score_of, share=share)
        return _("Top {share}", share=share)
    if worse >= 0.005:
        share = words.share(worse)
        if score_of:
            return _("Score {score}, better than {share}", score=score_of, share=share)
        return _("Better than {share}", share=share)
    if score_of:
        return _("Score {score}, better than almost nobody", score=score_of)
    return _("Better than almost nobody")


def segment_name(segment: Segment | None) -> str:
    """Name a segment inside a sentence."""
    return segment.name if segment else _("no segment")


def _span(days: int) -> str:
    if days < 60:
        return words.days(max(days, 1))
    months = round(days / 30.44)
    if months % 12 and months < 36:
        return plural("{n} month", "{n} months", months, n=words.small(months))
    years = round(days / 365.25)
    return plural("a year", "{n} years", years, n=words.small(years))
