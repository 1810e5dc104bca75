"""The customers of a view, flow, cell or risk as a file: ``/export/customers.csv`` with the page's query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest

from services.campaigns.reachable import reachable
from services.core.filters import BOUNDS, CONTACTS, REPEATED
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.churn import asked as churn
from services.serving.churn.people import Answer as AtRisk
from services.serving.churn.people import answer as at_risk
from services.serving.churn.people import listed_at_risk, rows_by_loss
from services.serving.cohorts import address as cohorts
from services.serving.lists import listing as customer_list
from services.serving.lists.filters import read_filters
from services.serving.lists.listing import LONGEST_PART, listed, read_sort, rows_of, sort_text
from services.serving.movement.address import KEYS, Answer, answer, listed_movers, rows_in_flow
from services.serving.segments.view import read_grouping
from services.site.customers.opt_outs import OptOuts
from services.web.access.asking import seen_contacts
from services.web.access.parameters import given, release_of, understood
from services.web.exports.rules import no_file
from services.web.exports.sheets import MARK, Cell, csv_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

    Rows = npt.NDArray[np.int32]
    Asked = Sequence[tuple[str, Any]]
    Query = dict[str, list[str]]

_EVERY = "every"  # which cohorts have, and nothing else
_PORTION = 500
_MOVED = ("from_segment", "to_segment", "cause")
_OF_VIEW = (*BOUNDS, "containing", "group")
"""Beside choices, what a view of the tab Segments is asked with; ``group`` changes no file of it."""
_AT_RISK = ("churn", "churn_low", "churn_high", "usual_spend", "expected_loss", "band_customers", "band_left")
"""Chance of no order with its interval; money; customers of the band at earlier days, and who left."""
_NAMED = ("segment", "cluster", *_MOVED[:2])


def install(server: Flask, services: Services) -> None:
    """Add the export of customers to ``server``."""

    @server.get("/export/customers.csv")
    def export_customers() -> Response:
        query = _given()
        release = release_of(services)
        sort, seen = query.get("sort", [""])[0], seen_contacts(services)
        found: Answer | AtRisk | None = None
        try:
            read_sort(sort)
            if any(key in query for key in churn.KEYS):
                rows, asked, found = _of_churn(release, query, seen)
            elif _EVERY in query:
                rows, asked = _of_cohorts(release, query, sort, seen)
            elif any(key in query for key in KEYS):
                rows, asked, found = _of_flow(release, query, sort, seen)
            else:
                rows, asked = _of_view(release, query, sort, seen)
        except Refusal as refused:
            raise BadRequest(str(refused)) from None
        there = reachable(release, rows, OptOuts(services.state))
        rows = there.rows[: customer_list.MOST_IN_FILE]
        cut = len(rows) < len(there.rows)
        counted = f"first-{len(rows)}-of-{len(there.rows)}" if cut else f"{len(rows)}"
        counted += f"-without-{there.left_out}-opted-out" if there.left_out else ""
        name = f"segment-desk-customers-{release.id}-{counted}.csv"
        in_order = [] if isinstance(found, AtRisk) else [("sort", sort_text(sort))]
        # for the audit log
        g.taken = (release.id, len(rows), understood([*asked, *in_order]))
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(lines(release, rows, found), mimetype="text/csv", headers=headers)


def _given() -> Query:
    """Return the parameters of the request: of Churn, of cohorts, of a flow, or of a view of Segments."""
    if any(key in request.args for key in churn.KEYS):
        return given(*churn.KEYS, "release", several=REPEATED)
    if _EVERY in request.args:
        return given(*cohorts.KEYS, "sort", "release", several=CONTACTS)
    if any(key in request.args for key in KEYS):
        return given(*KEYS, "sort", "release", several=CONTACTS)
    return given(*KEYS, *_OF_VIEW, "sort", "release", several=REPEATED)


def _of_churn(release: Loaded, query: Query, seen: ByContacts | None) -> tuple[Rows, Asked, AtRisk]:
    """Return whom Churn lists, one cluster after the other, what was asked, and the risk."""
    found = at_risk(release, query, seen)
    for odd in found.asked.left_out:  # a file cannot say so, and would hold other customers
        raise BadRequest(odd.so(_("there is no such file")))
    return rows_by_loss(release, found, by_cluster=True), found.asked.pairs, found


def _of_cohorts(release: Loaded, query: Query, sort: str, seen: ByContacts | None) -> tuple[Rows, Asked]:
    """Return the customers of a cell, and what was asked, for the log."""
    found = cohorts.answer(release, query, seen)
    if said := [*found.asked.notes, *filter(None, [found.withheld])]:
        raise BadRequest(no_file(said[0]))
    return cohorts.rows_in_cell(release, found, sort), found.asked.pairs


def _of_flow(release: Loaded, query: Query, sort: str, seen: ByContacts | None) -> tuple[Rows, Asked, Answer]:
    """Return the customers of a flow, what was asked, and the movement that it is of."""
    found = answer(release, query, seen)
    if found.asked.notes:
        raise BadRequest(no_file(found.asked.notes[0]))
    return rows_in_flow(release, found, sort), found.asked.pairs, found


def _of_view(release: Loaded, query: Query, sort: str, seen: ByContacts | None) -> tuple[Rows, Asked]:
    """Return the customers that fit the filters of Segments, and what was asked."""
    read = read_filters(query, release, seen)
    left_out = [*read.left_out, *read_grouping(query)[1]]
    if left_out:  # a file cannot say so, and would hold more customers than were asked for
        raise BadRequest(left_out[0].so(_("there is no such file")))
    containing = query.get("containing", [""])[0]
    # what is longer than any id is in none: the file is empty, and the log need not hold all of it
    part = containing if len(containing) <= LONGEST_PART else f"{containing[:LONGEST_PART]}…"
    return rows_of(release, read.filters, sort, containing), [*read.filters.pairs, ("containing", part)]


def lines(release: Loaded, rows: Rows, found: Answer | AtRisk | None = None) -> Iterator[str]:
    """Write customers as CSV in portions: names of segment and cluster, numbers with every digit.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        In the order of the file.
    found : Answer or AtRisk, optional
        The movement whose flow it is, or the risk; what it knows follows in columns of its own.
    """
    # those of the release before, and who was in none
    groups = found.moved.groups if isinstance(found, Answer) else ()
    names = {entry.id: entry.name for entry in (*release.segments, *release.clusters, *groups)}
    head = ["customer_id", "segment", "cluster", "country", "recency_days", release.preset.rfm.frequency]
    head += ["spend", "rfm_class", "last_order", "rhythm", "overdue_days", "expected_spend_90_days"]
    more = () if found is None else _MOVED if isinstance(found, Answer) else _AT_RISK
    yield MARK + csv_text([[*head, *more]])
    for start in range(0, len(rows), _PORTION):
        part = rows[start : start + _PORTION]
        yield csv_text(_row(customer, names) for customer in _customers(release, part, found))


def _customers(release: Loaded, rows: Rows, found: Answer | AtRisk | None) -> list[dict[str, Any]]:
    if found is None:
        return listed(release, rows)
    if isinstance(found, Answer):
        return listed_movers(release, found.moved, rows)
    taken = ("churn", "churn_low", "churn_high", "usual_spend", "expected_loss", "of", "left")
    risks = zip(listed(release, rows), listed_at_risk(release, found, rows), strict=True)
    return [customer | {name: risk[name] for name in taken} for customer, risk in risks]


def _row(customer: dict[str, Any], names: dict[str, str]) -> list[Cell]:
    named = {name: names.get(str(customer[name])) for name in _NAMED if name in customer}
    return list((customer | named).values())
