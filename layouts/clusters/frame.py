"""The tab Clusters: why these groups, and what they are like. The frame as first shown; it holds no data."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.ids import Clusters
from layouts.parts import button, caution, copy_link_button, empty, field, page_head, skeleton
from services.core.language.messages import _, later, plural

SUB = later("Customers who are alike in recency, frequency and spend.")


def layout() -> Component:
    """Return the page as first shown."""
    select = dbc.Select(id=Clusters.K, options=[], size="sm")
    return html.Div(
        [
            page_head(
                _("Clusters"),
                html.Span(SUB(), id=Clusters.SUB),
                [copy_link_button()],
            ),
            html.Div(
                [
                    field(_("Look at"), select),
                    html.Div(
                        button(_("Train with this k"), Clusters.TRAIN, small=True),
                        id=Clusters.TRAIN_BAR,
                        className="sd-k-train",
                        hidden=True,
                    ),
                    html.Div(id=Clusters.NOTES, className="sd-k-notes", role="status"),
                ],
                id=Clusters.CHOICE_BAR,
                className="sd-k-bar",
                hidden=True,
            ),
            html.Div(id=Clusters.TRAINED, className="sd-k-told", role="status"),
            html.Div(skeleton("chart"), id=Clusters.TRIED),
            html.Div(id=Clusters.SERVED),
            dcc.Store(id=Clusters.STEP),
        ]
    )


def missing() -> Component:
    """Return what stands for the page where the release has no report on its clusters."""
    return empty(
        _("This release has no report on its clusters"),
        _(
            "It was made by an earlier version, which did not store one. Train again to have the clusters "
            "explained; Segments and Customers already show which customer is in which cluster."
        ),
    )


def options(ks: list[int], served: int) -> list[dict[str, str]]:
    """Return the choices of the number of clusters: those tried out, and the one in use."""
    return [{"value": str(k), "label": _label(k, served)} for k in sorted({*ks, served})]


def _label(k: int, served: int) -> str:
    if k == served:
        return plural("{n} cluster (in use)", "{n} clusters (in use)", k)
    return plural("{n} cluster (preview)", "{n} clusters (preview)", k)


def notes(k: int, served: int, ignored: Sequence[str]) -> list[Component]:
    """Say that a preview is one, and what was ignored in the address."""
    said = []
    if k != served:
        said.append(
            plural(
                "Preview of {n} cluster, not in use; train with --k {n} to use it. All other pages show the "
                "{served} in use.",
                "Preview of {n} clusters, not in use; train with --k {n} to use it. All other pages show the "
                "{served} in use.",
                k,
                served=served,
            )
        )
    return [html.P(caution(sentence)) for sentence in (*said, *ignored)]
