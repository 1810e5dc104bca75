"""The sentences of a release's tabs, as a reader finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from callbacks.movement.view import show as show_movement
from callbacks.segments.view import frame, show
from layouts.data.frame import page
from layouts.plain import plain
from layouts.playbooks.cards import group_card
from services.serving.movement.moments import why_not
from services.serving.playbooks.plans import KINDS, groups
from services.serving.release.loaded import Loaded
from services.serving.release.provenance import provenance
from services.serving.rules.find import RuleFilters
from services.serving.rules.sets import counted_of
from tests.truth.churn.rendered import churn
from tests.truth.cohorts.rendered import cohorts
from tests.truth.rendered_cards import baskets, clusters
from tests.truth.said import Said, figures, text_of, texts, walk


def sentences(release: Loaded) -> list[Said]:
    """Return what the tabs say of a release, in several views: all that are about its customers."""
    found = [*_segments(release), *_movement(release), *_playbooks(release), *_data(release)]
    found += [*clusters(release), *baskets(release), *churn(release), *cohorts(release)]
    return [replace(said, text=said.text.replace("\u00a0", " ").strip()) for said in found]


def _segments(release: Loaded) -> Iterator[Said]:
    for search in views(release):
        shown = show(release, search)
        if shown["cards_hidden"]:
            continue
        for name, text in shown["findings"].items():
            yield Said("segments", name, text, search)
        yield from (Said("segments", name, text, search) for name, text in figures(shown["kpis"]))
    for text in texts(frame(release, "")["alerts"]):
        yield Said("segments", "alerts", text)


def views(release: Loaded) -> list[str]:
    """Return queries: everybody by segment and by cluster, two segments, a country, an end of a range."""
    held = sorted((each for each in release.segments if each.customers), key=lambda each: -each.customers)
    asked = [[], [("group", "cluster")], [("r_max", "60")], [("m_min", "200"), ("group", "cluster")]]
    asked += [[("segment", each.id)] for each in (held[:1] + held[-1:])]
    asked += [[("country", each.name)] for each in release.overview.countries[:2]]
    return [f"?{urlencode(each)}" for each in asked]


def _movement(release: Loaded) -> Iterator[Said]:
    if why_not(release):
        return
    shown = show_movement(release, "")
    for name in ("diagram_finding", "flows_finding", "sizes_finding", "list_finding"):
        yield Said("movement", name, shown[name])
    yield from (Said("movement", name, text) for name, text in figures(shown["kpis"]))


def _playbooks(release: Loaded) -> Iterator[Said]:
    unit = release.overview.axes["frequency"].unit
    for kind in KINDS:
        for each in groups(release, kind):
            plan = {each.strategy.goal, each.strategy.message, each.strategy.offer}
            for text in texts(plain(group_card(each, None, unit))):
                if text not in plan:
                    yield Said("playbooks", f"{kind}:{each.id}", text)


def _data(release: Loaded) -> Iterator[Said]:
    shown = plain(
        page(
            provenance(release, date(2012, 1, 1), "Europe/London"),
            counted_of(release, RuleFilters()),
            "Europe/London",
        )
    )
    yield from (Said("data", name, text) for name, text in figures(shown[0]))
    for part in walk(shown[1:]):
        if part["type"] == "Section":
            title = next((text_of(each) for each in walk(part) if each["type"] == "H2"), "")
            if title == "Warnings":
                told = [text for text in texts(part) if "outlier" in text]
                yield from (Said("data", "Outliers", text) for text in told)
            for each in walk(part):
                if "sd-finding" in str(each["props"].get("className")):
                    yield Said("data", title, text_of(each))
