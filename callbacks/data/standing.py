"""What the card Training shows: where the last training stands, and what another one would be made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from layouts.data import jobs as view
from layouts.data.standing import shown
from layouts.parts import refusal
from layouts.plain import plain
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.jobs.asking import carried
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.site.people.roles import Action

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from services.core.presets import Preset
    from services.desk import Services
    from services.releases import Manifest
    from services.serving.release.loaded import Loaded
    from services.site.ledger import Entry
    from services.web.access.asking import Asking

Shown = dict[str, Any]


def standing(services: Services, who: Asking) -> Shown:
    """Return ``open``, whether a training waits or runs, its number ``job``, and ``props`` of the card by id.

    Parameters
    ----------
    services : Services
    who : Asking
        Who reads.

    Raises
    ------
    StateUnusable
    """
    found = Jobs(services.state).standing()
    job, active = found.job, services.releases.current()
    props = shown(
        job,
        worker=found.worker,
        me=who.account,
        may_change=who.may(Action.TRAIN),
        made=services.releases.manifest(job.release) if job and job.release else None,
        active=active.id if active else None,
    )
    number = None if job is None else job.id
    return {"open": job is not None and not job.ended, "job": number, "props": plain(dict(props))}


def form(services: Services, who: Asking) -> Shown:
    """Return what a training on the ledger is asked with, for those who may ask for one.

    Parameters
    ----------
    services : Services
    who : Asking
    """
    nothing: Shown = {"files": [], "presets": [], "preset": None, "choices": [], "train_hidden": True}
    if not who.may(Action.TRAIN):
        return nothing
    active = services.releases.current()
    try:
        entries = Ledger(services.settings.state_dir).entries()
    except Refusal as damaged:
        return nothing | {"files": plain(refusal(str(damaged)))}
    offered = presets(services, active)
    return {
        "files": plain(view.files(entries)),
        "presets": [{"value": key, "label": label} for key, label in offered.items()],
        "preset": key_of(active.preset) if active else first_key(services, offered),
        "choices": plain(_choices(entries, active.manifest if active else None)),
        "train_hidden": not entries,
    }


def _choices(entries: Sequence[Entry], made: Manifest | None) -> list[Component]:
    return view.options(carried(entries, made), (made.options if made else None) or {})


def presets(services: Services, active: Loaded | None) -> dict[str, str]:
    """Return the names of the presets that a training can take by their keys: that of the release first."""
    others = {
        key_of(each.preset): _(
            "{name}, version {version}", name=each.preset.name, version=each.preset.version
        )
        for each in services.presets.latest()
    } | {
        key_of(each): _("{name}, built in", name=each.name)
        for each in services.presets.shipped.values()
        if not each.rfm.table
    }
    if active is None:
        return others
    own = active.preset
    named = (
        _("{name}, version {version}, of the active release", name=own.name, version=own.version)
        if own.version
        else _("{name}, of the active release", name=own.name)
    )
    return {key_of(own): named} | {key: name for key, name in others.items() if key != key_of(own)}


def first_key(services: Services, offered: Iterable[str]) -> str:
    """Return the key of the preset that the settings name, if it is offered, for the first release."""
    wanted, usual = services.settings.preset, next(iter(services.presets.shipped))
    return next((key for key in offered if wanted in (key, key.partition("@")[0])), usual)


def preset_of(services: Services, active: Loaded | None, key: object) -> Preset:
    """Return the preset of a key: that of the active release just as it is there.

    Raises
    ------
    NotFound, Refusal
        If there is none.
    """
    if active is not None and key == key_of(active.preset):
        return active.preset
    return services.presets.find(str(key))


def key_of(preset: Preset) -> str:
    """Return ``our-shop@2`` for a saved version, else the preset's id."""
    return f"{preset.id}@{preset.version}" if preset.version else preset.id
