"""The tabs of the site, one line each: pages, navigation, callbacks, access and tests are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from services.core.language.messages import later
from services.site.people.roles import Action


class Place(Enum):
    """Where the navigation names a tab."""

    DAILY = "daily"
    """Among the first: daily work."""
    NOW_AND_THEN = "now and then"
    """Behind the hairline."""
    NOWHERE = "nowhere"
    """Other tabs lead to it; the one that it is ``within`` is marked meanwhile."""


@dataclass(frozen=True)
class Shared:
    """Filters of a tab that mean the same on another: links of the navigation carry them.

    Attributes
    ----------
    parameters : mapping of str to str
        What all tabs call a filter, and its parameter in this tab's address.
    several : bool
        Whether it can be narrowed by more than one value; else by one group at a time.
    unless : tuple of str
        Parameters beside which the filters mean something else.
    """

    parameters: Mapping[str, str]
    several: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    """One page of the site.

    Attributes
    ----------
    key : str
        Name of its folder in ``layouts``, ``callbacks`` and ``assets``.
    path : str
        Its address.
    named : later
        What the navigation and the title of the browser's tab call it; ``name`` says it.
    place : Place
    callbacks : mapping of str to Action
        Its modules with callbacks, and what who calls one has to be allowed. ``wiring`` attaches them all.
    shared : Shared or None
        Its filters that other tabs have, too.
    within : str
        Key of the tab that the navigation marks; empty for its own.
    before_releases : bool
        Whether it has something to show where no release can be used.
    """

    key: str
    path: str
    named: later
    place: Place
    callbacks: Mapping[str, Action]
    shared: Shared | None = None
    within: str = ""
    before_releases: bool = False

    @property
    def name(self) -> str:
        """Its name in the language that holds."""
        return self.named()


def _wired(*reading: str, **saving: Action) -> dict[str, Action]:
    """Return modules with callbacks: those that change nothing, and others with what they do."""
    return dict.fromkeys(("wiring", *reading), Action.LOOK) | saving


_DAILY, _REST, _NOWHERE = Place
_CAMPAIGNS = Action.CAMPAIGNS
_CUSTOMERS = Shared(
    {name: name for name in ("segment", "cluster", "country", "rhythm", "map_cell", "attribute", "agreed")},
    several=True,
)
# whoever stood in a segment on the later day: on the last day of the data unless the address names another
_MOVES = Shared({"segment": "to_segment"}, unless=("to", "by"))
_RULES = Shared({"segment": "segment", "cluster": "cluster"})
TABS = (
    Tab("segments", "/", later("Segments"), _DAILY, _wired(), _CUSTOMERS),
    Tab(
        "customers",
        "/customers",
        later("Customers"),
        _DAILY,
        _wired("offers", "orders", "contact", contact_saving=Action.SERVE),
    ),
    Tab("movement", "/movement", later("Movement"), _DAILY, _wired(), _MOVES),
    Tab("cohorts", "/cohorts", later("Cohorts"), _DAILY, _wired()),
    Tab("churn", "/churn", later("Churn"), _DAILY, _wired(), _CUSTOMERS),
    Tab("baskets", "/baskets", later("Baskets"), _DAILY, _wired("filters"), _RULES),
    Tab(
        "audiences",
        "/audiences",
        later("Campaigns"),
        _DAILY,
        _wired(saving=_CAMPAIGNS, changing=_CAMPAIGNS, pushing=Action.EXPORT),
    ),
    Tab("playbooks", "/playbooks", later("Playbooks"), _DAILY, _wired(saving=Action.PLAYBOOKS)),
    Tab("predict", "/predict", later("Predict"), _REST, _wired()),
    Tab("clusters", "/clusters", later("Clusters"), _REST, _wired(training=Action.TRAIN)),
    Tab(
        "data",
        "/data",
        later("Data"),
        _REST,
        _wired(training=Action.TRAIN, contacts=Action.DATA),
        before_releases=True,
    ),
    Tab("help", "/help", later("Help"), _REST, _wired()),
    Tab(
        "releases",
        "/releases",
        later("Compare releases"),
        _NOWHERE,
        _wired(publishing=Action.PUBLISH),
        within="data",
        before_releases=True,
    ),
    Tab(
        "imports",
        "/import",
        later("Bring a file"),
        _NOWHERE,
        _wired(adding=Action.DATA),
        within="data",
        before_releases=True,
    ),
    Tab("labelled", "/churn/table", later("Churn from a table"), _NOWHERE, _wired(), within="churn"),
    Tab("status", "/status", later("Status"), _NOWHERE, _wired(), within="data"),
    Tab(
        "presets",
        "/presets",
        later("Edit segments"),
        _NOWHERE,
        _wired(saving=Action.PRESETS, training=Action.TRAIN),
        within="data",
    ),
)
"""In the order of the navigation."""
