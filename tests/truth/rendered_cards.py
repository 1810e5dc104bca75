"""The sentences of Clusters and Baskets, in several views of a release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from callbacks.baskets.cards import show_following, show_group
from callbacks.baskets.steps import details, first
from callbacks.baskets.view import missing, point, show
from callbacks.clusters.wiring import show_k, show_served
from layouts.plain import plain
from services.serving.release.loaded import Loaded
from services.serving.rules.address import view_at
from services.serving.rules.find import find
from services.serving.rules.scatter import points
from tests.truth.said import BAR, Said, cards, spaced, text_of, texts, walk

_TOP = 5  # rows of the table of rules whose details are opened


def clusters(release: Loaded) -> Iterator[Said]:
    """Return what Clusters says: of those in use, then of a few numbers of clusters."""
    shown = plain(show_served(release))
    yield Said("clusters", "sub", text_of(shown["sub"]))
    if shown["bar_hidden"]:
        yield from (Said("clusters", "missing", text) for text in texts(shown["served"]))
        return
    yield from (Said("clusters", where, text) for where, text in cards(shown["served"]))
    served = release.manifest.k
    known = [int(each["value"]) for each in shown["options"]]
    for k in dict.fromkeys((served, 2, served - 1, served + 1, max(known, default=served))):
        if k not in known:
            continue
        search = "" if k == served else f"?k={k}"
        tried = plain(show_k(release, search))
        yield from (Said("clusters", "preview", text, search) for text in texts(tried["notes"]))
        yield from (Said("clusters", where, text, search) for where, text in cards(tried["tried"]))


def baskets(release: Loaded) -> Iterator[Said]:
    """Return what Baskets says of everybody, of a few groups and periods, by customer, and filtered."""
    if lacks := release.overview.baskets_missing:
        yield from (Said("baskets", "missing", text) for text in texts(plain(missing(lacks)["notes"])))
        return
    for search in _asked(release):
        for where, text in _page(release, search):
            yield Said("baskets", where, text, search)


def _asked(release: Loaded) -> list[str]:
    """Return queries: each kind of group, its customers as baskets, two products, bounds, what held up."""
    scopes = [each for each in release.overview.rule_scopes if each.id != "all"]
    most = {}
    for each in sorted(scopes, key=lambda each: each.rules):
        group, _, of = each.id.partition("@")
        kind, _, name = group.partition(":")
        most[kind, of] = ([(kind, name)] if name else []) + ([("baskets", of)] if of else [])
    asked: list[list[tuple[str, str]]] = [[], *most.values(), [("min_lift", "4")], [("unpruned", "1")]]
    asked += [[("held_up", each)] for each in ("yes", "no", "unknown") if release.overview.rules_later]
    everybody = release.rules["scope"] == 0
    if everybody.any():
        best = release.rules["antecedents"][int(everybody.argmax())]
        codes = [release.overview.items[place].product for place in best.tolist() if place >= 0]
        asked += [[("item", codes[0])], [("basket", code) for code in codes]]
        asked.append([("item", codes[0]), ("min_lift", "999")])
    return [f"?{urlencode(each)}" for each in asked]


def _page(release: Loaded, search: str) -> Iterator[tuple[str, str]]:
    asked = view_at(release, search)
    found = find(release, asked.filters)
    shown, group = show(release, asked, found, None), plain(show_group(release, asked.filters.scope))
    following = show_following(release, asked.filters, found)
    for name in ("sub", "found", "offer", "scatter_finding", "rules_finding"):
        yield name, text_of(plain(shown[name]))
    yield from (("offers", spaced(each)) for each in _entries(plain(shown["offers"])))
    for name in ("notes", "instead"):
        yield from ((name, text) for text in texts(plain(shown[name])))
    for name in ("groups_finding", "groups_note", "sets_finding", "bundles_finding", "bundles_note"):
        yield name, text_of(plain(following[name]))
    for name in ("hint", "rules_note", "clusters_finding"):
        yield name, text_of(group[name])
    for part in walk(group["clusters"]):
        if part["props"].get("className") == "sd-top":
            head, body = part["props"]["children"]
            yield from ((f"top: {spaced(head)}", spaced(each)) for each in _entries(body))
    yield from _drawn(following["data"])
    yield from _listed(release, search)


def _entries(shown: Any) -> Iterator[dict[str, Any]]:
    yield from (part for part in walk(shown) if part["type"] in ("P", "Li"))


def _drawn(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Return the rows that the browser draws: groups, sets, bundles."""
    for each in data["groups"]["groups"]:
        yield "groups: row", _row(each["name"], each["lift"], len(each["pairs"]), *each["products"])
    for each in data["sets"]:
        yield "sets: row", _row(each["count"], each["share"], *each["products"])
    for each in data["bundles"]["listed"]:
        best = spaced(data["bundles"]["clusters"][each["cluster"]]) if each["cluster"] else "–"
        yield (
            "bundles: row",
            _row(each["count"], each["share"], each["price"], best, each["of"], *each["products"]),
        )


def _row(*cells: Any) -> str:
    return BAR.join(str(each if isinstance(each, (str, int, float)) else each and each[0]) for each in cells)


def _listed(release: Loaded, search: str) -> Iterator[tuple[str, str]]:
    """Return the first rules of the table with their details, and what is said of a point of the picture."""
    asked = view_at(release, search)
    found = find(release, asked.filters)
    listed = first(release, search, asked.filters, found, None)["portion"]["rows"]["rowData"]
    for rule in listed[:_TOP]:
        opened = details(release, search, {"row": rule["id"]})
        for text in texts([part for part in walk(opened) if part["type"] == "P"]):
            yield f"details: {rule['id']}", text
        for part in walk(opened):
            if part["type"] == "Tr" and any(each["type"] == "Td" for each in walk(part)):
                cells = [each for each in walk(part) if each["type"] in ("Td", "Th")]
                yield f"details row: {rule['id']}", BAR.join(spaced(each) for each in cells)
    drawn = points(release, found, asked.filters.scope)
    for place in {0, len(drawn.rows) - 1} if len(found) else ():
        hovered = {"points": [{"pointNumber": place, "x": int(drawn.counts[place])}]}
        yield f"point: {drawn.rows[place]}", text_of(plain(point(release, search, hovered)))
