"""What the tab Movement shows of two moments: key figures, chips, columns, states without an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.movement import words as said
from layouts.parts import alert, button, chip, cluster_cells, empty, kpi, kpis, segment_cells
from layouts.parts.attributes import attributes
from layouts.parts.terms import header_class
from layouts.segments.release import columns as customer_columns
from layouts.segments.release import width_of_names
from services.core.language.messages import _, later

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster, Segment
    from services.releases.overview.moments import Named

#: Of a cluster that is retired, or of none.
UNLETTERED = "–"
_BETWEEN = ("model", "data")
_FIELDS = {"from_segment": later("From"), "to_segment": later("To"), "cause": later("Cause")}


def figures(moved: int, of: int, causes: Mapping[str, int], came: int, by: str) -> Component:
    """Return the strip of key figures; between releases model and data share a cell.

    Parameters
    ----------
    moved, of : int
        Who changed segment, of the customers of both days.
    causes : mapping of cause to int
        Adds up to ``moved``.
    came : int
        Customers of the later day only.
    by : str
        Segment or cluster.
    """
    cells = [
        kpi(
            _("Changed cluster") if by == "cluster" else _("Changed segment"),
            words.number(moved),
            _("of {n}", n=words.number(of)),
            base=_("{share} of customers on both days", share=words.share(moved / of)) if of else "",
        )
    ]
    shown = {said.CAUSES[cause](): count for cause, count in causes.items() if cause not in _BETWEEN}
    if len(shown) < len(causes):
        shown[_("Model or data")] = sum(causes[cause] for cause in _BETWEEN)
    cells += [
        kpi(
            name,
            words.number(count),
            base=_("{share} of those who moved", share=words.share(count / moved)) if count else "",
        )
        for name, count in shown.items()
    ]
    if len(shown) == len(causes):
        cells.append(
            kpi(_("New customers"), words.number(came), base=_("not yet customers on the earlier day"))
        )
    return kpis(cells)


def chips(chosen: Mapping[str, str], by: str) -> list[Component]:
    """Return a chip for each chosen part of the flow, by its key in the address; pressing takes it out."""
    shown: list[Component] = [
        html.Span(chip(_FIELDS[key](), name), className="sd-going", **attributes(data_drop_filter=key))
        for key, name in chosen.items()
    ]
    everybody = _("Everybody who changed cluster") if by == "cluster" else _("Everybody who changed segment")
    return shown or [html.Span(everybody, className="sd-muted")]


def notes(sentences: Sequence[str]) -> list[Component]:
    """Return what of the address was left out."""
    return [alert(_("Note."), sentence, "info") for sentence in sentences]


def missing(reason: str) -> Component:
    """Say why two days cannot be compared."""
    return empty(
        _("No movement to show"), reason, dcc.Link(_("Back to Segments"), href="/", className="sd-btn")
    )


def nobody(filtered: Sequence[str]) -> Component:
    """Offer the way back from a flow without customers.

    Parameters
    ----------
    filtered : sequence of str
        Parameters of the filters that narrow whose movement is shown.
    """
    drop = attributes(data_drop_filter=" ".join((*_FIELDS, *filtered)))
    return empty(
        _("Nobody moved this way"),
        _("Between these two days no customer matches your choice."),
        button(_("Show everybody who moved"), **drop),
    )


def columns(
    groups: Sequence[Segment | Cluster | Named], frequency: str, sort: tuple[str, bool], by: str
) -> list[dict[str, Any]]:
    """Return the columns of the list: both groups and the cause stand where Segments has the segment.

    Parameters
    ----------
    groups : sequence of Segment, Cluster or Named
        Segments or clusters, and what stands beside them.
    frequency : str
        Orders or lines.
    sort : (str, bool)
        The column the list is sorted by, and whether it falls.
    by : str
        Segment or cluster.
    """
    looks: dict[str, Any] = {
        "cellRenderer": "SegmentCell",
        "cellRendererParams": {"segments": segment_cells(groups)},
    }
    wide = width_of_names(groups)
    if by == "cluster":
        named = cluster_cells([group for group in groups if group.letter])
        for group in groups:
            named.setdefault(group.id, {"letter": UNLETTERED, "name": group.name, "colour": "var(--sd-bar)"})
        looks = {"cellRenderer": "ClusterCell", "cellRendererParams": {"clusters": named}}
    moves: list[dict[str, Any]] = [
        {"field": "from_segment", "headerName": _("From"), "minWidth": wide, "sortable": False, **looks},
        {"field": "to_segment", "headerName": _("To"), "minWidth": wide, "sortable": False, **looks},
        {
            "field": "cause",
            "headerName": _("Cause"),
            "minWidth": 120,
            "sortable": False,
            "headerClass": header_class("cause"),
        },
    ]
    listed = {column["field"]: column for column in customer_columns((), (), frequency, sort)}
    values = [listed[name] for name in ("country", "recency", "frequency", "monetary", "last_purchase")]
    return [listed["customer_id"], *moves, *values]
