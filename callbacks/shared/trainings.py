"""Trainings that are asked for from other pages than Data: on the files of the active release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layouts.data import jobs as view
from layouts.parts import refusal
from layouts.plain import plain
from services.core.refusals import Refusal, ReleaseUnusable
from services.site.jobs.asking import again
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.core.presets import Preset
    from services.desk import Services
    from services.serving.release.loaded import Loaded
    from services.web.access.asking import Asking


def train_again(
    services: Services,
    who: Asking,
    what: Callable[[Preset], str],
    preset: Callable[[Loaded], Preset],
    k: int | None = None,
) -> Any:
    """Ask for a training on the files of the active release with its options; return what the page says.

    Parameters
    ----------
    services : Services
    who : Asking
    what : callable
        From that preset to what is different: ``with 5 clusters``.
    preset : callable
        From the active release to the preset; may refuse.
    k : int, optional
        Clusters, in place of what the release was asked with.
    """
    jobs = Jobs(services.state)
    try:
        active = services.releases.at(None)
        ledger = Ledger(services.settings.state_dir)
        chosen = preset(active)
        asked = again(ledger, jobs, active.manifest, chosen, k=k)
        jobs.ask(who.account, asked)
    except (Refusal, ReleaseUnusable) as refused:
        return plain(refusal(str(refused)))
    return plain(view.asked(what(chosen), on_ledger=asked["ledger"]))
