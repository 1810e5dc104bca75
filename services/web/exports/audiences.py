"""The treated of an audience as a file: ``/export/audience.csv?audience=3&column=segment``, or ``.xlsx``."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest, NotFound

from services.campaigns.treated import treated
from services.core.language.messages import _, language, plural
from services.core.refusals import Refusal
from services.releases import WORK, working_folder
from services.serving.lists import listing as customer_list
from services.serving.lists.listing import listed
from services.site.customers.audiences import Audiences
from services.site.customers.opt_outs import OptOuts
from services.site.state import StateUnusable
from services.web.access.parameters import given, release_of, understood
from services.web.exports.sheets import MARK, MOST_IN_WORKBOOK, WORKBOOK, Cell, csv_text, write_workbook

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from services.campaigns.reachable import Reachable
    from services.desk import Services
    from services.serving.release.loaded import Loaded

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
_PORTION = 500


def install(server: Flask, services: Services) -> None:
    """Add the exports of audiences to ``server``."""

    @server.get("/export/audience.csv")
    def export_audience() -> Response:
        release, found, name = _asked(services, customer_list.MOST_IN_FILE, _("Save smaller audiences."))
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(lines(release, found.rows, _chosen()), mimetype="text/csv", headers=headers)

    @server.get("/export/audience.xlsx")
    def export_audience_workbook() -> Response:
        release, found, name = _asked(services, MOST_IN_WORKBOOK, _("Use the CSV file."))
        file = io.BytesIO()
        chosen = _chosen()
        parts = (row for part in portions(release, found.rows, chosen) for row in part)
        with working_folder(services.settings.state_dir / WORK) as scratch:
            write_workbook(file, head(release, chosen), parts, release.manifest.made_at, scratch)
        headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
        return Response(file.getvalue(), mimetype=WORKBOOK, headers=headers)


def head(release: Loaded, chosen: Sequence[str]) -> list[str]:
    """Name the columns of the file."""
    heads = COLUMNS | {"frequency": release.preset.rfm.frequency}
    return ["customer_id", *(heads[name] for name in chosen)]


def portions(
    release: Loaded, rows: npt.NDArray[np.int32], chosen: Sequence[str]
) -> Iterator[list[list[Cell]]]:
    """Give customers as rows of a file, some hundred at a time: names instead of ids, numbers exact.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
    chosen : sequence of str
        Keys of ``COLUMNS``.
    """
    names = {entry.id: entry.name for entry in (*release.segments, *release.clusters)}
    for start in range(0, len(rows), _PORTION):
        part = listed(release, rows[start : start + _PORTION])
        yield [
            [
                names.get(str(each[name])) if name in ("segment", "cluster") else each[name]
                for name in ("customer_id", *chosen)
            ]
            for each in part
        ]


def lines(release: Loaded, rows: npt.NDArray[np.int32], chosen: Sequence[str]) -> Iterator[str]:
    """Write customers as CSV, as ``portions`` gives them."""
    yield MARK + csv_text([head(release, chosen)])
    for part in portions(release, rows, chosen):
        yield csv_text(part)


def _chosen() -> list[str]:
    return [name for name in COLUMNS if name in request.args.getlist("column")]


def _number(value: int) -> str:
    return str(format_decimal(value, locale=language().code))


def _asked(services: Services, most: int, instead: str) -> tuple[Loaded, Reachable, str]:
    """Return the release, the customers and the file's name that the address asks for."""
    query = given("audience", "release", several=["column"])
    number = query.get("audience", [""])[0]
    for name in query.get("column", []):
        if name not in COLUMNS:
            raise BadRequest(
                _(
                    "There is no column “{name}” for this file. There are {columns}.",
                    name=name[:60],
                    columns=", ".join(COLUMNS),
                )
            )
    release = release_of(services)
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise BadRequest(_("An audience is a number, such as 3."))
    try:
        store = Audiences(services.state)
        audience = store.one(int(number))
        found = treated(release, store.members(audience.id), OptOuts(services.state))
    except StateUnusable:
        raise
    except Refusal as refused:
        raise NotFound(str(refused)) from None
    if len(found.rows) > most:  # a part would be measured as if all had been treated
        said = plural(
            "This audience has {n} customer to treat; such a file can hold up to {most}.",
            "This audience has {n} customers to treat; such a file can hold up to {most}.",
            len(found.rows),
            n=_number(len(found.rows)),
            most=_number(most),
        )
        raise BadRequest(f"{said} {instead}")
    out = f"-without-{found.left_out}-opted-out" if found.left_out else ""
    asked = understood([("audience", audience.id), ("column", _chosen())])
    g.taken = (release.id, len(found.rows), asked)  # for the audit log
    return release, found, f"segment-desk-audience-{audience.id}-{release.id}-{len(found.rows)}{out}"
