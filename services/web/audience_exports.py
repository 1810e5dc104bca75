"""The treated of an audience as a file: ``/export/audience.csv?audience=3&column=segment``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest, NotFound

from services.campaigns.treated import treated_rows
from services.core.cells import guarded
from services.core.refusals import Refusal
from services.serving import customer_list
from services.serving.customer_list import listed
from services.site.audiences import Audiences

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.serving import Services
    from services.serving.loaded import Loaded

#: What may stand beside the id, by its name in the address and in the file.
COLUMNS = {
    "segment": "segment",
    "cluster": "cluster",
    "country": "country",
    "recency": "recency_days",
    "frequency": "frequency",
    "monetary": "spend",
    "rfm": "rfm_class",
    "last_purchase": "last_order",
}
_TEXTS = ("customer_id", "segment", "cluster", "country")
_PORTION = 500
_MARK = "\ufeff"  # spreadsheets take the file for UTF-8 by it


def install(server: Flask, services: Services) -> None:
    """Add the export of audiences to ``server``."""

    @server.get("/export/audience.csv")
    def export_audience() -> Response:
        number = request.args.get("audience", "")
        chosen = [name for name in COLUMNS if name in request.args.getlist("column")]
        try:
            release = services.releases.at(request.args.get("release"))
        except Refusal as refused:
            raise BadRequest(str(refused)) from None
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise BadRequest("An audience is a number, such as 3.")
        try:
            store = Audiences(services.state)
            audience = store.one(int(number))
            rows = treated_rows(release, store.members(audience.id))
        except Refusal as refused:
            raise NotFound(str(refused)) from None
        if len(rows) > customer_list.MOST_IN_FILE:  # a part would be measured as if all had been treated
            raise BadRequest(
                f"This audience has {len(rows):,} customers to treat; a file holds "
                f"{customer_list.MOST_IN_FILE:,} at most. Save audiences of narrower views."
            )
        name = f"segment-desk-audience-{audience.id}-{release.id}-{len(rows)}.csv"
        g.taken = (release.id, len(rows))  # for the audit log
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(lines(release, rows, chosen), mimetype="text/csv", headers=headers)


def lines(release: Loaded, rows: npt.NDArray[np.int32], chosen: Sequence[str]) -> Iterator[str]:
    """Write customers as CSV in portions: their id and the chosen columns, numbers with every digit.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
    chosen : sequence of str
        Keys of ``COLUMNS``.
    """
    names = {entry["id"]: entry["name"] for entry in (*release.segments, *release.clusters)}
    heads = COLUMNS | {"frequency": release.preset.rfm.frequency}
    yield _MARK + _written([["customer_id", *(heads[name] for name in chosen)]])
    for start in range(0, len(rows), _PORTION):
        part = listed(release, rows[start : start + _PORTION])
        yield _written([_cell(each, name, names) for name in ("customer_id", *chosen)] for each in part)


def _cell(customer: dict[str, object], column: str, names: dict[str, str]) -> object:
    value = customer[column]
    if column in ("segment", "cluster"):
        value = names.get(str(value))
    return guarded(str(value or "")) if column in _TEXTS else value


def _written(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
