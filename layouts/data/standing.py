"""Where the last training stands: what the card Training shows of it, asked again every other second."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts.data import sentences as said
from layouts.data.words import STEPS
from layouts.ids import Training
from layouts.parts import alert, caution, icon, unseen
from layouts.parts.attributes import HIDDEN, attributes
from layouts.parts.woven import gap, woven
from services.core.language.again import again
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.releases import Manifest
    from services.site.jobs.job import Job

COMPARE = "/releases?with="
MAKE_RUN = "make run"


def shown(
    job: Job | None, *, worker: bool, me: str, may_change: bool, made: Manifest | None, active: str | None
) -> Mapping[str, Any]:
    """Return the properties of the card's components, by their ids.

    Parameters
    ----------
    job : Job or None
        The last one that was asked for.
    worker : bool
        Whether a worker is there.
    me : str
        Who reads, as jobs name people.
    may_change : bool
        Whether that person may ask for a training and stop one.
    made : Manifest or None
        Of the release that it made, if that is still kept and can be read.
    active : str or None
        The active release.
    """
    runs = job is not None and not job.ended
    parts: list[Component] = [] if worker else [_no_worker()]
    if job is not None:
        parts += _open(job, may_change) if runs else _ended(job, may_change, made, active)
    return {
        Training.FINDING: {"children": said.finding(job, me, worker=worker)},
        Training.STATUS: {"children": said.announced(job, me, worker=worker)},
        Training.STATE: {"children": parts},
        Training.STOP_BAR: {"hidden": not (runs and may_change)},
        Training.FORM: {"hidden": runs or not may_change},
        Training.JOB: {"data": job.id if job else None},
    }


def _no_worker() -> Component:
    sentence = _(
        "A training waits until one is started. It is started together with the site by {make}, or on the "
        "server with {command}.",
        make=gap("make"),
        command=gap("command"),
    )
    parts = woven(sentence, make=html.Code(MAKE_RUN), command=html.Code(said.START_ONE))
    return alert(said.NO_WORKER(), parts, "warn")


def _open(job: Job, may_change: bool) -> list[Component]:
    percent = round(job.progress * 100)
    bar = html.Div(
        html.Span(style={"width": f"{percent}%"}),
        className="sd-job-bar",
        role="progressbar",
        **attributes(
            aria_label=_("Training"), aria_valuenow=str(percent), aria_valuemin="0", aria_valuemax="100"
        ),
    )
    note = [said.asked_by(job), _("You can leave this page.")]
    if may_change:
        note.append(_("Stop takes at most two seconds and leaves nothing behind."))
    return [
        bar,
        html.Ul(_steps(job), className="sd-job-steps"),
        html.P(" ".join([*note, said.ONE()]), className="sd-note"),
    ]


def _steps(job: Job) -> list[Component]:
    """Return a line for each step: done and how long it took, at work, or still to come."""
    began = list(job.steps.items())
    ends = {name: end for (name, _began), (_next, end) in pairwise(began)}
    at = said.ORDER.index(job.step) if job.step in said.ORDER else len(said.ORDER) if job.step else -1
    lines: list[Component] = []
    for place, name in enumerate(said.ORDER):
        known = name in ends and name in job.steps
        time = said.clock(ends[name] - job.steps[name]) if known else ""
        if place < at:
            sign, told, kind = html.Span(icon("done"), className="sd-pos"), _("done"), ""
        elif place == at:
            sign, told, kind = html.Span(className="sd-job-ring", **HIDDEN), _("at work"), "sd-job-now"
        else:
            sign, told, kind = html.Span(className="sd-job-dot", **HIDDEN), _("to come"), "sd-job-later"
        lines.append(
            html.Li([sign, html.Span([STEPS[name](), unseen(f", {told}")]), html.Span(time)], className=kind)
        )
    return lines


def _ended(job: Job, may_change: bool, made: Manifest | None, active: str | None) -> list[Component]:
    parts: list[Component] = []
    if job.state == "done":
        parts.append(_made(job, made, active))
    elif job.state == "failed":
        parts.append(html.P(caution(again(job.reason or "")), className="sd-job-reason"))
        if label := said.about(job.option):
            about = _("This is about:")
            parts.append(html.P([f"{about} ", html.B(label), " (", html.Code(job.option), ")."]))
    note = said.asked_by(job)
    if took := said.took(job):
        ran = _("It ran for {time}.", time=took)
        note = f"{note} {ran}"
    parts.append(html.P(note, className="sd-note"))
    if may_change and job.log and job.state != "done":
        log = html.Pre(job.log, tabIndex="0", **attributes(aria_label=_("The last lines it printed")))
        summary = html.Summary(_("The last lines it printed"))
        parts.append(html.Details([summary, log], className="sd-data-more"))
    return parts


def _made(job: Job, made: Manifest | None, active: str | None) -> Component:
    release = html.Code(job.release)
    if made is None:
        return html.P(woven(_("{release} can no longer be used.", release=gap("release")), release=release))
    rows = f" {said.rows(made.rows)}"
    if active == job.release:
        return html.P(
            [*woven(_("{release} is the active release.", release=gap("release")), release=release), rows]
        )
    label = _("Compare it with the active one") if active else _("Look at it and publish it")
    link = dcc.Link(label, href=f"{COMPARE}{job.release}", className="sd-link")
    ready = woven(_("{release} is ready, and not published yet.", release=gap("release")), release=release)
    return html.P([*ready, rows, " ", link, "."])
