"""A release in, answers out: read-only, safe to share between threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.serving.releases import Releases

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
    """

    releases: Releases
    settings: Settings


def load_services(settings: Settings) -> Services:
    """Build the services over the settings' models folder; loads the active release when there is one."""
    services = Services(Releases(settings.models_dir), settings)
    services.releases.current()
    return services
