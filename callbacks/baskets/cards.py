"""The cards of the tab Baskets besides the rules: those that follow all filters, and those of the group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Output

from layouts.baskets import bundles as bundling
from layouts.baskets import filters as bar
from layouts.baskets import groups
from layouts.baskets.table import note as columns_note
from layouts.baskets.words import basket
from layouts.ids import Baskets
from layouts.plain import plain
from services.serving.rules.address import RuleView
from services.serving.rules.best import frequent_sets, top_of_clusters
from services.serving.rules.bundles import bundles
from services.serving.rules.find import OF_CUSTOMERS, RuleFilters, held_back, judged, tested
from services.serving.rules.groups import product_groups
from services.serving.rules.index import ALL, Rows, rule_index
from services.serving.rules.sets import findings
from services.serving.rules.table import page

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded

FOLLOWING = {
    "data": Output(Baskets.CARDS_DATA, "data"),
    "groups_finding": Output(Baskets.GROUPS_FINDING, "children"),
    "groups_note": Output(Baskets.GROUPS_NOTE, "children"),
    "sets_finding": Output(Baskets.SETS_FINDING, "children"),
    "bundles_finding": Output(Baskets.BUNDLES_FINDING, "children"),
    "bundles_note": Output(Baskets.BUNDLES_NOTE, "children"),
    "export": Output(Baskets.EXPORT_BUNDLES, "href"),
}
OF_GROUP = {
    "options": Output(Baskets.GROUP, "options"),
    "group": Output(Baskets.GROUP, "value"),
    "periods": Output(Baskets.PERIOD, "options"),
    "period": Output(Baskets.PERIOD, "value"),
    "no_periods": Output(Baskets.adder("period"), "hidden"),
    "baskets_of": Output(Baskets.BASKETS_OF, "value"),
    "no_baskets": Output(Baskets.adder("of"), "hidden"),
    "not_held": Output(Baskets.adder("held-up"), "hidden"),
    "hint": Output(Baskets.SUPPORT_HINT, "children"),
    "tests": Output(Baskets.TESTS, "data"),
    "rules_note": Output(Baskets.RULES_NOTE, "children"),
    "clusters_finding": Output(Baskets.CLUSTERS_FINDING, "children"),
    "clusters": Output(Baskets.CLUSTERS, "children"),
}


def show_following(release: Loaded, filters: RuleFilters, found: Rows) -> dict[str, Any]:
    """Return the cards that follow all filters: groups, sets and bundles of the rules that fit."""
    together, sets = product_groups(release, findings(release, found)), frequent_sets(release, found)
    sold = bundles(release, found, filters)
    whole = basket(rule_index(release).entry(filters.scope))
    query = "&".join(part for part in (filters.to_query(), f"release={release.id}") if part)
    nothing = {
        "groups": None if together.groups else groups.groups_none(),
        "sets": None if sets else groups.sets_none(),
        "bundles": None if sold else bundling.none(),
    }
    return {
        "data": {
            "groups": groups.groups_data(together),
            "sets": groups.sets_data(sets),
            "bundles": bundling.data(sold, whole),
            "nothing": plain(nothing),
            "whole": whole,
        },
        "groups_finding": groups.groups_finding(together),
        "groups_note": groups.groups_note(together),
        "sets_finding": groups.sets_finding(sets, whole),
        "bundles_finding": bundling.finding(sold, whole),
        "bundles_note": bundling.note(whole, period=filters.scope.startswith("period:")) if sold else "",
        "export": f"/export/bundles.csv?{query}",
    }


def show_group(release: Loaded, scope: str) -> dict[str, Any]:
    """Return what follows the group of baskets alone."""
    index = rule_index(release)
    if scope not in index.scopes:
        scope = ALL
    entry, (group, _, of) = index.entry(scope), scope.partition("@")
    tops = [
        (top, page(release, top.rows)) for top in top_of_clusters(release, of_customers=of == OF_CUSTOMERS)
    ]
    suffix = f"@{of}" if of else ""
    queries = [RuleView(RuleFilters(f"cluster:{top.cluster.id}{suffix}")).to_query() for top, _ in tops]
    scopes, cluster_letters = release.overview.rule_scopes, letters(release)
    periods = bar.period_options(scopes)
    later = release.overview.rules_later if held_back(release) else None
    return {
        "options": bar.group_options(scopes, cluster_letters),
        "group": ALL if group.startswith("period:") else group,
        "periods": periods,
        "period": group if group.startswith("period:") else ALL,
        "no_periods": len(periods) < 2,
        "baskets_of": of or ALL,
        "no_baskets": f"{group}@{OF_CUSTOMERS}" not in index.scopes,
        "not_held": later is None,
        "hint": bar.mined_from(entry),
        "tests": {
            "tested": tested(release),
            "held": later is not None,
            "judged": judged(release),
            "release": release.id,
        },
        "rules_note": columns_note(tested(release), judged(release), later, basket(entry)),
        "clusters_finding": groups.clusters_finding(tops),
        "clusters": groups.clusters_tops(tops, queries, basket(entry)),
    }


def letters(release: Loaded) -> dict[str, str]:
    """Return each cluster's letter by its id."""
    return {cluster.id: cluster.letter for cluster in release.clusters}
