"""What the page of two releases shows for an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callbacks.shared.remembered import remembered
from layouts.plain import plain
from layouts.releases import parts
from layouts.releases import words as said
from layouts.releases.frame import PUBLISH, SUB
from services.core.language.messages import later
from services.core.text.addresses import query_of
from services.serving.releases.comparing import compare, side_of
from services.site.people.roles import Action

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from services.desk import Services
    from services.web.access.asking import Asking

Shown = dict[str, Any]
GO_BACK = later("Go back to this release")
"""What the button does with an earlier release."""


def show(services: Services, search: str | None, who: Asking) -> Shown:
    """Return the page for an address: the active release beside the one that it names.

    Parameters
    ----------
    services : Services
    search : str or None
        ``?with=ID``; without it, or where there is none such, the newest other release that can be used.
    who : Asking
        Who reads.
    """
    releases = services.releases
    active = releases.current()
    usable = [each for each in releases.listing() if each.usable]
    others = [each for each in usable if active is None or each.id != active.id]
    if not others:
        return _nothing(said.ONE() if active else releases.problem or said.ONE())
    asked = query_of(search).get("with", [""])[0]
    chosen = next((each for each in others if each.id == asked), others[0])
    release, retrain_at = releases.at(chosen.id), services.settings.retrain_at
    told: Shown = {
        "options": [{"value": each.id, "label": said.option(each)} for each in others],
        "chosen": chosen.id,
        "bar_hidden": False,
        "publish_hidden": not who.may(Action.PUBLISH),
    }
    if active is None:
        page = plain(parts.first(side_of(release)))
        return told | {"sub": said.NOT_YET(), "page": page, "publish": PUBLISH()}
    newer = release.manifest.made_at > active.manifest.made_at

    def compared() -> Component:
        found = compare(active, release, services.drifts.between(active.id, release.manifest))
        return parts.cards(found, retrain_at if newer else None)

    return told | {
        "sub": said.active(active.manifest.made_at, active.preset.name),
        "page": remembered(services, ("releases", active.id, release.id, retrain_at), compared),
        "publish": PUBLISH() if newer else GO_BACK(),
    }


def _nothing(sentence: str) -> Shown:
    return {
        "sub": SUB(),
        "options": [],
        "chosen": None,
        "bar_hidden": True,
        "page": plain(parts.nothing(sentence)),
        "publish": PUBLISH(),
        "publish_hidden": True,
    }
