"""The matrix of cohorts as a file: ``/export/cohorts.csv`` with the tab's own query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g
from werkzeug.exceptions import BadRequest

from services.core.filters import CONTACTS
from services.core.refusals import Refusal
from services.serving.cohorts import address
from services.serving.cohorts.contract import as_contract
from services.web.access.asking import seen_contacts
from services.web.access.parameters import given, release_of, understood
from services.web.exports.sheets import MARK, csv_text

if TYPE_CHECKING:
    from services.desk import Services

_ASKED = tuple(key for key in address.KEYS if key != "cell")
_HEAD = (
    *("cohort", "first_day", "cohort_customers", "since"),
    *("customers", "share", "orders", "revenue", "revenue_per_customer", "complete"),
)


def install(server: Flask, services: Services) -> None:
    """Add the export of the matrix of cohorts to ``server``."""

    @server.get("/export/cohorts.csv")
    def export_cohorts() -> Response:
        query = given(*_ASKED, "release", several=CONTACTS)
        release = release_of(services)
        try:
            found = address.answer(release, query, seen_contacts(services))
            cohorts = as_contract(found)
        except Refusal as refused:
            raise BadRequest(str(refused)) from None
        rows = [row for cohort in cohorts for row in _rows(cohort)]
        # for the audit log
        g.taken = (release.id, len(rows), understood(found.asked.pairs))
        name = f"segment-desk-cohorts-{found.asked.every}-{release.id}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(MARK + csv_text([list(_HEAD), *rows]), mimetype="text/csv", headers=headers)


def _rows(cohort: dict[str, Any]) -> Iterator[list[Any]]:
    """Return a row a period; its figures are empty where the page leaves the cell out."""
    size = cohort["customers"]
    for cell in cohort["periods"]:
        people, money = cell["customers"], cell["revenue"]
        hidden = people is None or size is None
        yield [
            cohort["cohort"],
            cohort["first_day"],
            size,
            cell["since"],
            people,
            None if hidden else people / size,
            cell["orders"],
            money,
            None if hidden else money / size,
            "yes" if cell["complete"] else "no",
        ]
