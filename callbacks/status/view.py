"""What the page on how the site is doing shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from layouts import words
from layouts.plain import plain
from layouts.status import frame
from layouts.status import words as said
from services.core.language.messages import _
from services.site.alerts.events import Alerts
from services.site.alerts.served import MINUTES
from services.site.jobs.queue import Jobs
from services.site.people.roles import Action
from services.watching.facts import Looking
from services.watching.rules import findings

if TYPE_CHECKING:
    from services.desk import Services
    from services.web.access.asking import Asking

OVER = 10
"""How many alerts that are over are listed."""


def show(services: Services, who: Asking, now: datetime) -> dict[str, Any]:
    """Return the page as it is now.

    Parameters
    ----------
    services : Services
    who : Asking
        Who reads: analysts and admins see more.
    now : datetime
        UTC.
    """
    settings, state = services.settings, services.state
    facts = Looking(settings, state, now.timestamp, services.drifts).facts()
    found = {each.rule for each in findings(facts, settings)}
    alerts = Alerts(state)
    rows = [
        said.of_release(facts, services.releases.problem),
        *said.of_data(facts, found),
        *said.of_newer(facts, settings.retrain_at),
        *([said.of_store(facts.store)] if settings.models_url else []),
        said.of_worker(Jobs(state).worker_seen_at(), now),
        *said.of_job(facts),
        said.of_records(writable=state.writable),
        *said.of_disks(facts, found),
        said.of_answers(facts, MINUTES, found),
    ]
    page = frame.page(rows, alerts.on(), alerts.over(OVER), more=who.may(Action.TRAIN))
    return {"page": plain(page), "sub": _("As of {time}.", time=words.date_time(now.astimezone(UTC)))}
