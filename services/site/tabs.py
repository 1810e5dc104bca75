"""The tabs of the site, one line each: pages, navigation, callbacks, access and tests are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from services.site.people.roles import Role


class Place(Enum):
    """Where the navigation names a tab."""

    DAILY = "daily"
    """Among the first: daily work."""
    NOW_AND_THEN = "now and then"
    """Behind the hairline."""
    NOWHERE = "nowhere"
    """Other tabs lead to it; the one that it is ``within`` is marked meanwhile."""


@dataclass(frozen=True)
class Tab:
    """One page of the site.

    Attributes
    ----------
    key : str
        Name of its folder in ``layouts``, ``callbacks`` and ``assets``.
    path : str
        Its address.
    name : str
        In the navigation and in the title of the browser's tab.
    place : Place
    callbacks : mapping of str to Role
        Its modules with callbacks, and who may call those. ``wiring`` attaches all of them.
    within : str
        Key of the tab that the navigation marks; empty for its own.
    """

    key: str
    path: str
    name: str
    place: Place
    callbacks: Mapping[str, Role]
    within: str = ""


def _wired(*reading: str, **saving: Role) -> dict[str, Role]:
    """Return modules with callbacks: those that change nothing, and others with the role they need."""
    return dict.fromkeys(("wiring", *reading), Role.VIEWER) | saving


_DAILY, _REST, _NOWHERE = Place
_ANALYST, _EXPORTER = Role.ANALYST, Role.EXPORTER
TABS = (
    Tab("segments", "/", "Segments", _DAILY, _wired("ranges")),
    Tab("customers", "/customers", "Customers", _DAILY, _wired("offers", "contact", contact_saving=_ANALYST)),
    Tab("movement", "/movement", "Movement", _DAILY, _wired()),
    Tab("baskets", "/baskets", "Baskets", _DAILY, _wired("filters", "filter_lists", "cards")),
    Tab("audiences", "/audiences", "Campaigns", _DAILY, _wired(saving=_EXPORTER)),
    Tab("playbooks", "/playbooks", "Playbooks", _DAILY, _wired(saving=_ANALYST)),
    Tab("predict", "/predict", "Predict", _REST, _wired()),
    Tab("clusters", "/clusters", "Clusters", _REST, _wired()),
    Tab("data", "/data", "Data", _REST, _wired()),
    Tab("presets", "/presets", "Edit segments", _NOWHERE, _wired(saving=_ANALYST), within="data"),
)
"""In the order of the navigation."""
