"""What an address of the page asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from layouts.imports.links import COLUMNS, PLACE, QUESTIONS
from services.core.text.addresses import query_of
from services.web.uploads.options import ONCE, SEVERAL

_STEPS = (COLUMNS, QUESTIONS, PLACE)


@dataclass(frozen=True)
class Asked:
    """A file and a step.

    Attributes
    ----------
    file : str or None
        Id of the upload; None for the first step.
    step : str
    answers : dict of str to list of str
        What was said of how the file is to be read.
    added : str or None
        Id of the file of the ledger that was just added.
    new : bool
        Whether it is not to be read as an earlier file with the same header was.
    """

    file: str | None
    step: str = COLUMNS
    answers: dict[str, list[str]] = field(default_factory=dict)
    added: str | None = None
    new: bool = False


def asked(search: str | None) -> Asked:
    """Read an address; of a parameter with one value the last one counts, others are none of the page."""
    query = query_of(search)
    step = query.get("step", [COLUMNS])[-1]
    answers = {
        name: query[name][-1:] if name in ONCE else query[name] for name in (*ONCE, *SEVERAL) if name in query
    }
    return Asked(
        query.get("file", [None])[-1],
        step if step in _STEPS else COLUMNS,
        answers,
        query.get("added", [None])[-1],
        "as" in query,
    )
