"""The sentences, key figures and rows of the tab Churn, in a few views of a release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from callbacks.churn.view import frame, show
from layouts.plain import plain
from services.serving.churn.people import why_not
from services.serving.release.loaded import Loaded
from tests.truth.said import BAR, Said, figures, spaced, text_of, texts, walk

#: What of the page stays, and what costs and filters change.
_STAYS = ("sub", "calibration_finding", "calibration_note", "cuts_finding", "cuts_note", "models_finding")
_CHANGES = ("map_finding", "profit_finding", "list_finding", "segments_finding", "clusters_finding")


def churn(release: Loaded) -> Iterator[Said]:
    """Return what Churn says: of everybody, other costs, a segment, a part of the map."""
    if why_not(release):
        for text in texts(show(release, "")["missing"]):
            yield Said("churn", "missing", text)
        return
    stays = frame(release)
    for name in _STAYS:
        yield Said("churn", name, text_of(stays[name]))
    for name in ("calibration_table", "cuts"):
        yield from (Said("churn", f"{name}: row", text) for text in _rows(stays[name]))
    for search in _asked(release):
        yield from (Said("churn", where, text, search) for where, text in _view(release, search))


def _view(release: Loaded, search: str) -> Iterator[tuple[str, str]]:
    """Return what costs and filters change."""
    shown = show(release, search)
    for name in (*_CHANGES, "profit_note"):
        yield name, text_of(shown[name])
    yield from figures(shown["kpis"])
    for name in ("segments", "clusters", "confusion"):
        yield from ((f"{name}: row", text) for text in _rows(shown[name]))
    said = [part for part in walk(shown["confusion"]) if part["type"] == "P"]
    yield from (("confusion", text) for text in texts(said))
    for part in walk(shown["map"]):
        if label := part["props"].get("aria-label"):
            yield "map: cell", label


def _asked(release: Loaded) -> list[str]:
    held = sorted((each for each in release.segments if each.customers), key=lambda each: -each.customers)
    asked: list[list[tuple[str, str]]] = [
        [],
        [("success", "0"), ("offer", "9")],
        [("contact", "0"), ("offer", "0")],
    ]
    asked += [[("band", "30-40"), ("fifth", "5")]]
    asked += [[("segment", each.id)] for each in held[:1]]
    return [f"?{urlencode(each)}" for each in asked]


def _rows(shown: Any) -> Iterator[str]:
    for part in walk(plain(shown)):
        if part["type"] == "Tr" and any(each["type"] == "Td" for each in walk(part)):
            cells = [each for each in walk(part) if each["type"] in ("Td", "Th")]
            yield BAR.join(spaced(each) for each in cells)
