"""The sentences that digests alone say; all others are those of the pages."""

from __future__ import annotations

from datetime import date

from layouts import words
from layouts.parts.woven import gap
from services.core.language.messages import _, plural
from services.site.digests.sendings import Sending
from services.site.digests.when import Every, Rhythm


def subject(every: Every, data_to: date | None) -> str:
    """Name a digest: ``Your weekly digest: data to 9 December 2011``."""
    if data_to is None:
        if every == "weekly":
            return _("Your weekly digest: no release yet")
        return _("Your monthly digest: no release yet")
    day = words.date(data_to.isoformat())
    if every == "weekly":
        return _("Your weekly digest: data to {day}", day=day)
    return _("Your monthly digest: data to {day}", day=day)


def since(last: Sending | None, release: str) -> list[str]:
    """Say what the last digest was about; nothing where there was none."""
    if last is None or not release:
        return []
    if last.release == release:
        return [_("This digest is about the same release as the last one.")]
    if not last.data_to:
        return []
    return [_("The last digest covered data to {day}.", day=words.date(last.data_to))]


def closing(rhythm: Rhythm) -> str:
    """Say when the digest comes."""
    return _("This digest comes {when}.", when=rhythm.said)


def ending() -> str:
    """Say where it is ended, with a gap for the address of that page."""
    return _("To end it, or to ask for another, open {address}", address=gap("address"))


def no_risk() -> str:
    """Say that the preset calls no segment at risk."""
    return _("No segment of this preset counts as at risk.")


def nobody_at_risk() -> str:
    """Say that the segments at risk are empty."""
    return _("Nobody is in a segment at risk.")


def overdue(late: int, silent: int, of: int, spent: float) -> str:
    """Say how many customers are overdue, and what they have spent.

    Parameters
    ----------
    late : int
        Overdue or silent.
    silent : int
        Those of them who are silent.
    of : int
        All customers.
    spent : float
        By the late ones so far.
    """
    if not late:
        return plural(
            "None of {n} customer is overdue.", "None of {n} customers is overdue.", of, n=words.number(of)
        )
    places = {
        "n": words.number(late),
        "of_customers": plural("of {n} customer", "of {n} customers", of, n=words.number(of)),
    }
    if not silent:
        said = plural(
            "{n} {of_customers} is overdue (longer than usual without an order).",
            "{n} {of_customers} are overdue (longer than usual without an order).",
            late,
            **places,
        )
    elif silent == late:
        said = plural(
            "{n} {of_customers} is overdue (longer than usual without an order) and silent.",
            "{n} {of_customers} are overdue (longer than usual without an order) and silent.",
            late,
            **places,
        )
    else:
        said = plural(
            "{n} {of_customers} is overdue (longer than usual without an order), {silent} of them silent.",
            "{n} {of_customers} are overdue (longer than usual without an order), {silent} of them silent.",
            late,
            silent=words.number(silent),
            **places,
        )
    spend = _("So far they have spent {amount}.", amount=words.money_short(spent))
    return f"{said} {spend}"


def running(name: str, day: int, days: int, result: str) -> str:
    """Say how a running campaign stands: ``“Winback” (day 26 of 30): So far …``."""
    return _(
        "“{name}” (day {day} of {days}): {result}",
        name=name,
        day=words.number(day),
        days=words.number(days),
        result=result,
    )


def ended(name: str, result: str) -> str:
    """Say what came of a campaign that has ended."""
    return _("“{name}” (done): {result}", name=name, result=result)


def more_campaigns(count: int) -> str:
    """Say how many campaigns are left out for lack of room."""
    return plural(
        "{n} more campaign is running or has ended.",
        "{n} more campaigns are running or have ended.",
        count,
        n=words.number(count),
    )


def no_campaign() -> str:
    """Say that there is nothing to tell of campaigns, and never was."""
    return _("No campaign has been started yet.")


def no_campaign_since(day: date) -> str:
    """Say that there is nothing to tell of campaigns."""
    return _(
        "As far as this data goes, no campaign is running and none has ended since {day}.",
        day=words.date(day.isoformat()),
    )
