"""What the tab Help says of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layouts.help.method import cards
from layouts.help.words import facts
from services.serving.help.method import method

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded


def shown(release: Loaded, time_zone: str) -> dict[str, Any]:
    """Return the method card and the figures of words.

    Parameters
    ----------
    release : Loaded
    time_zone : str
        IANA zone in which the shop's days begin and end.
    """
    found = method(release, time_zone)
    return {"method": cards(found), "facts": facts(found)}
