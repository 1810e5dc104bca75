"""Small signs: segment, cluster, score, spark line, icon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from layouts import palette
from layouts.parts.attributes import HIDDEN
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster, Segment
    from services.releases.overview.moments import Named

    Drawn = Segment | Cluster | Named


def icon(name: str) -> html.Span:
    """Return an icon of ``assets/icons.css`` in the colour of its text; name what it stands on."""
    return html.Span(className=f"sd-ic sd-ic-{name}", **HIDDEN)


def unseen(text: str) -> html.Span:
    """Return words for those who listen."""
    return html.Span(text, className="sd-unseen")


def glyph_style(cells: Sequence[Sequence[int]]) -> dict[str, str]:
    """Style the little map of 5 × 5: the segment's cells ``[recency score, buying score]`` coloured."""
    if not cells:
        return {"backgroundColor": "var(--c)"}
    return {
        "backgroundImage": ", ".join(["linear-gradient(var(--c) 0 0)"] * len(cells)),
        "backgroundPosition": ", ".join(f"{(r - 1) * 25}% {(5 - b) * 25}%" for r, b in cells),
    }


def segment_badge(
    segment: Drawn | None, *, pill: bool = False, large: bool = False, href: str | None = None
) -> Component:
    """Show a segment by place, name and colour.

    Parameters
    ----------
    segment : Segment or None
        None where the preset has no segments.
    pill, large : bool
        As a pill on its tint (headers), or larger (answers).
    href : str, optional
        Makes it a link.
    """
    if segment is None:
        return html.Span(_("No segment"), className="sd-seg sd-muted")
    kind = " sd-seg-pill" * pill + " sd-seg-lg" * large
    content = [
        html.Span(className="sd-glyph", style=glyph_style(segment.cells), **HIDDEN),
        html.Span(segment.name),
    ]
    settings: dict[str, Any] = {
        "className": f"sd-seg{kind}",
        "style": {"--c": palette.segment(segment.id, segment.colour)},
    }
    return dcc.Link(content, href=href, **settings) if href else html.Span(content, **settings)


def segment_cells(segments: Sequence[Drawn]) -> dict[str, dict[str, Any]]:
    """Return what the grid's ``SegmentCell`` needs as its parameter ``segments``, by segment id."""
    return {
        segment.id: {
            "name": segment.name,
            "colour": palette.segment(segment.id, segment.colour),
            "glyph": glyph_style(segment.cells),
        }
        for segment in segments
    }


def cluster_chip(cluster: Cluster) -> html.Span:
    """Show a cluster of ``overview.clusters`` by its outlined letter and its name."""
    return lettered_chip(cluster.letter, cluster.name, cluster.colour)


def lettered_chip(letter: str, name: str, colour: int) -> html.Span:
    """Show a cluster, served or not, by its outlined letter and its name."""
    return html.Span(
        [html.Span(letter, className="sd-letter"), html.Span(name)],
        className="sd-clu",
        style={"--c": palette.cluster(colour)},
    )


def cluster_cells(clusters: Sequence[Cluster]) -> dict[str, dict[str, str]]:
    """Return what the grid's ``ClusterCell`` needs as its parameter ``clusters``, by cluster id."""
    return {
        cluster.id: {
            "letter": cluster.letter,
            "name": cluster.name,
            "colour": palette.cluster(cluster.colour),
        }
        for cluster in clusters
    }


def customer_link(customer_id: str, order: str = "") -> dcc.Link:
    """Link a customer's id to the customer, and an order of theirs; any character may occur in either."""
    opened = f"&order={quote(order, safe='')}" if order else ""
    return dcc.Link(customer_id, href=customer_address(customer_id) + opened, className="sd-strong")


def customer_address(customer_id: str) -> str:
    """Return ``/customers?id=…``."""
    return f"/customers?id={quote(customer_id, safe='')}"


def score_dots(score: int, of: int = 5) -> html.Span:
    """Fill ``score`` of ``of`` squares."""
    dots = [html.Span(className="sd-dot sd-dot-on" if place < score else "sd-dot") for place in range(of)]
    return html.Span(
        [html.Span(dots, **HIDDEN), unseen(_("{score} of {of}", score=score, of=of))], className="sd-dots"
    )


def spark(values: Sequence[float]) -> html.Span:
    """Draw the last snapshots as a line without axes, its end in the accent; hidden from readers."""
    width, height = 62.0, 22.0
    low, high = min(values, default=0.0), max(values, default=0.0)
    step = (width - 6) / max(len(values) - 1, 1)
    points = [
        (2 + place * step, height - 3 - (value - low) / ((high - low) or 1) * (height - 6))
        for place, value in enumerate(values)
    ]
    if len(points) < 2:
        return html.Span(className="sd-spark", **HIDDEN)
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    picture = (
        f"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}'%3E"
        f"%3Cpath d='{path}' fill='none' stroke='black' stroke-width='1.4'/%3E%3C/svg%3E"
    )
    mask = f'url("data:image/svg+xml,{picture}")'
    end = {"left": f"{points[-1][0]:.1f}px", "top": f"{points[-1][1]:.1f}px"}
    return html.Span(
        [
            html.Span(className="sd-spark-line", style={"--mask": mask}),
            html.Span(className="sd-spark-end", style=end),
        ],
        className="sd-spark",
        **HIDDEN,
    )


def track(share: float, colour: str | None = None, *, open_: bool = False, faint: bool = False) -> html.Span:
    """Draw a bar of ``share`` (0–1) of its length; ``open_`` leaves the rest of the row empty."""
    fill: dict[str, Any] = {"width": f"{min(max(share, 0.0), 1.0) * 100:.1f}%"}
    if faint:
        fill["opacity"] = 0.55
    kind = "sd-track sd-track-open" if open_ else "sd-track"
    return html.Span(
        html.Span(style=fill), className=kind, style={"--c": colour or "var(--sd-bar)"}, **HIDDEN
    )
