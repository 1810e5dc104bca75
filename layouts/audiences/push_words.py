"""The sentences about an audience that is sent to another tool."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layouts import words
from layouts.audiences.words import customers
from services.core.contacts.reasons import LEFT_OUT
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.site.pushes.push import Push

_STATUS = re.compile(r"status (\d{3})")
_NO_SUCH_ADDRESS = later(
    "{receiver} accepts nothing at the address that this site has for it (status {status})"
)
_NOT_LET_IN = later("{receiver} did not let this site in (status {status})")
_BUSY = later("{receiver} was busy (status {status})")
_FAULT = later("{receiver} had a fault (status {status})")
_REFUSED = later("{receiver} refused what was sent (status {status})")


def of_going(contacts: int, called: str, left_out: Mapping[str, int]) -> str:
    """Say how many can be sent, and why others cannot."""
    if not contacts:
        said = _("Nobody in the audience can be sent to {receiver}.", receiver=called)
    else:
        said = plural(
            "{n} customer in the audience can be sent to {receiver}.",
            "{n} customers in the audience can be sent to {receiver}.",
            contacts,
            n=words.number(contacts),
            receiver=called,
        )
    return f"{said}{of_left_out(left_out)}"


def of_left_out(left_out: Mapping[str, int]) -> str:
    """Say who is left out and why, behind a sentence; nothing where nobody is."""
    if not left_out:
        return ""
    reasons = ", ".join(LEFT_OUT[reason](n=words.number(number)) for reason, number in left_out.items())
    return " " + _("Left out: {reasons}.", reasons=reasons)


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
    places = {"receiver": called, "list": number, "property": column, "mark": mark}
    if number is not None and column is not None:
        return _(
            "In {receiver} they are added to list {list} and their property {property} says “{mark}”.",
            **places,
        )
    if number is not None:
        return _("In {receiver} they are added to list {list}.", **places)
    return _("In {receiver} their property {property} says “{mark}”.", **places) if column is not None else ""


def of_push(push: Push) -> str:
    """Say what became of a push, or how far it is."""
    if push.is_open:
        return _of_open(push)
    if push.accepted == push.queued:
        return plural(
            "Sent: {receiver} accepted {n} customer.",
            "Sent: {receiver} accepted all {n} customers.",
            push.queued,
            n=words.number(push.queued),
            receiver=push.receiver,
        )
    places = _places(push) | {"others": words.listing(_others(push))}
    told = [
        _("Sent: {receiver} accepted {accepted} of {customers}; {others}.", **places)
        if push.accepted
        else _("Not sent: {receiver} accepted {accepted} of {customers}; {others}.", **places)
    ]
    if push.refused or push.unsure:
        if push.reason:
            told.append(_("Last reason: {reason}.", reason=_of_failure(push, push.reason)))
        told.append(_("Send it again, or ask the person who runs this site."))
        if push.accepted or push.unsure:
            told.append(
                _("Sending again includes everyone that {receiver} may have already.", receiver=push.receiver)
            )
    return " ".join(told)


def _others(push: Push) -> list[str]:
    """Say of those who were not accepted how many there are of each kind."""
    said = []
    if push.refused > 0:
        n = words.number(push.refused)
        said.append(plural("{n} not accepted", "{n} not accepted", push.refused, n=n))
    if push.unsure > 0:
        said.append(
            plural(
                "{n} possibly accepted, because no clear answer came",
                "{n} possibly accepted, because no clear answer came",
                push.unsure,
                n=words.number(push.unsure),
            )
        )
    if push.left_out > 0:
        said.append(
            plural(
                "{n} left out, because they may no longer be sent",
                "{n} left out, because they may no longer be sent",
                push.left_out,
                n=words.number(push.left_out),
            )
        )
    erased = push.queued - push.accepted - push.refused - push.unsure - push.left_out
    if erased > 0:
        said.append(plural("{n} erased beforehand", "{n} erased beforehand", erased, n=words.number(erased)))
    return said


def _places(push: Push) -> dict[str, str]:
    return {
        "receiver": push.receiver,
        "accepted": words.number(push.accepted),
        "customers": customers(push.queued),
    }


def of_asking(push: Push) -> str:
    """Say who had it sent, and when."""
    return f"{words.date_time(push.asked_at.isoformat())}, {push.who}"


def asked(name: str, push: Push) -> tuple[str, str]:
    """Say that an audience is being sent, and what comes next."""
    return (
        plural(
            "{n} customer of “{name}” will be sent to {receiver}.",
            "{n} customers of “{name}” will be sent to {receiver}.",
            push.queued,
            n=words.number(push.queued),
            name=name,
            receiver=push.receiver,
        ),
        _("Sending begins within a minute. Come back to this page to see the outcome."),
    )


def stopped(name: str, push: Push) -> tuple[str, str]:
    """Say that no more of an audience is sent, and where those are who were."""
    told = [_("{receiver} had accepted {accepted} of {customers} by then.", **_places(push))]
    if push.accepted:
        told.append(_("They stay there."))
    return _("No more of “{name}” will be sent.", name=name), " ".join(told)


def _of_open(push: Push) -> str:
    places = _places(push)
    if push.state.value == "sending":
        return _("Being sent: {receiver} accepted {accepted} of {customers} so far.", **places)
    if not push.failures:
        return _("Waiting for the worker: {receiver} accepted {accepted} of {customers} so far.", **places)
    told = [
        _(
            "Not accepted yet, to be tried again on {time}: {receiver} accepted {accepted} of {customers} so "
            "far.",
            time=words.date_time(push.due_at.isoformat()),
            **places,
        )
    ]
    if push.open:
        told.append(
            _(
                "It is not known whether it accepted {number} more; they are sent again as the same request.",
                number=words.number(push.open),
            )
        )
    if push.reason:
        told.append(_("Why: {reason}.", reason=_of_failure(push, push.reason)))
    return " ".join(told)


def _of_failure(push: Push, reason: str) -> str:
    """Say why a try was not accepted, the last that was not; of an ended push it need not be why of all."""
    status = _STATUS.fullmatch(reason)
    return _of_status(push.receiver, int(status[1])) if status else shown(reason).rstrip(".")


def _of_status(receiver: str, status: int) -> str:
    said = _REFUSED
    if status < 400 or status in (404, 405, 410):
        said = _NO_SUCH_ADDRESS
    elif status in (401, 402, 403):
        said = _NOT_LET_IN
    elif status in (408, 409, 423, 425, 429, 477, 503):
        said = _BUSY
    elif status >= 500:
        said = _FAULT
    return said(receiver=receiver, status=status)


def shown(stored: str) -> str:
    """Say a stored reason, which the sender wrote in English, in the reader's language."""
    return _(stored)
