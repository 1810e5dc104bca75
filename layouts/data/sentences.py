"""The sentences about trainings that the worker does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from layouts import words
from layouts.data.words import DATE_ORDERS, SEPARATORS, STEPS

if TYPE_CHECKING:
    from services.releases.manifest import Rows
    from services.site.jobs.job import Job

NO_WORKER = "No worker is running"
START_ONE = "python -m services worker"
ONE = "One training runs at a time."
ORDER = tuple(STEPS)
_NOBODY = "local"
_BY_COMMAND = "cli:"

_LABELS = {
    "as_of": "Recency counted to",
    "k": "Clusters",
    "seed": "Seed",
    "columns": "Columns",
    "date_order": "How dates are written",
    "encoding": "Encoding",
    "separator": "Separator",
    "decimal": "Decimal sign",
    "only_currency": "Only rows in",
    "header_row": "Row of the column names",
    "sheet": "Sheet",
    "layout": "Kind of export",
    "keep_customer": "IDs that are real customers",
    "drop_customer": "IDs that are not customers",
    "all_codes": "Codes that are not products",
    "items": "A basket holds",
    "support": "Lowest share of baskets",
    "table": "A row for each customer",
    "cancel_prefix": "Cancelled invoices begin with",
    "returns": "Returns",
    "accept_unreadable": "Rows that cannot be read",
    "keep_status": "Order statuses that count as a sale",
    "drop_status": "Order statuses that do not",
}
_USUAL = {"items": "code"}
_SAID = {
    ("all_codes", True): "kept in baskets",
    ("items", "description"): "product descriptions",
    ("returns", "match"): "taken off the purchases",
    ("returns", "ignore"): "not taken off",
    ("accept_unreadable", True): "left out, however many there are",
}


def owner(who: str, me: str) -> str:
    """Say whose a training is: ``your``, ``Tom’s``; ``the`` where nobody signs in."""
    if who == me and who != _NOBODY:
        return "your"
    name = by(who)
    return f"{name}’s" if name else "the"


def by(who: str) -> str:
    """Return the name of who asked; empty on a site that nobody signs in to."""
    return "" if who == _NOBODY else who.removeprefix(_BY_COMMAND)


def finding(job: Job | None, me: str, *, worker: bool) -> str:
    """Say in one sentence where the last training stands.

    Parameters
    ----------
    job : Job or None
    me : str
        Who reads.
    worker : bool
        Whether a worker is there.
    """
    if job is None:
        return "No training has been requested here yet."
    if job.ended:
        return _ended(job, me)
    whose = owner(job.who, me)
    if not worker:
        return f"{NO_WORKER}: {whose} training waits until one is started."
    if job.cancelled_by:
        return f"{words.capital(whose)} training is being stopped."
    if job.state == "waiting":
        return f"{words.capital(whose)} training waits for the worker."
    if job.step not in ORDER:
        return f"{words.capital(whose)} training is {'nearly done' if job.step else 'starting'}."
    place = f"step {ORDER.index(job.step) + 1} of {len(ORDER)}"
    return f"{STEPS[job.step]}, {place}.{left(job.seconds_left)}"


def _ended(job: Job, me: str) -> str:
    whose = words.capital(owner(job.who, me))
    if job.state == "done":
        return f"{whose} training has made a release."
    if job.state == "failed":
        return f"{whose} training failed. The active release stays as it was."
    name = "you" if job.cancelled_by == me != _NOBODY else by(job.cancelled_by or "")
    return f"{whose} training was stopped{f' by {name}' if name else ''}; nothing was kept."


def announced(job: Job | None, me: str, *, worker: bool) -> str:
    """Return what is read out: it changes when a training begins or ends, not at each step."""
    if job is None or job.ended or not worker or job.state == "waiting":
        return finding(job, me, worker=worker)
    return f"{words.capital(owner(job.who, me))} training is running."


def left(seconds: int | None) -> str:
    """`` About 50 seconds left.``; nothing where it is not known."""
    if seconds is None:
        return ""
    if seconds < 10:
        return " A few seconds left."
    if seconds < 90:
        return f" About {words.number(round(seconds, -1))} seconds left."
    return f" About {words.small(round(seconds / 60))} minutes left."


def rows(counted: Rows) -> str:
    """Say where the rows went: ``242 rows used + 15 left out = 257 read``."""
    used, read = words.count(counted.kept, "row"), words.number(counted.read)
    return f"{used} used + {words.number(counted.read - counted.kept)} left out = {read} read"


def clock(seconds: float) -> str:
    """``0:07``, ``12:40``: how long a step took."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def asked_by(job: Job) -> str:
    """Say who asked when, of what, with which preset."""
    name = by(job.who)
    who = f" by {name}" if name else ""
    made_of = "the ledger" if job.on_ledger else f"“{job.subject}”"
    return (
        f"Requested{who} on {words.date_time(job.asked_at)}: a release of {made_of} with the preset "
        f"“{job.asked['preset'].get('name', job.asked['preset']['id'])}”."
    )


def took(job: Job) -> str:
    """Return how long a training ran, ``1 minute 15 seconds``; nothing where it never began."""
    if job.started_at is None or job.ended_at is None:
        return ""
    minutes, seconds = divmod(round((job.ended_at - job.started_at).total_seconds()), 60)
    told = [words.count(minutes, "minute")] if minutes else []
    return " ".join([*told, words.count(seconds, "second")])


def about(option: str | None) -> str:
    """Name in words what an option of the command line says; empty for none, or one without words."""
    return _LABELS.get((option or "").removeprefix("--").replace("-", "_"), "")


def chosen(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was chosen beside a preset, in words: name and value of each option that says something."""
    return [
        (label, _value(name, options[name]))
        for name, label in _LABELS.items()
        if _says(name, options.get(name))
    ]


def _says(name: str, value: Any) -> bool:
    return value not in (None, [], (), {}, _USUAL.get(name)) and value is not False


def _value(name: str, value: Any) -> str:
    if isinstance(value, str | bool) and (name, value) in _SAID:
        return _SAID[name, value]
    if name == "date_order":
        return DATE_ORDERS[value][0] if value in DATE_ORDERS else str(value)
    if name == "separator":
        return SEPARATORS.get(value, str(value))
    if name == "as_of":
        return _moment(value)
    if isinstance(value, dict):
        return ", ".join(f"{role}: {column}" for role, column in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _moment(value: str) -> str:
    return words.date_time(value) if "T" in value else words.date(value)


def counted_anew(as_of: str) -> str:
    """Say that the day to which recency was counted does not go on."""
    return (
        f"The active release counts recency to {_moment(as_of)}. The ledger does not hold the same files, so "
        "this training counts to the day after its newest order."
    )


def asked(what: str, *, on_ledger: bool) -> str:
    """Say that a training was asked for from another page."""
    source = "the files of the ledger" if on_ledger else "the files of the active release"
    return f"A training on {source} {what} was requested. Its release is not published automatically."
