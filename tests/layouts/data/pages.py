"""States of the tab Data to be shown, and what a tree of components holds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from dash import html

from services.releases import ReleaseSummary
from services.releases.overview.groups import Evidence, NumberOfClusters
from services.serving.release.loaded import Loaded
from services.serving.release.provenance import Month, provenance
from tests.releases.tiny import make_tiny_release

HOURS = [[0] * 24 for _ in range(7)]
HOURS[3] = [0] * 12 + [6, 2] + [0] * 10
HOURS[6] = [0] * 13 + [2] + [0] * 10
MEASURES = {"silhouette": 0.4, "davies_bouldin": 0.8, "calinski_harabasz": 50.0, "stability": 0.9}
EVIDENCE = [Evidence(k=k, inertia=100.0 / k, smallest=10, **MEASURES) for k in (2, 3, 4)]
THREE = NumberOfClusters(chosen=3, reason="3 it is.", evidence=EVIDENCE)
MANY = [f"Warning number {number}." for number in range(30)]


def tiny(models):
    """Where the tiny release's numbers come from, as seen on 25 November 2026."""
    release = Loaded(models, make_tiny_release(models))
    return provenance(release, date(2026, 11, 25), "Europe/London")


def changed(found, *, manifest=None, glance=None, overview=None, **fields):
    seen = found.overview.glance.model_copy(update=glance or {})
    whole = found.overview.model_copy(update={"glance": seen, **(overview or {})})
    other = found.manifest.model_copy(update=manifest or {})
    return replace(found, manifest=other, overview=whole, **fields)


def everything(tree):
    """All components and texts of a tree, from the top."""
    if isinstance(tree, list | tuple):
        return [each for part in tree for each in everything(part)]
    return [] if tree is None else [tree, *everything(getattr(tree, "children", None))]


def parts(tree, kind):
    return [each for each in everything(tree) if isinstance(each, kind)]


def text(tree):
    return "".join(parts(tree, str))


def rows_of(card):
    """What the browser will write into the card's table."""
    (text_of_table,) = [
        sent for part in parts(card, html.Div) if (sent := getattr(part, "data-written", None))
    ]
    return json.loads(text_of_table)["rows"]


def summary(name, **fields):
    usable = {"active": False, "usable": True, "why_not": None, "made_at": datetime(2026, 11, 21, tzinfo=UTC)}
    return ReleaseSummary(**(usable | {"id": name, "preset": "standard", "customers": 6, "k": 2} | fields))


def month(name, whole=True, **fields):
    return Month(
        **({"month": name, "revenue": 10.0, "orders": 2, "customers": 1, "returns": 0.0} | fields),
        whole=whole,
    )
