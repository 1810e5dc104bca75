"""The sentences of churn: what is predicted, whom contacting pays for, how far it was right before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from layouts import words
from services.core.findings import LEAST_PEOPLE, leader

if TYPE_CHECKING:
    from services.core.churn.profit import Best
    from services.releases.overview.churn import Churn, Cut, Reason
    from services.serving.churn.grouped import Certainty, Confusion, Share

WARNED_FROM = 5.0
_UNITS = {"days": words.days, "money": words.money, "share": words.share, "count": words.number}


def head(churn: Churn, preset: str, release: str) -> str:
    """Return what fixes the page: how far it looks ahead, from which day, preset and release."""
    seen = dt.date.fromisoformat(churn.seen or "")
    until = seen + dt.timedelta(days=churn.horizon)
    return (
        f"Who may not order in the {words.days(churn.horizon)} after {words.date(seen.isoformat())}, until "
        f"{words.date(until.isoformat())}. Release {release}, preset {preset}."
    )


def of_map(contacted: int, lost: float, of: float, best: Best) -> str:
    """Say how much of the expected loss lies with whom contacting pays for."""
    if best.percent is None:
        return f"{words.money_short(of)} is the expected loss; at these costs nobody is worth contacting."
    if lost == of:
        return f"{words.money_short(of)} is the expected loss; at these costs everybody is worth contacting."
    return (
        f"{words.money_short(lost)} of the {words.money_short(of)} expected loss lies with the "
        f"{words.count(contacted, 'customer')} at {words.share(best.percent / 100)} or more."
    )


def of_profit(contacted: int, everybody: float, best: Best) -> str:
    """Say whom to contact, what that brings, and what contacting everybody would."""
    whole = "lose" if everybody < 0 else "bring"
    rest = f"Contacting everybody would {whole} {words.money_sum(abs(everybody))}."
    if best.percent is None:
        return f"At these costs contacting anybody is expected to lose money. {rest}"
    first = (
        f"Contact {words.count(contacted, 'customer')} at {words.share(best.percent / 100)} or more: "
        f"{words.money_sum(best.profit)} after costs is expected."
    )
    return first if everybody == best.profit else f"{first} {rest}"


def of_certainty(found: Certainty, success: float) -> tuple[str, str]:
    """Say above which success rate anything pays, and what not knowing it does: EMPC stands in the middle."""
    least = (
        "Contacting does not pay at any success rate."
        if found.least is None
        else f"Contacting starts to pay above a success rate of {words.share(found.least, 1)}."
    )
    return (
        "The four figures start as examples: put in your own. Anybody who would have ordered anyway takes "
        f"the offer, too. {least} If a trial on 400 customers gave {words.share(success)}, the rate is "
        f"{words.share(found.low, 1)} to {words.share(found.high, 1)} in 95 of 100 cases, and the expected "
        "maximum profit (",
        f") is {words.money(found.expected)} a customer.",
    )


def of_list(listed: int, best: Best, first: float, total: float, *, of_map: bool) -> str:
    """Say who is listed, and how much of their expected loss the first ten are."""
    if not listed:
        return "Nobody is listed."
    who = words.count(listed, "customer")
    where = "in this part of the map" if of_map else f"at {words.share((best.percent or 0) / 100)} or more"
    if listed <= 10:
        return f"{who} {where}, with an expected loss of {words.money_sum(total)}."
    return f"{who} {where}; the first ten stand for {words.money_sum(first)} of {words.money_sum(total)}."


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
        return f"This preset has no {kind}s."
    large = [each for each in shares if each.customers >= LEAST_PEOPLE and each.place >= 0]
    first = leader([each.chance for each in large], words.share)
    if first is None:
        return f"Chance of no order and expected loss of each {kind}."
    highest = large[first]
    said = f"{names[highest.place]} is the {kind} likeliest not to order"
    return f"{said}: {words.share(highest.chance)} on average."


def of_saving(listed: int) -> str:
    """Name the button that saves the list."""
    return f"Save as audience, {words.number(listed)}"


def part_of_map(band: tuple[int, int] | None, fifth: int | None) -> str:
    """Name a part of the map: ``risk 30 to 40 %, fifth 5 of usual spend``."""
    told = [f"risk {band[0]} to {words.share(band[1] / 100)}"] if band else []
    return ", ".join([*told, *([f"fifth {fifth} of usual spend"] if fifth else [])])


def of_audience(part: str, percent: int | None, told: str) -> str:
    """Say who an audience of this tab is: ``Chance of no order 36 % or more; All customers``.

    Parameters
    ----------
    part : str
        Of the map; empty for whom contacting pays for.
    percent : int or None
        Their threshold; None where contacting nobody pays.
    told : str
        The filters.
    """
    if part:
        return f"{words.capital(part)}; {told}"
    if percent is None:
        return f"Nobody worth contacting; {told}"
    return f"Chance of no order {words.share(percent / 100)} or more; {told}"


def band(begin: int, end: int) -> str:
    """Name a band of risk: ``30–40 %``."""
    return f"{begin}–{words.share(end / 100)}"


def chance(value: float, low: float, high: float) -> str:
    """Write a chance with its interval: ``56.2 % (48 to 63)``."""
    ends = " to ".join(words.number(100 * end) for end in (low, high))
    return f"{words.share(value, 1)} ({ends})"


def with_interval(value: float, low: float, high: float) -> str:
    """Write a score with its interval: ``0.747 (0.731 to 0.763)``."""
    return f"{words.number(value, 3)} ({words.number(low, 3)} to {words.number(high, 3)})"


def record(left: int, of: int) -> str:
    """Write what came of a band: ``57 % of 1,792``."""
    return f"{words.share(left / of)} of {words.number(of)}" if of else "nobody yet"


def why(told: Sequence[tuple[int, float]], reasons: Sequence[Reason]) -> str:
    """Say what raises a customer's chance: the names of the reasons with the customer's own figures."""
    said = [f"{reasons[place].name}: {_UNITS[reasons[place].unit](fact)}" for place, fact in told]
    return words.capital("; ".join(said)) if said else "Nothing raises it above what is usual"


def of_bands(churn: Churn) -> str:
    """Say how the mean kept, and how many bands were off by more than five points."""
    held = [each for each in churn.bands if each.customers and each.predicted is not None]
    people = sum(each.customers for each in held)
    predicted = sum(each.customers * (each.predicted or 0) for each in held) / people
    happened = sum(each.left for each in held) / people
    off = sum(abs(100 * (each.left / each.customers - (each.predicted or 0))) > WARNED_FROM for each in held)
    warned = "no" if not off else words.small(off)
    return (
        f"Predicted {words.share(predicted)} on average, happened {words.share(happened)}; {warned} of "
        f"{words.small(len(held))} bands {'was' if off == 1 else 'were'} off by more than 5 points."
    )


def of_bands_note(churn: Churn) -> str:
    """Say whom the bands are made of."""
    days = words.listing([words.date(each.day) for each in churn.cuts])
    people = sum(each.customers for each in churn.bands)
    season = f" {churn.season}" if churn.season else ""
    return (
        f"{words.count(people, 'score')} of customers at the end of {days}, each made only with what was "
        "known then. Bars are 95 % intervals; on the dotted line a prediction is right. A triangle is off "
        f"by more than 5 points.{season}"
    )


def of_cuts(cuts: Sequence[Cut]) -> str:
    """Say how far the mean was off at the worst of the earlier days."""
    worst = max(abs(points(each)) for each in cuts)
    return f"The mean prediction was off by up to {words.number(worst, 1)} points."


def points(cut: Cut) -> float:
    """Return by how many points more left at a cut than was predicted."""
    return 100 * (cut.left / cut.customers - cut.predicted)


def of_cuts_note(cut: Cut) -> str:
    """Say how good the chances were at the last cut."""
    return (
        f"On {words.date(cut.day)} the Brier score was {words.number(cut.brier, 3)} (lower is better; "
        f"giving everybody the same chance: {words.number(cut.brier_base, 3)}) and the slope of the "
        f"calibration line {words.number(cut.slope, 2)} (1 is right; below it the chances are too extreme)."
    )


def of_models(churn: Churn) -> str:
    """Say what is served, and what it beat."""
    names = {each.id: each.name for each in churn.models}
    return f"{names[churn.served or '']} is in use. Scores are of {words.date(churn.cuts[-1].day)}."


def of_confusion(found: Confusion, percent: int, day: str) -> str:
    """Say what the threshold of the page would have done at the last earlier day."""
    flagged = found.flagged_left + found.flagged_stayed
    return (
        f"With a threshold of {words.share(percent / 100)} on {words.date(day)}, "
        f"{words.count(flagged, 'customer')} would have been contacted, of whom "
        f"{words.number(found.flagged_left)} did not order; {words.number(found.missed)} who did not order "
        "would have been missed."
    )


NO_THRESHOLD = "At these costs nobody is contacted, so there is no threshold to look back with."
