"""When a callback raises: a toast with a reference, the traceback in the log, no stale result."""

from __future__ import annotations

import logging
from typing import Any

from dash import ctx, set_props
from dash.development.base_component import Component

from layouts.ids import Shell
from layouts.parts import empty, failure, toast, without_release
from services.core.language.messages import later
from services.core.refusals import Refusal, ReleaseUnusable
from services.web.answers.references import note_failure

log = logging.getLogger(__name__)

DEFECT = (
    later("Something went wrong on our side"),
    later(
        "Your filters are kept. If it happens again, quote the reference to the person who runs this site."
    ),
)
REFUSED = later("Not possible")
PAGE = "_pages_content"
"""Where Dash Pages puts the page."""
_EMPTY: dict[str, Any] = {
    "figure": {"data": [], "layout": {}},
    "rowData": [],
    "options": [],
}
_NO_ROWS = {"request": None, "rows": {"rowData": [], "rowCount": 0}, "beside": None}
"""What a list's store of answers holds then: as :func:`callbacks.shared.grid_requests.answered`."""


def on_error(error: Exception) -> None:
    """Answer for a callback that raised, in its context; returning None leaves its outputs to us."""
    if isinstance(error, ReleaseUnusable):
        # no part of the page can be shown: said once for all callbacks, and without a toast for each
        set_props(PAGE, {"children": without_release(str(error))})
        return
    outputs = [ctx.outputs_grouping if ctx.using_outputs_grouping else ctx.outputs_list]
    if isinstance(error, Refusal):
        changes, told = reset(outputs, empty(str(error))), toast(REFUSED(), str(error), "warn")
    else:
        reference = note_failure()
        log.error("callback failed", extra={"ref": reference, "outputs": _names(outputs)}, exc_info=error)
        heading, sentence = DEFECT
        changes = reset(outputs, failure(reference))
        told = toast(heading(), sentence(), "bad", reference)
    for identifier, change in changes:
        set_props(identifier, change)
    set_props(Shell.TOAST, {"data": told})


def reset(outputs: list[Any], instead: Component) -> list[tuple[Any, dict[str, Any]]]:
    """Return what the failed outputs show instead of an earlier answer.

    Parameters
    ----------
    outputs : list
        ``{"id", "property"}`` of each output; wildcard outputs are lists of them.
    instead : Component
        Stands where the first content stood; all other content becomes a dash.

    Returns
    -------
    list of (id, {property: value})
    """
    changes: list[tuple[Any, dict[str, Any]]] = []
    told = False
    for output in _flat(outputs):
        identifier, name = output["id"], output["property"].split("@")[0]
        if name == "children":
            kind = str(identifier).rsplit("-", 1)[-1]
            if kind in ("options", "error"):
                changes.append((identifier, {name: []}))
            else:
                changes.append((identifier, {name: "–" if told else instead}))
                told = True
        elif name in _EMPTY:
            changes.append((identifier, {name: _EMPTY[name]}))
        elif str(identifier).endswith("-answered-store"):
            changes.append((identifier, {name: _NO_ROWS}))
    return changes


def _flat(outputs: Any) -> list[dict[str, Any]]:
    """Return the outputs of a callback, however its lists and dictionaries hold them."""
    if isinstance(outputs, dict) and {"id", "property"} <= set(outputs):
        return [outputs]
    inside = outputs.values() if isinstance(outputs, dict) else outputs or []
    return [item for output in inside for item in _flat(output)]


def _names(outputs: list[Any]) -> list[str]:
    return [f"{output['id']}.{output['property']}" for output in _flat(outputs)]
