"""The rules of a view as a file: ``/export/rules.csv`` with the tab's own query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Flask, Response, g
from werkzeug.exceptions import BadRequest

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.core.rules.measures import MEASURES
from services.serving.rules.address import ONCE, SEVERAL, read_view
from services.serving.rules.find import COUNTS, SIDES, TESTED, find
from services.serving.rules.table import ordered, read_sort, sort_text
from services.web.access.parameters import given, release_of, understood
from services.web.exports.sheets import MARK, csv_text

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded
    from services.serving.rules.address import RuleView
    from services.serving.rules.index import Rows

_PORTION = 500


def install(server: Flask, services: Services) -> None:
    """Add the export of basket rules to ``server``."""

    @server.get("/export/rules.csv")
    def export_rules() -> Response:
        release, view, found = asked(services)
        sort = read_sort(view.sort)
        rows = ordered(release, found, sort)
        ordering = understood([("sort", sort_text(sort))])
        # for the audit log
        g.taken = (release.id, len(rows), "&".join(filter(None, (view.filters.to_query(), ordering))))
        headers = {"Content-Disposition": 'attachment; filename="rules.csv"'}
        return Response(lines(release, rows), mimetype="text/csv", headers=headers)


def asked(services: Services) -> tuple[Loaded, RuleView, Rows]:
    """Return the release, the view and its rules that the address of a file asks for.

    Raises
    ------
    BadRequest
        If there is no such release, or anything in the address is unknown or would be left out.
    """
    query = given(*ONCE, several=SEVERAL)
    release = release_of(services)
    try:
        view = read_view(release, query)
        if view.notes:  # a file cannot say what was left out
            raise BadRequest(no_file(view.notes[0]))
        return release, view, find(release, view.filters)
    except Refusal as refused:
        raise BadRequest(str(refused)) from None


def no_file(why: str) -> str:
    """Say that an address is no file, and after that why, which is a sentence."""
    said = _("There is no file at this address.")
    return f"{said} {why}"


def lines(release: Loaded, rows: Rows) -> Iterator[str]:
    """Write rules as CSV in portions: codes and names of both sides, counts, measures with every digit.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        Rows of the rules, in the order of the file. Infinite conviction is written ``inf``, a confidence
        without later baskets ``nan``; a release made before rules were tested has fewer columns.
    """
    numbers = (*COUNTS, *MEASURES, *(name for name in TESTED if name in release.rules))
    head = [*SIDES, *(f"{side[:-1]}_names" for side in SIDES), *numbers]
    yield MARK + csv_text([head])
    items = release.overview.items
    for start in range(0, len(rows), _PORTION):
        chosen = rows[start : start + _PORTION]
        columns = {name: release.rules[name][chosen].tolist() for name in (*SIDES, *numbers)}
        if "finding" in columns:
            columns["finding"] = [int(each) for each in columns["finding"]]
        portion = []
        for place in range(len(chosen)):
            sides = [[items[item] for item in columns[side][place] if item >= 0] for side in SIDES]
            texts = [
                *(" + ".join(item.product for item in side) for side in sides),
                *(" + ".join(item.description for item in side) for side in sides),
            ]
            portion.append([*texts, *(columns[name][place] for name in numbers)])
        yield csv_text(portion)
