"""The bundles of a view as a file: ``/export/bundles.csv`` with the query of the tab Baskets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Flask, Response, g

from services.serving.rules.bundles import Bundle, bundles
from services.web.exports.rules import asked
from services.web.exports.sheets import MARK, Cell, csv_text

if TYPE_CHECKING:
    from services.desk import Services

MOST_LINES = 1_000
HEAD = (
    "products", "product_names", "count", "share", "list_price", "best_cluster_id", "best_cluster",
    "best_cluster_count", "best_cluster_share", "overall_share",
)  # fmt: skip


def install(server: Flask, services: Services) -> None:
    """Add the export of bundles to ``server``."""

    @server.get("/export/bundles.csv")
    def export_bundles() -> Response:
        release, view, rules = asked(services)
        found = bundles(release, rules, view.filters, MOST_LINES)
        g.taken = (release.id, len(found), view.filters.to_query())  # for the audit log
        headers = {"Content-Disposition": 'attachment; filename="bundles.csv"'}
        return Response(written(found), mimetype="text/csv", headers=headers)


def written(found: Sequence[Bundle]) -> str:
    """Write bundles as CSV: shares 0–1, prices exact, an empty cell for what is not known.

    Parameters
    ----------
    found : sequence of Bundle
        In the order of the file.
    """
    return MARK + csv_text([HEAD, *map(_row, found)])


def _row(bundle: Bundle) -> list[Cell]:
    codes, names = (" + ".join(each) for each in zip(*bundle.products, strict=True))
    row: list[Cell] = [codes, names, bundle.count, bundle.share, bundle.price]
    if (best := bundle.favourite) is None:
        return [*row, *[None] * 5]
    of = best.cluster
    return [*row, of.id, of.name, best.count, best.count / best.baskets, best.everywhere]
