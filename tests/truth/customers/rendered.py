"""The sentences, figures and tables of the pages of a release's customers, as a reader finds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import numpy as np

from callbacks.customers.offers import offers
from callbacks.customers.view import cards, show
from layouts.customers.offers import METHODS
from layouts.plain import plain
from services.serving.customers.profile import at
from services.serving.customers.recommendations import report_of
from services.serving.release.loaded import Loaded
from tests.truth.rendered import Said, text_of, walk

FINDINGS = ("months", "history", "gaps", "favourites", "values", "value", "distances", "orders", "similar")


def chosen(release: Loaded) -> list[int]:
    """Return rows of about a dozen unlike customers: ends of each axis, who stands apart, first and last."""
    column = {name: np.asarray(values) for name, values in release.customers.items()}
    by_spend = np.argsort(column["monetary"], kind="stable").tolist()
    found = [0, release.count - 1, by_spend[-1], by_spend[0], by_spend[len(by_spend) // 2]]
    found += [int(column[axis].argmax()) for axis in ("recency", "frequency", "first_purchase", "products")]
    found += [int(column["margin"].argmin())]
    wanted = [column["orders"] == 1, column["outlier"], column["orders"] == 4, column["products"] == 0]
    if "rhythm" in column:
        wanted += [column["rhythm"] == state for state in range(4)]
        wanted += [column["next_record"] < 0]
    if "returns" in [name for (name,) in release.lookup().execute("SELECT name FROM sqlite_master")]:
        back = [row for (row,) in release.lookup().execute("SELECT DISTINCT customer FROM returns")]
        wanted += [np.isin(np.arange(release.count), back)]
    found += [int(fits.argmax()) for fits in wanted if fits.any()]
    return list(dict.fromkeys(found))


def pages(release: Loaded, rows: Iterable[int] | None = None) -> list[Said]:
    """Return what the pages of some customers say; of :func:`chosen` without ``rows``."""
    found = [said for row in (chosen(release) if rows is None else rows) for said in _page(release, row)]
    return [
        Said(each.tab, each.where, each.text.replace("\u00a0", " ").strip(), each.search) for each in found
    ]


def _page(release: Loaded, row: int) -> Iterator[Said]:
    profile = at(release, row)
    search = "?" + urlencode({"id": profile.customer_id})

    def said(where: str, part: Any) -> Said:
        return Said("customers", where, text_of(part), search)

    head = show(release, [profile.customer_id])
    for name in ("id", "segment", "cluster", "reason", "country", "first", "last", "margin", "with_order",
                 "without", "expected", "counted", "missing", "crumb"):  # fmt: skip
        yield said(name, head[name])
    for axis, value in head["values"].items():
        lit = head["squares"][axis]
        yield said(axis, [value, " | ", head["scores"][axis]])
        yield said(f"{axis} squares", f"{lit.get('--on', 0)} of {lit.get('--of')}")
    shown = cards(release, profile)
    for name in FINDINGS:
        yield said(name, plain(shown[f"{name}_finding"]))
    yield said("value note", shown["value_note"])
    yield said("favourites note", shown["favourites_note"])
    yield from (said("gaps none", each) for each in walk(shown["gaps_none"]) if each["type"] == "P")
    for name in ("months", "gaps", "values"):
        yield said(f"{name} figure", json.dumps(shown[name]))
    yield said("orders table", json.dumps(shown["orders"]))
    for place, part in shown["parts"]["parts"].items():
        yield from _parts(said, str(place).removeprefix("customers-"), part)
    yield from _offers(release, row, said)


def _parts(said: Any, place: str, part: Any) -> Iterator[Said]:
    for name in ("rows", "history"):
        if name in part:
            yield said(place, json.dumps(part[name]))
    for note in part.get("notes", []):
        yield said(place, f"{note['sign']}: {note['meaning']}")
    if "crossings" in part:
        lead, changes, note = (part["crossings"][name] for name in ("lead", "changes", "note"))
        yield said(place, f"{lead} {json.dumps(changes)} {note}".strip())


def _offers(release: Loaded, row: int, said: Any) -> Iterator[Said]:
    asked = [("new", method) for method in METHODS] + [("again", "best")]
    for kind, method in asked if not report_of(release)["missing"] else asked[:1]:
        shown = offers(release, row, kind, method)
        used = f"{kind} {method}"
        yield said(f"offers {used}", plain(shown["offers_finding"]))
        yield said(f"offers record {used}", plain(shown["offers_record"]))
        items = [
            [text_of(part) for part in item["props"]["children"][1:]]
            for item in walk(plain(shown["offers"]))
            if item["type"] == "Li"
        ]
        if items:
            yield said(f"offers list {used}", json.dumps(items))
