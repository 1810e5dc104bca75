"""The callback that makes another release the active one: a new one, or one that was active before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update

from layouts.ids import Compare
from layouts.parts import alert, refusal
from layouts.plain import plain
from layouts.releases import words as said
from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal, ReleaseUnusable
from services.site.people.audit import Audit, What
from services.web.access.asking import Asking, asking

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]


def register_publishing(app: Dash, services: Services) -> None:
    """Attach the callback of the button to ``app``."""

    @app.callback(
        output={
            "refused": Output(Compare.PUBLISH_ERROR, "children"),
            "published": Output(Compare.PUBLISHED, "children"),
            "revision": Output(Compare.REVISION, "data"),
        },
        inputs={"clicks": Input(Compare.PUBLISH, "n_clicks"), "chosen": State(Compare.CHOICE, "value")},
        running=[(Output(Compare.PUBLISH, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_publish(clicks: int | None, chosen: str | None) -> Shown:
        # Dash calls this, too, when the page's button appears
        if not clicks:
            return {"refused": no_update, "published": no_update, "revision": no_update}
        return publish(services, chosen, asking())


def publish(services: Services, chosen: str | None, who: Asking) -> Shown:
    """Make a release the active one, or say why it cannot be, such as that it cannot be logged.

    Parameters
    ----------
    services : Services
    chosen : str or None
        Its id.
    who : Asking
        Who stands in the audit log.
    """
    audit = Audit(services.state)
    try:
        release = services.releases.publish(
            chosen,
            lambda result: audit.add(who.account, What.ACTIVATION, release=chosen or "", result=result),
        )
    except (NotFound, Refusal, ReleaseUnusable) as fault:
        return {"refused": plain(refusal(str(fault))), "published": [], "revision": no_update}
    told = alert(_("Published."), said.published(release.manifest.made_at, release.preset.name), "ok")
    return {"refused": [], "published": plain([told]), "revision": release.id}
