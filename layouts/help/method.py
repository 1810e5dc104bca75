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
from services.core.left_out import words_of
from services.core.vocabulary import AXES

if TYPE_CHECKING:
    from services.serving.help.method import Method
    from services.serving.release.expected import Total

TWO_YEARS = 730
_DIGITS = 12

Facts = list[tuple[Component | str, Content]]


def cards(found: Method) -> list[Component]:
    """Return the three parts of the card, each a list of facts.

    Parameters
    ----------
    found : services.serving.help.method.Method
    """
    parts = [
        ("What is counted", facts(_counted(found))),
        ("Rows and rules", facts(_rows(found))),
        ("How good it is, and where it ends", html.Div([facts(_good(found)), sentences(limits(found))])),
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
    return empty("No release to describe", sentence)


def _counted(found: Method) -> Facts:
    manifest, overview = found.found.manifest, found.found.overview
    countries = len(overview.countries)
    known = words.number(manifest.customers)
    if countries:
        known += f" in {words.count(countries, 'country', 'countries')}"
    told: Facts = [("Customers", known)]
    if found.found.of_customers:
        told.append(("Spend", f"{words.money_sum(found.found.revenue)}, as the table gives it"))
    else:
        days = f"{words.date(manifest.data_from)} to {words.date(manifest.data_to)}"
        name = words.revenue_name(after_returns=overview.glance.returns.matched is not None)
        told = [("Purchases", days), *told, ("Orders", words.number(found.found.orders))]
        told += [(name, words.money_sum(found.found.revenue)), ("Returns", returned(found))]
    told.insert(1, ("As of", words.date_time(manifest.as_of)))
    told.append(("Preset", f"{found.preset.name}. {found.preset.summary}"))
    told.append(("Frequency", f"counts {overview.axes['frequency'].unit}"))
    if overview.scoring is not None:
        fixed = found.preset.scoring.edges if found.preset.scoring else {}
        told.append(("Scores", scale(found)))
        for axis in AXES:
            how = ", fixed by the preset" if axis in fixed else ""
            unit = {"recency": " days", "frequency": f" {overview.axes[axis].unit}"}.get(axis, "")
            told.append((f"Cut points, {FEATURES[axis]}", f"{cut_points(found, axis)}{unit}{how}"))
    told.append(("Segments", "; ".join(each.name for each in overview.segments)))
    told.append(("Clusters", f"{words.number(manifest.k)}, K-means on {_features(found)}"))
    return [*told, ("Why as many", overview.k.reason)]


def _features(found: Method) -> str:
    said = []
    for feature in found.preset.clusters.features:
        axis = feature.removeprefix("log1p_")
        said.append(f"log({FEATURES[axis]} + 1)" if axis != feature else FEATURES[axis])
    aside = "; outliers are set aside while they are found" * found.preset.clusters.set_outliers_aside
    return f"{words.listing(said)}, each on one common scale{aside}"


def _rows(found: Method) -> Facts:
    rows = found.found.manifest.rows
    taken = {each.rule: each.amount for each in found.found.overview.left_out or ()}
    told: Facts = [("In the file", words.number(rows.read))]
    for rule, count in found.found.rejected.items():
        if count:
            amount = taken.get(rule)
            money = f", {words.money(float(amount))}" if amount is not None else ""
            told.append((words_of(rule).name, f"{words.number(count)}{money}"))
    told.append((html.B("Used"), html.B(words.number(rows.kept))))
    if found.found.overview.baskets_missing:
        return [*told, ("Basket rules", found.found.overview.baskets_missing)]
    sets = words.count(found.rules.sets, "product set")
    told.append(("Basket rules", f"{words.number(found.rules.rules)} from {sets}"))
    further = {"Beyond chance": beyond_chance(found), "Held up later": held_up(found)}
    return [*told, *((name, said) for name, said in further.items() if said)]


def _good(found: Method) -> Facts:
    manifest, rhythm = found.found.manifest, found.found.overview.rhythm
    told: Facts = []
    if manifest.silhouette is not None:
        told.append((term("silhouette"), words.number(manifest.silhouette, 2)))
    if found.stability is not None:
        like = "agreement when customers are resampled (1 means identical)"
        told.append(("Clusters, resampled", f"{words.number(found.stability, 2)} {like}"))
    for record in rhythm.records if rhythm else ():
        stated = f"of {words.number(record.intervals)} intervals tested on earlier days"
        share = words.share(record.held / record.intervals)
        held = f"{words.number(record.held)} held ({share})"
        told.append((f"Next order, {record.level}\u00a0% intervals", f"{held} {stated}"))
    if found.expected:
        told.append(("Expected spend", _expected(found.expected)))
    return [*told, *_offers(manifest.metrics)]


def _expected(total: Total) -> str:
    return (
        f"{words.money_short(total.spend)} in the {words.days(total.days)} after "
        f"{words.date_short(total.seen)}, without new customers; {expecting.off(total.off)}"
    )


def _offers(metrics: Mapping[str, Any]) -> Facts:
    record = metrics.get("recommendations")
    if not record:
        return []
    name = METHODS.get(record["default"], record["default"])
    said = track_record(record, record["default"], again=False)
    return [("Offers", f"{name}. {said}")] if said else []


def limits(found: Method) -> list[str]:
    """Return what the release cannot tell and what training warned of, a sentence each."""
    overview, said = found.found.overview, []
    if found.found.of_customers:
        said.append(NO_PURCHASES())
    else:
        said += lacking(found.found.lacks)
        if found.days < TWO_YEARS:
            said.append(
                f"The purchases span {words.days(found.days)}: under two years, a season cannot be told "
                "from a trend."
            )
    if overview.rhythm is None:
        said.append("This release was made by an earlier version, which did not judge customers’ rhythms.")
    elif overview.rhythm.missing:
        said.append(overview.rhythm.missing)
    if value := overview.value:
        said += [*([value.missing] if value.missing else []), *value.warnings]
    if found.no_offers:
        said.append(found.no_offers)
    return list(dict.fromkeys([*said, *found.found.manifest.warnings]))


def _made(found: Method) -> list[Component | str]:
    manifest = found.found.manifest
    return [
        f"Release {manifest.id}, made {words.date_time(manifest.made_at)} by Segment Desk "
        f"({manifest.made_by}), seed {manifest.seed}, from ",
        as_written(manifest.source.name),
        f" (SHA-256 {manifest.source.sha256[:_DIGITS]}…). ",
        dcc.Link("All of it on Data", href="/data"),
    ]


def method_card(id: str, waiting: Component) -> html.Section:
    """Return the card as first shown; a callback fills it."""
    return card(
        "Method of this release",
        "What it counts, what it leaves out, how good it is and where it ends.",
        html.Div(waiting, id=id),
    )
