"""The sentences that digests alone say; all others are those of the pages."""

from __future__ import annotations

from datetime import date

from layouts import words
from services.site.digests.sendings import Sending
from services.site.digests.when import Every, Rhythm

NO_RISK = "No segment of this preset counts as at risk."
NOBODY_AT_RISK = "Nobody is in a segment at risk."
NO_CAMPAIGN = "No campaign has been started yet."
#: Before the address of the page of digests.
TO_END = "To end it, or to ask for another, open"


def subject(every: Every, data_to: date | None) -> str:
    """Name a digest: ``Your weekly digest: data to 9 December 2011``."""
    what = "no release yet" if data_to is None else f"data to {words.date(data_to.isoformat())}"
    return f"Your {every} digest: {what}"


def since(last: Sending | None, release: str) -> list[str]:
    """Say what the last digest was about; nothing where there was none."""
    if last is None or not release:
        return []
    if last.release == release:
        return ["This digest is about the same release as the last one."]
    return [f"The last digest covered data to {words.date(last.data_to)}."] if last.data_to else []


def closing(rhythm: Rhythm) -> str:
    """Say when the digest comes."""
    return f"This digest comes {rhythm.said}."


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
        return f"None of {words.count(of, 'customer')} is overdue."
    are = "is" if late == 1 else "are"
    of_them = f", {words.number(silent)} of them silent" if silent else ""
    if silent == late:
        of_them = " and silent"
    return (
        f"{words.number(late)} of {words.count(of, 'customer')} {are} overdue (longer than usual without an "
        f"order){of_them}. So far they have spent {words.money_short(spent)}."
    )


def campaign(name: str, state: str, result: str) -> str:
    """Say how a campaign stands: ``“Winback” (day 26 of 30): So far …``."""
    return f"“{name}” ({state[:1].lower()}{state[1:]}): {result}"


def more_campaigns(count: int) -> str:
    """Say how many campaigns are left out for lack of room."""
    are, have = ("is", "has") if count == 1 else ("are", "have")
    return f"{words.count(count, 'more campaign')} {are} running or {have} ended."


def no_campaign_since(day: date) -> str:
    """Say that there is nothing to tell of campaigns."""
    since = words.date(day.isoformat())
    return f"As far as this data goes, no campaign is running and none has ended since {since}."
