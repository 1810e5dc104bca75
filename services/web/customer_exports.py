"""The customers of a view as a file: ``/export/customers.csv`` with the tab's own query."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from services.core.cells import guarded
from services.core.refusals import Refusal
from services.serving.customer_list import listed, rows_of
from services.serving.filters import read_filters

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.serving import Services
    from services.serving.loaded import Loaded

_PORTION = 500
_MARK = "\ufeff"  # spreadsheets take the file for UTF-8 by it
_TEXTS = ("customer_id", "segment", "cluster", "country")


def install(server: Flask, services: Services) -> None:
    """Add the export of customers to ``server``."""

    @server.get("/export/customers.csv")
    def export_customers() -> Response:
        query = parse_qs(request.query_string.decode("ascii", "replace"))
        try:
            release = services.releases.at(request.args.get("release"))
        except Refusal as refused:
            raise BadRequest(str(refused)) from None
        filters = read_filters(query, release).filters
        rows = rows_of(release, filters, request.args.get("sort", ""), request.args.get("containing", ""))
        name = f"segment-desk-customers-{release.id}-{len(rows)}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(lines(release, rows), mimetype="text/csv", headers=headers)


def lines(release: Loaded, rows: npt.NDArray[np.int32]) -> Iterator[str]:
    """Write customers as CSV in portions: names of segment and cluster, numbers with every digit.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        In the order of the file.
    """
    names = {entry["id"]: entry["name"] for entry in (*release.segments, *release.clusters)}
    yield _MARK + _written(
        [["customer_id", "segment", "cluster", "country", "recency_days", release.preset.rfm.frequency,
          "spend", "rfm_class", "last_order"]]
    )  # fmt: skip
    for start in range(0, len(rows), _PORTION):
        yield _written(_row(customer, names) for customer in listed(release, rows[start : start + _PORTION]))


def _row(customer: dict[str, object], names: dict[str, str]) -> list[object]:
    named = {
        **customer,
        "segment": names.get(str(customer["segment"])),
        "cluster": names.get(str(customer["cluster"])),
    }
    return [guarded(str(value or "")) if name in _TEXTS else value for name, value in named.items()]


def _written(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
