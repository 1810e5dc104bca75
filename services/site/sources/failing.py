"""Which sources fail: what an alert tells of, and the Data tab shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.site.sources.configured import FOLDER, configured
from services.site.sources.folder import Files
from services.site.sources.records import Sources

if TYPE_CHECKING:
    from services.site.settings import Settings
    from services.site.state import State


@dataclass(frozen=True)
class Failing:
    """A source that fails, or a file of a watched folder that cannot be added.

    Attributes
    ----------
    source : str
        ``folder`` or ``database``.
    file : str or None
        The file's name.
    since : datetime
        UTC.
    sentence : str
        Why. It may name a customer of the file.
    """

    source: str
    file: str | None
    since: datetime
    sentence: str


def failing(settings: Settings, state: State) -> list[Failing]:
    """Return the sources that failed when they were tried last, then the files that cannot be added.

    Raises
    ------
    StateUnusable
    """
    named = configured(settings)
    found = [
        Failing(each.source.name, None, each.failing_since, each.failure)
        for each in Sources(state).standing(named)
        if each.failure is not None and each.failing_since is not None
    ]
    if any(each.name == FOLDER for each in named):
        found += [Failing(FOLDER, each.name, each.since, each.reason) for each in Files(state).refused()]
    return found
