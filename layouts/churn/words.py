"""The sentences of churn: what is predicted, whom contacting pays for, how far it was right before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from layouts import words
from layouts.parts.woven import gap
from services.core.findings import LEAST_PEOPLE, leader
from services.core.language.again import again
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.core.churn.profit import Best
    from services.releases.overview.churn import Churn, Reason
    from services.serving.churn.grouped import Certainty, Share

WARNED_FROM = 5.0
_UNITS = {"days": words.days, "money": words.money, "share": words.share, "count": words.number}


def head(churn: Churn, preset: str, release: str) -> str:
    """Return what fixes the page: how far it looks ahead, from which day, preset and release."""
    seen = dt.date.fromisoformat(churn.seen or "")
    until = seen + dt.timedelta(days=churn.horizon)
    return _(
        "Who may not order in the {days} after {seen}, until {until}. Release {release}, preset {preset}.",
        days=words.days(churn.horizon),
        seen=words.date(seen.isoformat()),
        until=words.date(until.isoformat()),
        release=release,
        preset=preset,
    )


def of_map(contacted: int, lost: float, of: float, best: Best) -> str:
    """Say how much of the expected loss lies with whom contacting pays for."""
    loss = words.money_short(of)
    if best.percent is None:
        return _("{loss} is the expected loss; at these costs nobody is worth contacting.", loss=loss)
    if lost == of:
        return _("{loss} is the expected loss; at these costs everybody is worth contacting.", loss=loss)
    return plural(
        "{part} of the {loss} expected loss lies with the {n} customer at {share} or more.",
        "{part} of the {loss} expected loss lies with the {n} customers at {share} or more.",
        contacted,
        n=words.number(contacted),
        part=words.money_short(lost),
        loss=loss,
        share=words.share(best.percent / 100),
    )


def of_profit(contacted: int, everybody: float, best: Best) -> str:
    """Say whom to contact, what that brings, and what contacting everybody would."""
    money = words.money_sum(abs(everybody))
    rest = (
        _("Contacting everybody would lose {money}.", money=money)
        if everybody < 0
        else _("Contacting everybody would bring {money}.", money=money)
    )
    if best.percent is None:
        loses = _("At these costs contacting anybody is expected to lose money.")
        return f"{loses} {rest}"
    first = plural(
        "Contact {n} customer at {share} or more: {profit} after costs is expected.",
        "Contact {n} customers at {share} or more: {profit} after costs is expected.",
        contacted,
        n=words.number(contacted),
        share=words.share(best.percent / 100),
        profit=words.money_sum(best.profit),
    )
    return first if everybody == best.profit else f"{first} {rest}"


def of_certainty(found: Certainty, success: float) -> str:
    """Say above which success rate anything pays, and what not knowing it does, with a gap for ``empc``."""
    least = (
        _("Contacting does not pay at any success rate.")
        if found.least is None
        else _("Contacting starts to pay above a success rate of {share}.", share=words.share(found.least, 1))
    )
    examples = _(
        "The four figures start as examples: put in your own. Anybody who would have ordered anyway takes "
        "the offer, too."
    )
    profit = _(
        "If a trial on 400 customers gave {success}, the rate is {low} to {high} in 95 of 100 cases, and the "
        "expected maximum profit ({empc}) is {money} a customer.",
        success=words.share(success),
        low=words.share(found.low, 1),
        high=words.share(found.high, 1),
        empc=gap("empc"),
        money=words.money(found.expected),
    )
    return f"{examples} {least} {profit}"


def of_list(listed: int, best: Best, first: float, total: float, *, of_map: bool) -> str:
    """Say who is listed, and how much of their expected loss the first ten are."""
    if not listed:
        return _("Nobody is listed.")
    n, share = words.number(listed), words.share((best.percent or 0) / 100)
    loss, part = words.money_sum(total), words.money_sum(first)
    if listed <= 10 and of_map:
        return plural(
            "{n} customer in this part of the map, with an expected loss of {loss}.",
            "{n} customers in this part of the map, with an expected loss of {loss}.",
            listed,
            n=n,
            loss=loss,
        )
    if listed <= 10:
        return plural(
            "{n} customer at {share} or more, with an expected loss of {loss}.",
            "{n} customers at {share} or more, with an expected loss of {loss}.",
            listed,
            n=n,
            share=share,
            loss=loss,
        )
    if of_map:
        return plural(
            "{n} customer in this part of the map; the first ten stand for {part} of {loss}.",
            "{n} customers in this part of the map; the first ten stand for {part} of {loss}.",
            listed,
            n=n,
            part=part,
            loss=loss,
        )
    return plural(
        "{n} customer at {share} or more; the first ten stand for {part} of {loss}.",
        "{n} customers at {share} or more; the first ten stand for {part} of {loss}.",
        listed,
        n=n,
        share=share,
        part=part,
        loss=loss,
    )


def of_groups(shares: Sequence[Share], names: Sequence[str], kind: str) -> str:
    """Say which segment or cluster is likeliest not to order; where none stands out, what the card shows.

    Parameters
    ----------
    shares : sequence of Share
    names : sequence of str
        In the order of the overview.
    kind : {"segment", "cluster"}
    """
    if not names:
        return _("This preset has no segments.") if kind == "segment" else _("This preset has no clusters.")
    large = [each for each in shares if each.customers >= LEAST_PEOPLE and each.place >= 0]
    first = leader([each.chance for each in large], words.share)
    if first is None:
        if kind == "segment":
            return _("Chance of no order and expected loss of each segment.")
        return _("Chance of no order and expected loss of each cluster.")
    name, share = names[large[first].place], words.share(large[first].chance)
    if kind == "segment":
        return _("{name} is the segment likeliest not to order: {share} on average.", name=name, share=share)
    return _("{name} is the cluster likeliest not to order: {share} on average.", name=name, share=share)


def of_saving(listed: int) -> str:
    """Name the button that saves the list."""
    return _("Save as audience, {customers}", customers=words.number(listed))


def part_of_map(band: tuple[int, int] | None, fifth: int | None) -> str:
    """Name a part of the map: ``risk 30 to 40 %, fifth 5 of usual spend``; empty without one."""
    told = [_("risk {low} to {high}", low=band[0], high=words.share(band[1] / 100))] if band else []
    return ", ".join([*told, *([_("fifth {fifth} of usual spend", fifth=fifth)] if fifth else [])])


def of_audience(band: tuple[int, int] | None, fifth: int | None, percent: int | None, told: str) -> str:
    """Say who an audience of this tab is: ``Chance of no order 36 % or more; All customers``.

    Parameters
    ----------
    band, fifth
        The part of the map, as :func:`part_of_map` takes it; neither for whom contacting pays for.
    percent : int or None
        Their threshold; None where contacting nobody pays.
    told : str
        The filters.
    """
    if band and fifth:
        return _(
            "Risk {low} to {high}, fifth {fifth} of usual spend; {filters}",
            low=band[0],
            high=words.share(band[1] / 100),
            fifth=fifth,
            filters=told,
        )
    if band:
        high = words.share(band[1] / 100)
        return _("Risk {low} to {high}; {filters}", low=band[0], high=high, filters=told)
    if fifth:
        return _("Fifth {fifth} of usual spend; {filters}", fifth=fifth, filters=told)
    if percent is None:
        return _("Nobody worth contacting; {filters}", filters=told)
    return _("Chance of no order {share} or more; {filters}", share=words.share(percent / 100), filters=told)


def band(begin: int, end: int) -> str:
    """Name a band of risk: ``30–40 %``."""
    return f"{begin}–{words.share(end / 100)}"


def chance(value: float, low: float, high: float) -> str:
    """Write a chance with its interval: ``56.2 % (48 to 63)``."""
    return _(
        "{chance} ({low} to {high})",
        chance=words.share(value, 1),
        low=words.number(100 * low),
        high=words.number(100 * high),
    )


def with_interval(value: float, low: float, high: float) -> str:
    """Write a score with its interval: ``0.747 (0.731 to 0.763)``."""
    return _(
        "{score} ({low} to {high})",
        score=words.number(value, 3),
        low=words.number(low, 3),
        high=words.number(high, 3),
    )


def record(left: int, of: int) -> str:
    """Write what came of a band: ``57 % of 1,792``."""
    if not of:
        return _("nobody yet")
    return _("{share} of {customers}", share=words.share(left / of), customers=words.number(of))


def why(told: Sequence[tuple[int, float]], reasons: Sequence[Reason]) -> str:
    """Say what raises a customer's chance: the names of the reasons with the customer's own figures."""
    said = [f"{again(reasons[place].name)}: {_UNITS[reasons[place].unit](fact)}" for place, fact in told]
    return "; ".join(said) if said else _("Nothing raises it above what is usual")
