"""The method card: what a release counts, what became of its rows, how good it is and where it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.customers.offers import METHODS, track_record
from layouts.data.words import NO_PURCHASES, as_written, facts, lacking, sentences
from layouts.help.words import FEATURES, beyond_chance, cut_points, held_up, returned, scale
from layouts.parts import card, empty, expecting, term
from layouts.parts.cards import Content
from layouts.parts.woven import gap, woven
from services.core.language.again import again
from services.core.language.messages import _, later, plural
from services.core.left_out import words_of
from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    from services.serving.help.method import Method
    from services.serving.release.expected import Total

TWO_YEARS = 730
_DIGITS = 12

_CUT_POINTS: dict[Axis, later] = {
    "recency": later("Cut points, recency"),
    "frequency": later("Cut points, frequency"),
    "monetary": later("Cut points, spend"),
}

Facts = list[tuple[Component | str, Content]]


def cards(found: Method) -> list[Component]:
    """Return the three parts of the card, each a list of facts.

    Parameters
    ----------
    found : services.serving.help.method.Method
    """
    parts = [
        (_("What is counted"), facts(_counted(found))),
        (_("Rows and rules"), facts(_rows(found))),
        (_("How good it is, and where it ends"), html.Div([facts(_good(found)), sentences(limits(found))])),
    ]
    return [
        html.Div(
            [html.Div([html.H3(name, className="sd-data-sub"), part]) for name, part in parts],
            className="sd-help-method",
        ),
        html.P(_made(found), className="sd-note"),
    ]


def nothing(sentence: str) -> Component:
    """Return what stands in place of the method where there is no release, with the reason."""
    return empty(_("No release to describe"), sentence)


def _counted(found: Method) -> Facts:
    manifest, overview = found.found.manifest, found.found.overview
    countries = len(overview.countries)
    known = words.number(manifest.customers)
    if countries:
        known = plural(
            "{customers} in {n} country",
            "{customers} in {n} countries",
            countries,
            n=words.number(countries),
            customers=known,
        )
    told: Facts = [(_("Customers"), known)]
    if found.found.of_customers:
        spent = words.money_sum(found.found.revenue)
        told.append((_("Spend"), _("{money}, as the table gives it", money=spent)))
    else:
        first, last = words.date(manifest.data_from), words.date(manifest.data_to)
        days = _("{first} to {last}", first=first, last=last)
        name = words.revenue_name(after_returns=overview.glance.returns.matched is not None)
        told = [(_("Purchases"), days), *told, (_("Orders"), words.number(found.found.orders))]
        told += [(name, words.money_sum(found.found.revenue)), (_("Returns"), returned(found))]
    told.insert(1, (_("As of"), words.date_time(manifest.as_of)))
    told.append((_("Preset"), f"{found.preset.name}. {found.preset.summary}"))
    unit = overview.axes["frequency"].unit
    told.append((_("Frequency"), _("counts lines") if unit == "lines" else _("counts orders")))
    if overview.scoring is not None:
        fixed = found.preset.scoring.edges if found.preset.scoring else {}
        told.append((_("Scores"), scale(found)))
        for axis in AXES:
            points = _with_unit(axis, unit, cut_points(found, axis))
            if axis in fixed:
                points = _("{points}, fixed by the preset", points=points)
            told.append((_CUT_POINTS[axis](), points))
    told.append((_("Segments"), "; ".join(each.name for each in overview.segments)))
    told.append((_("Clusters"), _clusters(found)))
    return [*told, (_("Why as many"), again(overview.k.reason))]


def _with_unit(axis: Axis, unit: str, points: str) -> str:
    if axis == "monetary":
        return points
    if axis == "recency":
        return _("{points} days", points=points)
    return _("{points} lines", points=points) if unit == "lines" else _("{points} orders", points=points)


def _clusters(found: Method) -> str:
    said = []
    for feature in found.preset.clusters.features:
        axis = feature.removeprefix("log1p_")
        said.append(f"log({FEATURES[axis]()} + 1)" if axis != feature else FEATURES[axis]())
    clusters, values = words.number(found.found.manifest.k), words.listing(said)
    if found.preset.clusters.set_outliers_aside:
        return _(
            "{clusters}, K-means on {values}, each on one common scale; "
            "outliers are set aside while they are found",
            clusters=clusters,
            values=values,
        )
    return _("{clusters}, K-means on {values}, each on one common scale", clusters=clusters, values=values)


def _rows(found: Method) -> Facts:
    rows = found.found.manifest.rows
    taken = {each.rule: each.amount for each in found.found.overview.left_out or ()}
    told: Facts = [(_("In the file"), words.number(rows.read))]
    for rule, count in found.found.rejected.items():
        if count:
            amount = taken.get(rule)
            money = f", {words.money(float(amount))}" if amount is not None else ""
            told.append((words_of(rule).name, f"{words.number(count)}{money}"))
    told.append((html.B(_("Used")), html.B(words.number(rows.kept))))
    if found.found.overview.baskets_missing:
        return [*told, (_("Basket rules"), found.found.overview.baskets_missing)]
    sets = plural(
        "{rules} from {n} product set",
        "{rules} from {n} product sets",
        found.rules.sets,
        n=words.number(found.rules.sets),
        rules=words.number(found.rules.rules),
    )
    told.append((_("Basket rules"), sets))
    further = ((_("Beyond chance"), beyond_chance(found)), (_("Held up later"), held_up(found)))
    return [*told, *((name, said) for name, said in further if said)]


def _good(found: Method) -> Facts:
    manifest, rhythm = found.found.manifest, found.found.overview.rhythm
    told: Facts = []
    if manifest.silhouette is not None:
        told.append((term("silhouette"), words.number(manifest.silhouette, 2)))
    if found.stability is not None:
        agreed = _(
            "{n} agreement when customers are resampled (1 means identical)",
            n=words.number(found.stability, 2),
        )
        told.append((_("Clusters, resampled"), agreed))
    for record in rhythm.records if rhythm else ():
        held = plural(
            "{held} held ({share}) of {n} interval tested on earlier days",
            "{held} held ({share}) of {n} intervals tested on earlier days",
            record.intervals,
            n=words.number(record.intervals),
            held=words.number(record.held),
            share=words.share(record.held / record.intervals),
        )
        told.append((_("Next order, {level}\u00a0% intervals", level=record.level), held))
    if found.expected:
        told.append((_("Expected spend"), _expected(found.expected)))
    return [*told, *_offers(manifest.metrics)]


def _expected(total: Total) -> str:
    return plural(
        "{money} in the {n} day after {day}, without new customers; {record}",
        "{money} in the {n} days after {day}, without new customers; {record}",
        total.days,
        n=words.number(total.days),
        money=words.money_short(total.spend),
        day=words.date_short(total.seen),
        record=expecting.off(total.off),
    )


def _offers(metrics: Mapping[str, Any]) -> Facts:
    record = metrics.get("recommendations")
    if not record:
        return []
    name = METHODS.get(record["default"], record["default"])
    said = track_record(record, record["default"], again=False)
    return [(_("Offers"), f"{name}. {said}")] if said else []


def limits(found: Method) -> list[str]:
    """Return what the release cannot tell and what training warned of, a sentence each."""
    overview, said = found.found.overview, []
    if found.found.of_customers:
        said.append(NO_PURCHASES())
    else:
        said += lacking(found.found.lacks)
        if found.days < TWO_YEARS:
            said.append(
                plural(
                    "The purchases span {n} day: under two years, a season cannot be told from a trend.",
                    "The purchases span {n} days: under two years, a season cannot be told from a trend.",
                    found.days,
                    n=words.number(found.days),
                )
            )
    if overview.rhythm is None:
        said.append(_("This release was made by an earlier version, which did not judge customers’ rhythms."))
    elif overview.rhythm.missing:
        said.append(again(overview.rhythm.missing))
    if value := overview.value:
        said += [again(each) for each in (*([value.missing] if value.missing else []), *value.warnings)]
    if found.no_offers:
        said.append(again(found.no_offers))
    return list(dict.fromkeys([*said, *map(again, found.found.manifest.warnings)]))


def _made(found: Method) -> list[Component | str]:
    manifest = found.found.manifest
    made = _(
        "Release {release}, made {when} by Segment Desk ({version}), seed {seed}, from {file} "
        "(SHA-256 {digits}…).",
        release=manifest.id,
        when=words.date_time(manifest.made_at),
        version=manifest.made_by,
        seed=manifest.seed,
        file=gap("file"),
        digits=manifest.source.sha256[:_DIGITS],
    )
    link = dcc.Link(_("All of it on Data"), href="/data")
    return [*woven(made, file=as_written(manifest.source.name)), " ", link]


def method_card(id: str, waiting: Component) -> html.Section:
    """Return the card as first shown; a callback fills it."""
    return card(
        _("Method of this release"),
        _("What it counts, what it leaves out, how good it is and where it ends."),
        html.Div(waiting, id=id),
    )
