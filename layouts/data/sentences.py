"""The sentences about trainings that the worker does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from layouts import words
from layouts.data.whose import is_me, name_of, training
from layouts.data.words import DATE_ORDERS, SEPARATORS, STEPS
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.manifest import Rows
    from services.site.jobs.job import Job

NO_WORKER = later("No worker is running.")
START_ONE = "python -m services worker"
ONE = later("One training runs at a time.")
ORDER = tuple(STEPS)

_LABELS = {
    "as_of": later("Recency counted to"),
    "k": later("Clusters"),
    "seed": later("Seed"),
    "columns": later("Columns"),
    "date_order": later("How dates are written"),
    "encoding": later("Encoding"),
    "separator": later("Separator"),
    "decimal": later("Decimal sign"),
    "only_currency": later("Only rows in"),
    "header_row": later("Row of the column names"),
    "sheet": later("Sheet"),
    "layout": later("Kind of export"),
    "keep_customer": later("IDs that are real customers"),
    "drop_customer": later("IDs that are not customers"),
    "all_codes": later("Codes that are not products"),
    "items": later("A basket holds"),
    "support": later("Lowest share of baskets"),
    "table": later("A row for each customer"),
    "cancel_prefix": later("Cancelled invoices begin with"),
    "returns": later("Returns"),
    "accept_unreadable": later("Rows that cannot be read"),
    "keep_status": later("Order statuses that count as a sale"),
    "drop_status": later("Order statuses that do not"),
}
_USUAL = {"items": "code"}
_SAID = {
    ("all_codes", True): later("kept in baskets"),
    ("items", "description"): later("product descriptions"),
    ("returns", "match"): later("taken off the purchases"),
    ("returns", "ignore"): later("not taken off"),
    ("accept_unreadable", True): later("left out, however many there are"),
}


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
        return _("No training has been requested here yet.")
    if job.ended:
        return _ended(job, me)
    if not worker:
        return training("no_worker", job.who, me)
    if job.cancelled_by:
        return training("stopping", job.who, me)
    if job.state == "waiting":
        return training("waiting", job.who, me)
    if job.step not in ORDER:
        return training("nearly_done" if job.step else "starting", job.who, me)
    at = _(
        "{step}, step {place} of {all}.",
        step=STEPS[job.step](),
        place=ORDER.index(job.step) + 1,
        all=len(ORDER),
    )
    return f"{at}{left(job.seconds_left)}"


def _ended(job: Job, me: str) -> str:
    if job.state in ("done", "failed"):
        return training(job.state, job.who, me)
    stopper = job.cancelled_by or ""
    if is_me(stopper, me):
        return training("stopped_by_you", job.who, me)
    name = name_of(stopper)
    return training("stopped_by" if name else "stopped", job.who, me, name)


def announced(job: Job | None, me: str, *, worker: bool) -> str:
    """Return what is read out: it changes when a training begins or ends, not at each step."""
    if job is None or job.ended or not worker or job.state == "waiting":
        return finding(job, me, worker=worker)
    return training("running", job.who, me)


def left(seconds: int | None) -> str:
    """`` About 50 seconds left.``; nothing where it is not known."""
    if seconds is None:
        return ""
    if seconds < 10:
        said = _("A few seconds left.")
    elif seconds < 90:
        rounded = round(seconds, -1)
        said = plural("About {n} second left.", "About {n} seconds left.", rounded, n=words.number(rounded))
    else:
        minutes = round(seconds / 60)
        said = plural("About {n} minute left.", "About {n} minutes left.", minutes, n=words.small(minutes))
    return f" {said}"


def rows(counted: Rows) -> str:
    """Say where the rows went, as ``242 rows used + 15 left out = 257 read``, with a full stop."""
    return plural(
        "{n} row used + {out} left out = {read} read.",
        "{n} rows used + {out} left out = {read} read.",
        counted.kept,
        n=words.number(counted.kept),
        out=words.number(counted.read - counted.kept),
        read=words.number(counted.read),
    )


def clock(seconds: float) -> str:
    """``0:07``, ``12:40``: how long a step took."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def asked_by(job: Job) -> str:
    """Say who asked when, of what, with which preset."""
    name, day = name_of(job.who), words.date_time(job.asked_at)
    preset = job.asked["preset"].get("name", job.asked["preset"]["id"])
    if job.on_ledger:
        if name:
            return _(
                "Requested by {name} on {day}: a release of the ledger with the preset “{preset}”.",
                name=name,
                day=day,
                preset=preset,
            )
        return _(
            "Requested on {day}: a release of the ledger with the preset “{preset}”.", day=day, preset=preset
        )
    if name:
        return _(
            "Requested by {name} on {day}: a release of “{file}” with the preset “{preset}”.",
            name=name,
            day=day,
            file=job.subject,
            preset=preset,
        )
    return _(
        "Requested on {day}: a release of “{file}” with the preset “{preset}”.",
        day=day,
        file=job.subject,
        preset=preset,
    )


def took(job: Job) -> str:
    """Return how long a training ran, ``1 minute 15 seconds``; nothing where it never began."""
    if job.started_at is None or job.ended_at is None:
        return ""
    minutes, seconds = divmod(round((job.ended_at - job.started_at).total_seconds()), 60)
    rest = plural("{n} second", "{n} seconds", seconds, n=words.number(seconds))
    whole = plural("{n} minute", "{n} minutes", minutes, n=words.number(minutes))
    return f"{whole} {rest}" if minutes else rest


def about(option: str | None) -> str:
    """Name in words what an option of the command line says; empty for none, or one without words."""
    return str(_LABELS.get((option or "").removeprefix("--").replace("-", "_"), ""))


def chosen(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was chosen beside a preset, in words: name and value of each option that says something."""
    return [
        (label(), _value(name, options[name]))
        for name, label in _LABELS.items()
        if _says(name, options.get(name))
    ]


def _says(name: str, value: Any) -> bool:
    return value not in (None, [], (), {}, _USUAL.get(name)) and value is not False


def _value(name: str, value: Any) -> str:
    if isinstance(value, str | bool) and (name, value) in _SAID:
        return _SAID[name, value]()
    if name == "date_order":
        return DATE_ORDERS[value][0]() if value in DATE_ORDERS else str(value)
    if name == "separator":
        return str(SEPARATORS.get(value, value))
    if name == "as_of":
        return _moment(value)
    if isinstance(value, dict):
        return ", ".join(f"{role}: {column}" for role, column in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _moment(value: str) -> str:
    return words.date_time(value) if "T" in value else words.date(value)


def counted_anew(as_of: str) -> str:
    """Say that the day to which recency was counted does not go on."""
    return _(
        "The active release counts recency to {day}. The ledger does not hold the same files, so this "
        "training counts to the day after its newest order.",
        day=_moment(as_of),
    )


def asked(what: str, *, on_ledger: bool) -> str:
    """Say that a training was asked for from another page."""
    if on_ledger:
        return _(
            "A training on the files of the ledger {what} was requested. Its release is not published "
            "automatically.",
            what=what,
        )
    return _(
        "A training on the files of the active release {what} was requested. Its release is not published "
        "automatically.",
        what=what,
    )
