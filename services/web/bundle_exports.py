"""The bundles of a view as a file: ``/export/bundles.csv`` with the query of the tab Baskets."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Flask, Response, g

from services.core.cells import guarded
from services.serving.rule_bundles import Bundle, bundles
from services.web.rule_exports import asked

if TYPE_CHECKING:
    from services.serving import Services

MOST_LINES = 1_000
HEAD = (
    "products", "product_names", "count", "share", "list_price", "best_cluster_id", "best_cluster",
    "best_cluster_count", "best_cluster_share", "overall_share",
)  # fmt: skip
_MARK = "\ufeff"  # spreadsheets take the file for UTF-8 by it


def install(server: Flask, services: Services) -> None:
    """Add the export of bundles to ``server``."""

    @server.get("/export/bundles.csv")
    def export_bundles() -> Response:
        release, view, rules = asked(services)
        found = bundles(release, rules, view.filters, MOST_LINES)
        g.taken = (release.id, len(found))  # for the audit log
        headers = {"Content-Disposition": 'attachment; filename="bundles.csv"', "Cache-Control": "no-store"}
        return Response(written(found), mimetype="text/csv", headers=headers)


def written(found: Sequence[Bundle]) -> str:
    """Write bundles as CSV: shares 0–1, prices exact, an empty cell for what is not known.

    Parameters
    ----------
    found : sequence of Bundle
        In the order of the file.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(HEAD)
    for bundle in found:
        sides = [guarded(" + ".join(each)) for each in zip(*bundle.products, strict=True)]
        rows.writerow([*sides, bundle.count, bundle.share, bundle.price, *_favourite(bundle)])
    return _MARK + text.getvalue()


def _favourite(bundle: Bundle) -> list[object]:
    if (best := bundle.favourite) is None:
        return [None] * 5
    cluster = best.cluster
    return [
        cluster["id"], guarded(cluster["name"]), best.count, best.count / best.baskets, best.everywhere,
    ]  # fmt: skip
