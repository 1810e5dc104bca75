"""Overviews and parts of them for tests: only what matters is given, all else is there and empty."""

from __future__ import annotations

from typing import Any

from services.releases.overview.groups import Cluster, Segment
from services.releases.overview.ledger import RuleScope
from services.releases.overview.model import SCHEMA, Overview
from services.releases.overview.moments import Snapshot

_FIGURES = {"customers": 0, "revenue": 0.0, "recency": None, "frequency": None, "monetary": None}
_GROUP = {**_FIGURES, "median_monetary": None}
_MIDDLE = dict.fromkeys(("recency", "frequency", "monetary"), "middle")
_ONES = dict.fromkeys(_MIDDLE, 1.0)
_EMPTY: dict[str, Any] = {
    "schema_version": SCHEMA,
    "axes": {
        axis: {"min": 0.0, "max": 1.0, "median": 0.5, "unit": unit}
        for axis, unit in (("recency", "days"), ("frequency", "orders"), ("monetary", "currency"))
    },
    **dict.fromkeys(
        ("scoring", "grid", "outliers", "previous", "changed", "since", "rules_later", "left_out")
    ),
    **dict.fromkeys(("segments", "clusters", "countries", "snapshots", "rule_scopes", "items"), ()),
    "clusters_allotted": 0,
    "k": {"chosen": 1, "reason": "One is enough.", "evidence": []},
    "baskets_missing": None,
    "glance": {
        "months": [],
        "hours": None,
        "products": [],
        "returns": {"lines": 0, "amount": 0.0, "invoices": 0},
    },
}


def segment(id: str = "s", name: str = "S", **given: Any) -> Segment:
    """A segment with the fields given."""
    rest = {"colour": 1, "cells": [], "playbook": "Write to them.", "at_risk": False}
    return Segment.model_validate({"id": id, "name": name, **_GROUP, **rest, **given}, strict=False)


def cluster(id: str = "c1", letter: str = "A", name: str = "C", **given: Any) -> Cluster:
    """A cluster with the fields given."""
    rest = {"letter": letter, "colour": 1, "median": _ONES, "levels": _MIDDLE}
    return Cluster.model_validate({"id": id, "name": name, **_GROUP, **rest, **given}, strict=False)


def snapshot(as_of: str, **given: Any) -> Snapshot:
    """A snapshot with the fields given."""
    rest = {"customers": 1, "revenue": 1.0, "at_risk_share": 0.0, "ordered_30_days": 0}
    return Snapshot.model_validate({"as_of": as_of, "segments": {}, "cut_points": None, **rest, **given})


def scope(id: str, **given: Any) -> RuleScope:
    """A scope of rules with the fields given."""
    counted = dict.fromkeys(("baskets", "products", "itemsets", "rules", "min_count"), 0)
    rest = {"name": id, "group": id, "baskets_of": "invoices", "from": None, "to": None, "note": ""}
    held = {"earlier_baskets": None, "later_baskets": None, "min_support": 0.01}
    return RuleScope.model_validate({"id": id, **rest, **counted, **held, **given})


def overview(**given: Any) -> Overview:
    """An overview with the fields given."""
    return Overview.model_validate({**_EMPTY, **given}, strict=False)
