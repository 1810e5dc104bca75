"""The customers of a view or of a flow as a file: ``/export/customers.csv`` with the page's own query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest

from services.campaigns.reachable import reachable
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.serving.lists import listing as customer_list
from services.serving.lists.filters import Filters, read_filters
from services.serving.lists.listing import LONGEST_PART, listed, rows_of, sort_text
from services.serving.movement.address import KEYS, answer, listed_movers, rows_in_flow
from services.site.customers.opt_outs import OptOuts
from services.web.exports.parameters import only, understood
from services.web.exports.sheets import MARK, Cell, csv_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.movement.address import Answer
    from services.serving.release.loaded import Loaded

_PORTION = 500
_MOVED = ("from_segment", "to_segment", "cause")
_FILTERS = (*(each.name for each in fields(Filters)), "containing", "group")
"""What a view of the tab Segments is asked with; ``group`` changes no file of it."""
_REPEATED = ("segment", "cluster", "country")
_NAMED = ("segment", "cluster", *_MOVED[:2])


def install(server: Flask, services: Services) -> None:
    """Add the export of customers to ``server``."""

    @server.get("/export/customers.csv")
    def export_customers() -> Response:
        query = query_of(request.query_string.decode("ascii", "replace"))
        of_flow = any(key in query for key in KEYS)
        only(
            *(KEYS if of_flow else (*KEYS, *_FILTERS)),
            "sort",
            "release",
            repeated=() if of_flow else _REPEATED,
        )
        try:
            release = services.releases.at(request.args.get("release"))
        except Refusal as refused:
            raise BadRequest(str(refused)) from None
        sort = request.args.get("sort", "")
        try:
            found = answer(release, query) if of_flow else None
        except Refusal as refused:
            raise BadRequest(str(refused)) from None
        if found:
            if found.asked.notes:
                raise BadRequest(f"There is no file of this address. {found.asked.notes[0]}")
            rows, asked = rows_in_flow(release, found, sort), found.asked.pairs
        else:
            read = read_filters(query, release)
            if read.left_out:  # a file cannot say so, and would hold more customers than were asked for
                raise BadRequest(f"{read.left_out[0]}, so there is no such file.")
            containing = request.args.get("containing", "")
            rows = rows_of(release, read.filters, sort, containing)
            # what is longer than any id is in none: the file is empty, and the log need not hold all of it
            part = containing if len(containing) <= LONGEST_PART else f"{containing[:LONGEST_PART]}…"
            asked = [*read.filters.pairs, ("containing", part)]
        there = reachable(release, rows, OptOuts(services.state))
        rows = there.rows[: customer_list.MOST_IN_FILE]
        cut = len(rows) < len(there.rows)
        counted = f"first-{len(rows)}-of-{len(there.rows)}" if cut else f"{len(rows)}"
        counted += f"-without-{there.left_out}-opted-out" if there.left_out else ""
        name = f"segment-desk-customers-{release.id}-{counted}.csv"
        # for the audit log
        g.taken = (release.id, len(rows), understood([*asked, ("sort", sort_text(sort))]))
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(lines(release, rows, found), mimetype="text/csv", headers=headers)


def lines(release: Loaded, rows: npt.NDArray[np.int32], found: Answer | None = None) -> Iterator[str]:
    """Write customers as CSV in portions: names of segment and cluster, numbers with every digit.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        In the order of the file.
    found : Answer, optional
        The movement whose flow it is; both groups and the cause follow in columns of their own.
    """
    groups = found.moved.groups if found else ()  # those of the release before, and who was in none
    names = {entry["id"]: entry["name"] for entry in (*release.segments, *release.clusters, *groups)}
    head = ["customer_id", "segment", "cluster", "country", "recency_days", release.preset.rfm.frequency]
    yield MARK + csv_text([[*head, "spend", "rfm_class", "last_order", *(_MOVED if found else ())]])
    for start in range(0, len(rows), _PORTION):
        part = rows[start : start + _PORTION]
        customers = listed_movers(release, found.moved, part) if found else listed(release, part)
        yield csv_text(_row(customer, names) for customer in customers)


def _row(customer: dict[str, Any], names: dict[str, str]) -> list[Cell]:
    named = {name: names.get(str(customer[name])) for name in _NAMED if name in customer}
    return list((customer | named).values())
