"""What the tab Churn shows for an address: plain functions, values in, components and figures out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import html, no_update

from layouts import words
from layouts.churn import figures, parts, records, tables, told
from layouts.churn import words as said
from layouts.churn.list import columns
from layouts.parts import cluster_chip, segment_badge
from layouts.plain import plain
from layouts.segments import filters as bar
from layouts.segments.words import of_file
from services.core.filters import CHOICES, REPEATED
from services.core.language.again import again
from services.core.language.messages import _
from services.core.parameters import odd_on_page
from services.core.text.addresses import query_of
from services.serving.churn.asked import KEYS
from services.serving.churn.grouped import by_group, cells, certainty, confusion, curves
from services.serving.churn.people import Answer, answer, rows_by_loss, why_not
from services.serving.churn.told import told_by_group, told_churn
from services.serving.lists import listing as customer_list
from services.serving.lists.filters import names

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from services.releases.overview.churn import Churn
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
#: What filters and costs change.
VIEW = (
    "missing", "body_class", "chips", "found", "notes", "kpis", "map", "map_finding", "profit",
    "profit_finding", "profit_table", "profit_note", "list_finding", "list_class", "part", "nothing",
    "audience_label", "export_hidden", "segments", "segments_finding", "clusters", "clusters_finding",
    "confusion", "costs",
)  # fmt: skip
#: What stays.
FRAME = (
    "sub", "menus", "columns", "calibration", "calibration_finding", "calibration_table", "calibration_note",
    "cuts", "cuts_finding", "cuts_note", "models", "models_finding", "roc", "precision", "lift", "framed",
)  # fmt: skip
CURVES = ("roc", "precision", "lift")


def show(release: Loaded, search: str | None, by_contacts: ByContacts | None = None) -> Shown:
    """Return what an address's filters and costs change, but the list of customers.

    Parameters
    ----------
    release : Loaded
    search : str or None
        With its question mark.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.
    """
    churn, reason = release.overview.churn, why_not(release)
    if reason or churn is None:
        return dict.fromkeys(VIEW, no_update) | {
            "missing": plain(_missing(release, again(reason))),
            "body_class": "sd-folded",
        }
    found = answer(release, query_of(search), by_contacts)
    odd = odd_on_page(query_of(search, blanks=True), KEYS, REPEATED)
    notes = [each.noted for each in (*odd, *found.asked.left_out)]
    people = int(found.fits.sum())
    filters = found.asked.filters
    return {
        "missing": [],
        # A list without width cannot lay out its columns, so it is folded, not taken away.
        "body_class": "",
        "chips": plain(bar.chips(filters, names(release))),
        "found": plain(bar.found(people, release.count, bool(filters.active))),
        "notes": plain(bar.notes(notes)),
        "kpis": plain(_figures(release, churn, found)) if people else [],
        **_map(found),
        **_profit(found),
        **_listed(release, found),
        **_grouped(release, found),
        "confusion": plain(_confusion(churn, found)),
        "costs": found.asked.costs.typed,
    }


def frame(release: Loaded) -> Shown:
    """Return what no filter and no cost changes: columns, menus, and what the models did before."""
    churn = release.overview.churn
    if churn is None or why_not(release):
        return dict.fromkeys(FRAME, no_update) | {"menus": dict.fromkeys(CHOICES, no_update)}
    known = names(release)
    held = [each for each in churn.bands if each.customers and each.predicted is not None]
    off = [
        abs(100 * (each.left / each.customers - (each.predicted or 0))) > said.WARNED_FROM for each in held
    ]
    tried = [(model, curves(model)) for model in churn.models]
    return {
        "sub": said.head(churn, release.manifest.preset, release.id),
        "menus": {name: plain(bar.menu(choice, known[name])) for name, choice in CHOICES.items()},
        "columns": columns(release.segments, release.preset.rfm.frequency, churn.horizon),
        "calibration": figures.calibration(held, off),
        "calibration_finding": records.of_bands(churn),
        "calibration_table": plain(tables.bands(churn)),
        "calibration_note": records.of_bands_note(churn),
        "cuts": plain(tables.cuts(churn, churn.served or "")),
        "cuts_finding": records.of_cuts(churn.cuts),
        "cuts_note": records.of_cuts_note(churn.cuts[-1]),
        "models": plain(tables.models(churn)),
        "models_finding": records.of_models(churn),
        **{kind: figures.curve(tried, churn.served, kind) for kind in CURVES},
        "framed": True,
    }


def _missing(release: Loaded, reason: str) -> Component:
    """Say why there is no chance, and who churned where the table of customers says it."""
    churned = told_churn(release)
    if churned is None:
        return parts.missing(reason)
    signs = _signs(release)
    cards = [
        told.group_card(
            told_by_group(churned, release.customers[kind]), signs[kind], [each.name for each in groups], kind
        )
        for kind, groups in (("segment", release.segments), ("cluster", release.clusters))
        # personas are clusters by other names: once is enough
        if groups and (kind == "segment" or release.preset.segments.kind != "clusters")
    ]
    return told.told(reason, cards)


def _signs(release: Loaded) -> dict[str, list[Component]]:
    return {
        "segment": [segment_badge(each) for each in release.segments],
        "cluster": [cluster_chip(each) for each in release.clusters],
    }


def _figures(release: Loaded, churn: Churn, found: Answer) -> Any:
    of, fits, best = found.scores, found.fits, found.best
    pays = _("at these costs nobody is")
    if best.percent is not None:
        pays = _(
            "at {share} or more, for {profit}",
            share=words.share(best.percent / 100),
            profit=words.money_sum(best.profit),
        )
    states = [each.id for each in release.overview.rhythms]
    late = None
    if "silent" in states:
        state = release.customers["rhythm"][fits]
        overdue, silent = (int((state == states.index(name)).sum()) for name in ("overdue", "silent"))
        late = (overdue + silent, silent)
    return parts.figures(
        churn,
        float(of.chance[fits].sum()),
        int(fits.sum()),
        (float(of.loss[fits].sum()), float(of.usual[fits].sum())),
        (int(found.contacted.sum()), pays),
        late,
    )


def _map(found: Answer) -> Shown:
    of, asked = found.scores, found.asked
    chosen = (f"{asked.band[0]}-{asked.band[1]}" if asked.band else "", str(asked.fifth or ""))
    kept = [pair for pair in asked.pairs if pair[0] not in ("band", "fifth")]

    def leads(band: str, fifth: str) -> str:
        more = [("band", band), ("fifth", fifth)] if band else []
        return f"?{urlencode([*kept, *more], doseq=True)}"

    edges, percent = of.edges.tolist(), found.best.percent
    maps = [
        parts.risk_map(cells(found, bands), edges, percent, chosen, leads, kind)
        for bands, kind in ((10, "sd-churn-wide"), (5, "sd-churn-narrow"))
    ]
    lost = float(of.loss[found.contacted].sum())
    total = float(of.loss[found.fits].sum())
    return {
        "map": plain(maps),
        "map_finding": said.of_map(int(found.contacted.sum()), lost, total, found.best),
    }


def _profit(found: Answer) -> Shown:
    brings, best = found.profit, found.best
    label = (
        "" if best.percent is None else f"{words.share(best.percent / 100)}: {words.money_sum(best.profit)}"
    )
    note = said.of_certainty(certainty(found), found.asked.costs.success)
    return {
        "profit": figures.profit(brings, best.percent, label),
        "profit_finding": said.of_profit(int(found.contacted.sum()), float(brings[0]), best),
        "profit_table": plain(tables.profits(brings.tolist())),
        "profit_note": plain(parts.profit_note(note)),
    }


def _listed(release: Loaded, found: Answer) -> Shown:
    rows, of = rows_by_loss(release, found), found.scores
    listed, filters = len(rows), found.asked.filters
    nothing: Any = []
    if not found.fits.any():
        nothing = plain(parts.no_customers(filters.active))
    elif not listed:
        nothing = plain(parts.nobody(dict(filters.pairs), of_map=found.asked.of_map))
    first, total = float(of.loss[rows[:10]].sum()), float(of.loss[rows].sum())
    return {
        "list_finding": said.of_list(listed, found.best, first, total, of_map=found.asked.of_map)
        + of_file(listed, customer_list.MOST_IN_FILE),
        # A list without width cannot lay out its columns, so it is folded, not taken away.
        "list_class": "" if listed else "sd-folded",
        "part": plain(parts.part(said.part_of_map(found.asked.band, found.asked.fifth))),
        "nothing": nothing,
        "audience_label": said.of_saving(listed),
        "export_hidden": not listed,
    }


def _grouped(release: Loaded, found: Answer) -> Shown:
    signs = _signs(release)
    shown: Shown = {}
    for kind, groups in (("segment", release.segments), ("cluster", release.clusters)):
        shares = by_group(found, release.customers[kind])
        ids = [each.id for each in groups]
        shown[f"{kind}s"] = plain(tables.groups(shares, signs[kind], ids, kind)) if groups else []
        shown[f"{kind}s_finding"] = said.of_groups(shares, [each.name for each in groups], kind)
    return shown


def _confusion(churn: Churn, found: Answer) -> Any:
    percent = found.best.percent
    held = None if percent is None else confusion(churn, percent)
    if held is None or percent is None:
        return html.P(records.NO_THRESHOLD())
    sentence = records.of_confusion(held, percent, churn.cuts[-1].day)
    return html.Div([html.P(sentence, className="sd-finding"), tables.confusion(held, percent)])
