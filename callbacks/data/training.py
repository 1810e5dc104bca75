"""The callbacks of the card Training that change something: a training is asked for, and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update

from callbacks.data.standing import preset_of
from layouts.ids import Training
from layouts.parts import refusal
from layouts.plain import plain
from services.core.refusals import Refusal, ReleaseUnusable
from services.site.jobs.asking import on_ledger
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.web.access.asking import Asking, asking

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]


def register_training(app: Dash, services: Services) -> None:
    """Attach the callbacks of the two buttons to ``app``."""

    @app.callback(
        output={
            "asked": Output(Training.ASKED, "data"),
            "refused": Output(Training.ERROR, "children"),
            "preset_refused": Output(Training.PRESET_ERROR, "children"),
        },
        inputs={"clicks": Input(Training.TRAIN, "n_clicks"), "preset": State(Training.PRESET, "value")},
        running=[(Output(Training.TRAIN, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_train(clicks: int | None, preset: str | None) -> Shown:
        if not clicks:
            return dict.fromkeys(("asked", "refused", "preset_refused"), no_update)
        return train(services, preset, asking())

    @app.callback(
        output={
            "asked": Output(Training.ASKED, "data", allow_duplicate=True),
            "refused": Output(Training.ERROR, "children", allow_duplicate=True),
        },
        inputs={"clicks": Input(Training.STOP, "n_clicks"), "job": State(Training.JOB, "data")},
        running=[(Output(Training.STOP, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_stop(clicks: int | None, job: int | None) -> Shown:
        if not clicks or job is None:
            return {"asked": no_update, "refused": no_update}
        return stop(services, job, asking())


def train(services: Services, preset: str | None, who: Asking) -> Shown:
    """Ask for a training on the ledger, or say why none can be.

    Parameters
    ----------
    services : Services
    preset : str or None
        A key that the card offers.
    who : Asking
        Whose training it is, for the audit log too.
    """
    try:
        active = services.releases.current()
        ledger = Ledger(services.settings.state_dir)
        made = active.manifest if active else None
        asked = on_ledger(ledger, made, preset_of(services, active, preset))
        job = Jobs(services.state).ask(who.account, asked)
    except (Refusal, ReleaseUnusable) as refused:
        said = plain(refusal(str(refused)))
        of_preset = getattr(refused, "field", None) == "preset"
        return {
            "asked": no_update,
            "refused": [] if of_preset else said,
            "preset_refused": said if of_preset else [],
        }
    return {"asked": f"asked {job}", "refused": [], "preset_refused": []}


def stop(services: Services, job: int, who: Asking) -> Shown:
    """Cancel the job that the card shows, or say why it cannot be."""
    try:
        Jobs(services.state).cancel(job, who.account)
    except Refusal as refused:
        return {"asked": f"late {job}", "refused": plain(refusal(str(refused)))}
    return {"asked": f"stopped {job}", "refused": []}
