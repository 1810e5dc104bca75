"""What stands in the answer's place, and the parts from which the browser builds an answer.

An answer is some 150 elements. As components they would take twenty times as long as the prediction, so
the server sends each segment's badge and each cluster's chip once, and an answer as indices and numbers;
``assets/predict/answer.js`` puts them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from layouts import palette
from layouts.parts import cluster_chip, customer_link, empty, segment_badge
from layouts.parts.woven import gap, woven
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster, Segment


def before() -> Component:
    """Show what the tab waits for."""
    return empty(
        _("Enter three numbers"),
        _("The fields start with the medians of all customers. Change them, then press Predict."),
    )


def refused() -> Component:
    """Show that there is no answer, and where the reason stands."""
    return empty(
        _("No answer for these numbers"),
        _("The message below the marked field says what can be typed."),
        art="search",
    )


def nobody() -> Component:
    """Show that there is no customer to start from."""
    return empty(
        _("No customer to start from"),
        _("Type an ID as the shop writes it, or type three numbers and press Predict."),
        art="search",
    )


def segments(found: Sequence[Segment]) -> list[dict[str, Any]]:
    """Return each segment's name, colour and badges; the last one is for customers that none takes."""
    return [
        {
            "name": segment.name if segment else _("No segment"),
            "colour": palette.segment(segment.id, segment.colour) if segment else palette.segment(None),
            "badge": segment_badge(segment),
            "large": segment_badge(segment, large=True),
        }
        for segment in [*found, None]
    ]


def clusters_as_segments(found: Sequence[Cluster]) -> list[dict[str, Any]]:
    """Return the same where each cluster is a segment: its own colour, and its letter for a place."""
    named = [
        {
            "name": cluster.name,
            "colour": palette.cluster(cluster.colour),
            "badge": cluster_chip(cluster),
            "large": cluster_chip(cluster),
        }
        for cluster in found
    ]
    return [*named, *segments([])]


def clusters(found: Sequence[Cluster]) -> list[dict[str, Any]]:
    """Return each cluster's colour and chip."""
    return [{"colour": palette.cluster(cluster.colour), "chip": cluster_chip(cluster)} for cluster in found]


def started(start: str | None, changed: bool) -> list[Component | str]:
    """Say which customer's values the form began with."""
    if start is None:
        return [_("Type, or drag to try other values.")]
    if changed:
        said = _("Started from customer {customer}; changed since then.", customer=gap("customer"))
    else:
        said = _("Started from customer {customer}; drag to try other values.", customer=gap("customer"))
    return woven(said, customer=customer_link(start))
