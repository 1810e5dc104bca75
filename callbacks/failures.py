"""What happens when a callback raises: a toast with a reference, the traceback in the log, no stale result."""

from __future__ import annotations

import logging
from typing import Any

from dash import ctx, set_props

from layouts.components import failure, toast
from layouts.ids import Shell
from services.web.references import new_reference

log = logging.getLogger(__name__)

_EMPTY: dict[str, Any] = {
    "figure": {"data": [], "layout": {}},
    "rowData": [],
    "getRowsResponse": {"rowData": [], "rowCount": 0},
    "options": [],
}


def on_error(error: Exception) -> None:
    """Dash's ``on_error``: runs inside the failed callback's context; returning None leaves its outputs to us."""
    reference = new_reference()
    outputs = ctx.outputs_list if isinstance(ctx.outputs_list, list) else [ctx.outputs_list]
    log.error("callback failed", extra={"ref": reference, "outputs": _names(outputs)}, exc_info=error)
    for identifier, change in reset(outputs, reference):
        set_props(identifier, change)
    set_props(
        Shell.TOAST,
        {
            "data": toast(
                "Something went wrong on our side",
                "Your filters are kept. If it happens again, quote the reference to the person who runs this site.",
                "bad",
                reference,
            )
        },
    )


def reset(outputs: list[Any], reference: str) -> list[tuple[Any, dict[str, Any]]]:
    """What the failed outputs show instead of an earlier answer.

    Parameters
    ----------
    outputs : list
        ``{"id", "property"}`` of each output; wildcard outputs are lists of them.
    reference : str
        Named where the first text stood; the other texts become a dash.

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
                changes.append((identifier, {name: "–" if told else failure(reference)}))
                told = True
        elif name in _EMPTY:
            changes.append((identifier, {name: _EMPTY[name]}))
    return changes


def _flat(outputs: list[Any]) -> list[dict[str, Any]]:
    return [item for output in outputs for item in (output if isinstance(output, list) else [output]) if item]


def _names(outputs: list[Any]) -> list[str]:
    return [f"{output['id']}.{output['property']}" for output in _flat(outputs)]
