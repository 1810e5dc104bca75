"""The sentences about an audience that is sent to another tool."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layouts import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.site.pushes.push import Push

_STATUS = re.compile(r"status (\d{3})")


def of_going(contacts: int, called: str, left_out: Mapping[str, int]) -> str:
    """Say how many can be sent, and why others cannot."""
    who = words.count(contacts, "customer") if contacts else "Nobody"
    return f"{who} in the audience can be sent to {called}.{of_left_out(left_out)}"


def of_left_out(left_out: Mapping[str, int]) -> str:
    """Say who is left out and why, behind a sentence; nothing where nobody is."""
    if not left_out:
        return ""
    return f" Left out: {', '.join(f'{words.number(n)} {reason}' for reason, n in left_out.items())}."


def of_place(called: str, number: int | None, column: str | None, mark: str) -> str:
    """Say where the contacts are to be found then; nothing where that is the receiver's own matter.

    Parameters
    ----------
    called : str
        The receiver.
    number : int or None
        Of the list that they are put on.
    column, mark : str or None, str
        The contact's property, and what it says then.
    """
    parts = []
    if number is not None:
        parts.append(f"they are added to list {number}")
    if column is not None:
        parts.append(f"their property {column} says “{mark}”")
    return f"In {called} {words.listing(parts)}." if parts else ""


def of_push(push: Push) -> str:
    """Say what became of a push, or how far it is."""
    if push.is_open:
        return _of_open(push)
    customers = words.count(push.queued, "customer")
    if push.accepted == push.queued:
        return f"Sent: {push.receiver} accepted {'all ' if push.queued > 1 else ''}{customers}."
    others = {
        "not accepted": push.refused,
        "possibly accepted, because no clear answer came": push.unsure,
        "left out, because they may no longer be sent": push.left_out,
        "erased beforehand": push.queued - push.accepted - push.refused - push.unsure - push.left_out,
    }
    said = [f"{words.number(count)} {what}" for what, count in others.items() if count > 0]
    head = "Sent" if push.accepted else "Not sent"
    accepted = f"{push.receiver} accepted {words.number(push.accepted)} of {customers}"
    advice = ""
    if push.refused or push.unsure:
        advice = f"{_why(push, 'Last reason')} Send it again, or ask the person who runs this site."
        if push.accepted or push.unsure:
            advice += f" Sending again includes everyone that {push.receiver} may have already."
    return f"{head}: {accepted}; {words.listing(said)}.{advice}"


def of_asking(push: Push) -> str:
    """Say who had it sent, and when."""
    return f"{words.date_time(push.asked_at.isoformat())}, {push.who}"


def asked(name: str, push: Push) -> tuple[str, str]:
    """Say that an audience is being sent, and what comes next."""
    return (
        f"{words.count(push.queued, 'customer')} of “{name}” will be sent to {push.receiver}.",
        "Sending begins within a minute. Come back to this page to see the outcome.",
    )


def stopped(name: str, push: Push) -> tuple[str, str]:
    """Say that no more of an audience is sent, and where those are who were."""
    accepted, queued = words.number(push.accepted), words.count(push.queued, "customer")
    kept = " They stay there." if push.accepted else ""
    return (
        f"No more of “{name}” will be sent.",
        f"{push.receiver} had accepted {accepted} of {queued} by then.{kept}",
    )


def _of_open(push: Push) -> str:
    customers = words.count(push.queued, "customer")
    so_far = f"{push.receiver} accepted {words.number(push.accepted)} of {customers} so far."
    if push.state.value == "sending":
        return f"Being sent: {so_far}"
    if not push.failures:
        return f"Waiting for the worker: {so_far}"
    perhaps = ""
    if push.open:
        more = words.number(push.open)
        perhaps = (
            f" It is not known whether it accepted {more} more; they are sent again as the same request."
        )
    again = words.date_time(push.due_at.isoformat())
    return f"Not accepted yet, to be tried again on {again}: {so_far}{perhaps}{_why(push)}"


def _why(push: Push, head: str = "Why") -> str:
    """Say why a try was not accepted, the last that was not; of an ended push it need not be why of all."""
    if not push.reason:
        return ""
    status = _STATUS.fullmatch(push.reason)
    return f" {head}: {_of_status(push, int(status[1])) if status else push.reason.rstrip('.')}."


def _of_status(push: Push, status: int) -> str:
    if status < 400 or status in (404, 405, 410):
        what = "accepts nothing at the address that this site has for it"
    elif status in (401, 402, 403):
        what = "did not let this site in"
    elif status in (408, 409, 423, 425, 429, 477, 503):
        what = "was busy"
    else:
        what = "had a fault" if status >= 500 else "refused what was sent"
    return f"{push.receiver} {what} (status {status})"
