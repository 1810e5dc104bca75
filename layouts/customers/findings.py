"""What the cards of a customer's page say in their first lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

from layouts import words
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from datetime import datetime

    from services.serving.customers.orders import Numbered
    from services.serving.customers.returns import Return

AS_FAR = 1.05
MANY_TIMES = 10
NAMED = 3
Which = Literal["shown", "since", "with"]
"""Which snapshots have a segment: all that are shown, those since the first order, or some."""
_BOTH: dict[Which, later] = {
    "shown": later("{segment} in both snapshots."),
    "since": later("{segment} in both snapshots since the first order."),
    "with": later("{segment} in both snapshots with a segment."),
}


def months(spent: Sequence[tuple[str, float]]) -> str:
    """Name the best month, or the best ones where several are."""
    most = words.money(max(amount for _month, amount in spent))
    with_orders = sum(amount > 0 for _month, amount in spent)
    best = [words.month(f"{month}-01") for month, amount in spent if words.money(amount) == most]
    when = (
        words.listing(best)
        if len(best) <= NAMED
        else plural("{n} of them", "{n} of them", len(best), n=words.small(len(best)))
    )
    if with_orders == 0:
        return _("Every order was free.")
    if with_orders == 1:
        return _("All of the spend was in {months}.", months=when)
    places = {"months": _of_months(with_orders, len(spent)), "best": when, "most": most}
    if len(best) > 1:
        return _("Spend in {months}, most in {best}: {most} each.", **places)
    return _("Spend in {months}, most in {best}: {most}.", **places)


def _of_months(some: int, every: int) -> str:
    n = words.small(every)
    if some < every:
        return plural("{some} of {n} month", "{some} of {n} months", every, n=n, some=words.small(some))
    return _("both months") if every == 2 else plural("the one month", "all {n} months", every, n=n)


def history(name: str, times: int, of: int, which: Which) -> str:
    """Say how often the customer was in the segment of the last snapshot.

    Parameters
    ----------
    name : str
    times, of : int
        Snapshots with it, and with any segment.
    which : {"shown", "since", "with"}
        As :func:`which_snapshots` says.
    """
    if times < of:
        said = _some_snapshots(name, times, of, which)
    else:
        said = _BOTH[which](segment=name) if of == 2 else _all_snapshots(name, of, which)
    return words.capital(said)


def _some_snapshots(name: str, times: int, of: int, which: Which) -> str:
    places = {"segment": name, "some": words.small(times), "n": words.small(of)}
    if which == "shown":
        return plural(
            "{segment} in {some} of {n} snapshot.", "{segment} in {some} of {n} snapshots.", of, **places
        )
    if which == "since":
        return plural(
            "{segment} in {some} of {n} snapshot since the first order.",
            "{segment} in {some} of {n} snapshots since the first order.",
            of,
            **places,
        )
    return plural(
        "{segment} in {some} of {n} snapshot with a segment.",
        "{segment} in {some} of {n} snapshots with a segment.",
        of,
        **places,
    )


def _all_snapshots(name: str, of: int, which: Which) -> str:
    places = {"segment": name, "n": words.small(of)}
    if which == "shown":
        return plural(
            "{segment} in the one snapshot so far.", "{segment} in all {n} snapshots.", of, **places
        )
    if which == "since":
        return plural(
            "{segment} in the one snapshot since the first order.",
            "{segment} in all {n} snapshots since the first order.",
            of,
            **places,
        )
    return plural(
        "{segment} in the one snapshot with a segment.",
        "{segment} in all {n} snapshots with a segment.",
        of,
        **places,
    )


def which_snapshots(first: datetime | None, listed: Sequence[tuple[str, int, str | None]]) -> Which:
    """Say which of the snapshots that are shown have a segment."""
    if all(index >= 0 for _day, index, _cause in listed):
        return "shown"
    since = [index for day, index, _cause in listed if first and day >= first.date().isoformat()]
    return "since" if since and min(since) >= 0 else "with"


def without_segment(which: Which) -> str:
    """Say what a snapshot without a segment means, as :func:`which_snapshots` tells the others."""
    return _("no order yet") if which == "since" else _("no segment")


def distance(name: str, times: float | None) -> str:
    """Name the nearest cluster, and how many times as far the next one is; None where there is no next."""
    if times is None:
        return _("Nearest to {cluster}.", cluster=name)
    if times < AS_FAR:
        return _("Nearest to {cluster}, but the next cluster is about as near.", cluster=name)
    if times > MANY_TIMES:
        return _("Nearest to {cluster}; the next cluster is more than ten times as far.", cluster=name)
    far = words.number(times, 1)
    return _("Nearest to {cluster}; the next cluster is {far} times as far.", cluster=name, far=far)


def gaps(between: Sequence[Any], allowed: int | None, group: str) -> str:
    """Compare the gaps with what the segment allows."""
    days = [gap.days for gap in between]
    half = words.days(math.floor(median(days)))
    only = words.days(days[0])
    if allowed is None:
        if len(days) == 1:
            return _("The only gap was {days}.", days=only)
        return _("Half are {half} or shorter.", half=half)
    places = {"allowed": words.days(allowed), "segment": group}
    longer = sum(day > allowed for day in days)
    if len(days) == 1:
        if longer:
            return _(
                "The only gap, {days}, was longer than the {allowed} a customer can wait and stay in "
                "{segment}.",
                days=only,
                **places,
            )
        return _(
            "The only gap, {days}, was not longer than the {allowed} a customer can wait and stay in "
            "{segment}.",
            days=only,
            **places,
        )
    if longer == len(days):
        return _(
            "Every gap was longer than the {allowed} a customer can wait and stay in {segment}; half are "
            "{half} or shorter.",
            half=half,
            **places,
        )
    if not longer:
        return _(
            "No gap was longer than the {allowed} a customer can wait and stay in {segment}; half are {half} "
            "or shorter.",
            half=half,
            **places,
        )
    said = plural(
        "{n} of {gaps} gaps was longer than the {allowed} a customer can wait and stay in {segment}; half "
        "are {half} or shorter.",
        "{n} of {gaps} gaps were longer than the {allowed} a customer can wait and stay in {segment}; half "
        "are {half} or shorter.",
        longer,
        n=words.small(longer),
        gaps=words.small(len(days)),
        half=half,
        **places,
    )
    return words.capital(said)


def similar(same: int, of: int, group: str) -> str:
    """Say how many of the nearest are of the same segment."""
    n = words.small(of)
    if same == of:
        return plural(
            "The nearest is in {segment} too.",
            "The {n} nearest are all in {segment} too.",
            of,
            n=n,
            segment=group,
        )
    if same == 0:
        return plural(
            "The nearest is not in {segment}.",
            "None of the {n} nearest is in {segment}.",
            of,
            n=n,
            segment=group,
        )
    said = plural(
        "{n} of the {of} nearest is in {segment} too.",
        "{n} of the {of} nearest are in {segment} too.",
        same,
        n=words.small(same),
        of=n,
        segment=group,
    )
    return words.capital(said)


def returns(back: Sequence[Return]) -> str:
    """Say how much came back, and how much of it went off the orders."""
    n, worth = words.small(len(back)), words.money(sum(each.amount for each in back))
    off = sum(each.taken or 0 for each in back)
    if back[0].taken is None:
        said = plural(
            "{n} return of {worth}; this preset does not take them off the orders.",
            "{n} returns of {worth}; this preset does not take them off the orders.",
            len(back),
            n=n,
            worth=worth,
        )
    elif not off:
        said = plural(
            "{n} return of {worth}; none of it matches a purchase in the file.",
            "{n} returns of {worth}; none of it matches a purchase in the file.",
            len(back),
            n=n,
            worth=worth,
        )
    else:
        said = plural(
            "{n} return of {worth}; {off} was taken off the orders.",
            "{n} returns of {worth}; {off} was taken off the orders.",
            len(back),
            n=n,
            worth=worth,
            off=words.money(off),
        )
    return words.capital(said)


def sharing(shared: Numbered) -> str:
    """Say how many orders and returns have a number, and of how many customers."""
    many, returned = len(shared.found), sum(each.returned for each in shared.found)
    some = words.number(min(shared.customers, many))
    if shared.cut:
        listed = words.number(many)
        whose = (
            plural("more than {n} customer", "more than {n} customers", many, n=some)
            if shared.customers > many
            else plural("{n} customer", "{n} customers", shared.customers, n=some)
        )
        return _(
            "More than {listed} orders or returns have that number, from {customers}. {listed} are listed.",
            listed=listed,
            customers=whose,
        )
    bought = many - returned
    orders = [plural("{n} order", "{n} orders", bought, n=words.number(bought))] if bought else []
    back = [plural("{n} return", "{n} returns", returned, n=words.number(returned))] if returned else []
    n = words.number(shared.customers)
    return _(
        "{orders} have that number, from {customers}.",
        orders=words.listing([*orders, *back]),
        customers=plural("{n} customer", "{n} customers", shared.customers, n=n),
    )
