"""What a release says of itself at a glance: ``overview.json``, read strictly, as the manifest is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from services.core.vocabulary import Axis
from services.releases.overview.churn import Churn
from services.releases.overview.groups import Cluster, Country, NumberOfClusters, Outliers, Segment
from services.releases.overview.ledger import Glance, Item, LeftOut, RuleScope, RulesLater
from services.releases.overview.moments import Changed, Named, Since, Snapshot
from services.releases.overview.newcomers import Newcomers
from services.releases.overview.rhythm import Rhythm, State
from services.releases.overview.scores import AxisRange, Grid, Scoring
from services.releases.overview.strict import Count, Part
from services.releases.overview.value import Value
from services.releases.strictjson import to_json

SCHEMA = 2


class Overview(Part):
    """``overview.json``.

    Attributes
    ----------
    schema_version : int
        Of this form; ``services.releases.overview.reading`` reads the forms before it.
    axes : dict of Axis to AxisRange
    scoring : Scoring or None
        None where the preset scores nothing.
    segments : list of Segment
        In the preset's order; a customer's ``segment`` is a place in it.
    grid : Grid or None
        The map; None where the preset scores nothing.
    clusters : list of Cluster
        Most spend a head first; a customer's ``cluster`` is a place in it.
    clusters_allotted : int
        How many ids of clusters the models folder has given out.
    k : NumberOfClusters
    outliers : Outliers or None
        None in a release from before they were flagged.
    countries : list of Country
        Most customers first.
    snapshots : list of Snapshot
        Oldest first; the last is the release itself.
    previous : int or None
        Place of the snapshot compared with, about 30 days before.
    changed : Changed or None
        Between that snapshot and now.
    since : Since or None
        None where there is no release before it to compare with.
    rule_scopes : list of RuleScope
        Invoices first, periods after segments, then customers; empty without products.
    rules_later : RulesLater or None
        None where no basket was held back.
    baskets_missing : str or None
        The sentence that says why there are no baskets.
    items : list of Item
        Every product that rules or sets name; columns of ``rules/`` and ``itemsets/`` are places in it.
    left_out : list of LeftOut or None
        In the order of the rules; None in a release from before it was reported.
    glance : Glance
    rhythm : Rhythm or None
        None in a release from before it was judged.
    value : Value or None
        None in a release from before it was expected.
    newcomers : Newcomers or None
        None where too few have had the time to come back, and in a release from before they were counted.
    churn : Churn or None
        None in a release from before it was predicted.
    """

    schema_version: Literal[2]
    axes: dict[Axis, AxisRange]
    scoring: Scoring | None
    segments: list[Segment]
    grid: Grid | None
    clusters: list[Cluster]
    clusters_allotted: Count
    k: NumberOfClusters
    outliers: Outliers | None
    countries: list[Country]
    snapshots: list[Snapshot]
    previous: int | None
    changed: Changed | None
    since: Since | None
    rule_scopes: list[RuleScope]
    rules_later: RulesLater | None
    baskets_missing: str | None
    items: list[Item]
    left_out: list[LeftOut] | None
    glance: Glance
    rhythm: Rhythm | None = None
    value: Value | None = None
    newcomers: Newcomers | None = None
    churn: Churn | None = None

    @property
    def rhythms(self) -> list[State]:
        """The states of rhythm that a customer can be in; empty where none is known."""
        return self.rhythm.states if self.rhythm else []

    @property
    def cells(self) -> list[Named]:
        """The cells of the map, named by their two scores: ``5-4``; empty where there is none."""
        if self.grid is None:
            return []
        up = "buying" if self.grid.column == "b" else "frequency"
        return [
            Named(id=f"{each.row}-{each.column}", name=f"recency {each.row}, {up} {each.column}")
            for each in self.grid.cells
        ]

    @classmethod
    def of(cls, fields: Mapping[str, object]) -> Overview:
        """Return the overview with ``fields``, as training finds them.

        Raises
        ------
        ValueError
            If a field is missing, unknown or of the wrong kind.
        """
        return cls.model_validate_json(to_json({**fields, "schema_version": SCHEMA}))

    def as_fields(self) -> dict[str, Any]:
        """Return what ``overview.json`` holds."""
        return self.model_dump(mode="json", by_alias=True)
