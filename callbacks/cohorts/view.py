"""What the tab Cohorts shows for an address: plain functions, values in, components and numbers out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import dcc, html, no_update

from callbacks.cohorts.table import CAPS, table_of
from layouts.cohorts import kinds
from layouts.cohorts import words as said
from layouts.cohorts.frame import MATRIX_FILE, SAVING
from layouts.cohorts.matrix import matrix, opened, switch
from layouts.parts import alert, chip, empty
from layouts.parts.attributes import attributes
from layouts.plain import plain
from layouts.segments.filters import told as said_of
from layouts.segments.release import columns
from layouts.segments.words import of_file
from services.core.filters import CONTACTS
from services.core.language.messages import _, later
from services.core.parameters import odd_on_page
from services.core.text.addresses import query_of
from services.serving.cohorts.address import KEYS, Answer, answer, products_of, why_not
from services.serving.cohorts.newcomers import band_named, product_names
from services.serving.lists import listing as customer_list
from services.serving.lists.listing import sort_at

if TYPE_CHECKING:
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
ALL = "*"
"""In a list, everybody: a choice without a value is shown as none."""
_PRODUCTS = 50  # that can be chosen from a list
#: Parameters of the address that take one value; `CONTACTS` may take several.
ONCE = (*KEYS, "show", "sort")
CHOSEN = ("country", "segment", "product")
#: Everything that :func:`show` answers.
ANSWERS = (
    "sub", "missing", "body_hidden", "every", "chips", "found", "notes", "show", "finding", "matrix", "note",
    "file", "list_finding", "nothing", "list_class", "export_hidden", "columns", "shown",
    *CHOSEN, *(f"{name}_options" for name in CHOSEN),
)  # fmt: skip


def show(release: Loaded, search: str | None, by_contacts: ByContacts | None = None) -> Shown:
    """Return everything but the list of customers, for an address's query.

    Parameters
    ----------
    release : Loaded
    search : str or None
        With its question mark.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.
    """
    if reason := why_not(release):
        gone = dict.fromkeys(ANSWERS, no_update)
        back = dcc.Link(_("Back to Segments"), href="/", className="sd-btn")
        return gone | {"missing": plain(empty(_("No cohorts to show"), reason, back)), "body_hidden": True}
    odd = odd_on_page(query_of(search, blanks=True), ONCE, CONTACTS)
    query = query_of(search)
    found = answer(release, query, by_contacts)
    asked, listed = found.asked, int(found.fits.sum())
    sort, odd_sort = sort_at(query)
    notes = [*(each.noted for each in odd), *asked.notes, *odd_sort]
    manifest = release.manifest
    return {
        "sub": said.head(
            manifest.data_to.date().isoformat(),
            manifest.preset,
            release.id,
            matched=release.preset.cleaning.returns == "match",
        ),
        "missing": [],
        "body_hidden": False,
        "every": plain(switch(_("Cohorts by"), _names(said.EVERY), "every", asked.every, drops="cell")),
        "show": plain(switch(_("Measure"), _names(said.SHOW), "show", asked.show)),
        "chips": plain(_chips(release, found)),
        "found": said.of_found(int(found.found.sizes[~found.out[:, 0]].sum()), int((~found.out[:, 0]).sum())),
        "notes": plain([alert(_("Note."), sentence, "info") for sentence in notes]),
        **_matrix(release, found, query),
        "file": _file(release, found),
        "list_finding": found.withheld
        or of_listed(release, found) + of_file(listed, customer_list.MOST_IN_FILE),
        "nothing": [] if listed else plain(_nobody(found)),
        # A list without width cannot lay out its columns, so it is folded, not taken away.
        "list_class": "" if listed else "sd-folded",
        "export_hidden": not listed,
        "columns": columns(release.segments, release.clusters, release.preset.rfm.frequency, sort),
        "shown": {name: asked.narrowed.get(name, ALL) for name in CHOSEN},
        **_choices(release, found),
    }


def _names(called: Mapping[str, later]) -> dict[str, str]:
    return {value: name() for value, name in called.items()}


def _matrix(release: Loaded, found: Answer, query: dict[str, list[str]]) -> Shown:
    table = table_of(found, _href(query))
    every, last = found.asked.every, release.manifest.data_to.date()
    count = len(found.found.sizes)
    shares = {
        since: value
        for since, value in zip(table.since, table.total.values if table.total else (), strict=False)
        if value is not None
    }
    if found.asked.show == "share" and table.total and table.total.cohorts is None:
        won = said.won(every, table.total.first, table.total.last)
        finding = said.finding(every, won, shares)
    else:
        finding = said.means(found.asked.show, every)
    drawn = matrix(table)
    if (cell := found.asked.cell) and not found.withheld:
        whole = found.found
        told = said.cell(
            int(whole.sizes[cell.row]),
            int(whole.people[cell.row, cell.since]),
            int(whole.orders[cell.row, cell.since]),
            float(whole.revenue[cell.row, cell.since]),
        )
        place = said.place(found.first_day(cell.row), cell.since, every)
        drawn.append(opened(place, told, f"{SAVING}&{urlencode(found.asked.pairs, doseq=True)}"))
    cap = CAPS[every]
    return {
        "matrix": plain(drawn),
        "finding": finding,
        "note": said.note(
            found.first_day(0),
            every,
            found.first_day(count - 1),
            last,
            capped=(cap, count) if count > cap else None,
        ),
    }


def _file(release: Loaded, found: Answer) -> str:
    """Return the address of the whole matrix as a file, whichever cell is open."""
    pairs = [pair for pair in found.asked.pairs if pair[0] != "cell"]
    return f"{MATRIX_FILE}?{urlencode([*pairs, ('release', release.id)], doseq=True)}"


def _href(query: dict[str, list[str]]) -> str:
    """Return the address's query as it goes before a cell."""
    kept = {
        name: values if name in CONTACTS else values[-1:] for name, values in query.items() if name != "cell"
    }
    return f"?{urlencode([*kept.items(), ('cell', '')], doseq=True)}"


def of_listed(release: Loaded, found: Answer) -> str:
    """Say in words which customers an answer lists."""
    cell, every = found.asked.cell, found.asked.every
    cohort, ordered = (
        (
            said.period(found.first_day(cell.row), every),
            said.period(found.first_day(cell.row + cell.since), every),
        )
        if cell
        else ("", "")
    )
    narrowed = [f"{said.NARROWED[key]()}: {name}" for key, name in named(release, found).items()]
    narrowed += [" ".join(told) for told in said_of(found.asked.filters, {}).values()]
    return said.of_list(int(found.fits.sum()), cohort, ordered, narrowed)


def named(release: Loaded, found: Answer) -> dict[str, str]:
    """Return what an answer is narrowed to, in words, by its parameter."""
    told = {}
    for key, value in found.asked.narrowed.items():
        if key == "segment":
            told[key] = next(each.name for each in release.segments if each.id == value)
        elif key == "product":
            told[key] = product_names(release).get(value, value)
        elif key == "first" and (band := band_named(release, value)):
            told[key] = kinds.band_name(band.kind, band.low, band.high)
        else:
            told[key] = value
    return told


def _chips(release: Loaded, found: Answer) -> list[Any]:
    shown = [
        html.Span(chip(said.NARROWED[key](), name), className="sd-going", **attributes(data_drop_filter=key))
        for key, name in named(release, found).items()
    ]
    shown += [
        html.Span(chip(*told), className="sd-going", **attributes(data_drop_filter=key))
        for key, told in said_of(found.asked.filters, {}).items()
    ]
    return shown or [html.Span(_("All customers with an order"), className="sd-muted")]


def _choices(release: Loaded, found: Answer) -> Shown:
    """Return the lists to choose from, and what is chosen."""
    asked = found.asked.narrowed
    names = product_names(release)
    products = products_of(release)
    listed = products[:_PRODUCTS]
    if (chosen := asked.get("product")) and chosen not in listed:
        listed.append(chosen)
    everybody = {"value": ALL, "label": _("All")}
    return {
        "country_options": [
            everybody,
            *({"value": each.name, "label": each.name} for each in release.overview.countries),
        ],
        "segment_options": [
            everybody,
            *({"value": each.id, "label": each.name} for each in release.segments),
        ],
        "product_options": [
            {"value": ALL, "label": _("Any product")},
            *({"value": each, "label": names.get(each, each)} for each in listed),
        ],
        **{name: asked.get(name, ALL) for name in CHOSEN},
    }


def _nobody(found: Answer) -> Any:
    drop = " ".join(("cell", *found.asked.narrowed, *found.asked.filters.active))
    button = html.Button(
        _("Show all customers"), type="button", className="sd-btn", **attributes(data_drop_filter=drop)
    )
    said_why = found.withheld or _("No customer of this cohort ordered then.")
    return empty(_("Nobody is listed"), said_why, button)
