"""A release in, answers out: read-only, safe to share between threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.serving.customers import recommendations
from services.serving.lists.by_contacts import ByContacts
from services.serving.release.active import Releases
from services.serving.release.cache import AnswerCache
from services.serving.releases.drifting import Drifts
from services.site.customers.attributes import Attributes
from services.site.state import State
from services.site.versions.preset_store import PresetVersions
from services.site.versions.presets import SavedPresets

if TYPE_CHECKING:
    from services.site.settings import Settings


@dataclass(frozen=True)
class Services:
    """What callbacks and routes ask.

    Attributes
    ----------
    releases : Releases
        Gives the release that a page shows.
    settings : Settings
    cache : AnswerCache
        Answers that everybody gets alike.
    presets : SavedPresets
        Those that ship and those saved on the site.
    state : State
        What the site keeps, presets and accounts among it: opened when first asked, and the only one of a
        process.
    drifts : Drifts
        How far customers shifted from release to release.
    by_contacts : ByContacts
        Who fits what contacts say; to be asked through ``services.web.access.asking.seen_contacts``.
    """

    releases: Releases
    settings: Settings
    cache: AnswerCache
    presets: SavedPresets
    state: State
    drifts: Drifts
    by_contacts: ByContacts


def load_services(settings: Settings) -> Services:
    """Build the services over the settings' models folder; loads the active release when there is one."""
    state = State(settings.state_dir, settings.database_url)
    services = Services(
        Releases(settings.models_dir),
        settings,
        AnswerCache(),
        SavedPresets(PresetVersions(state)),
        state,
        Drifts(settings.models_dir),
        ByContacts(Attributes(state)),
    )
    active = services.releases.current()
    if active is not None:
        active.prepare()  # before gunicorn forks
        recommendations.report_of(active)
    return services
