"""The sentences and rows of the tab Cohorts, in a few views of a release."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from callbacks.cohorts.more import more
from callbacks.cohorts.view import show
from layouts.plain import plain
from services.serving.cohorts.address import answer, why_not
from services.serving.release.loaded import Loaded
from tests.truth.said import Said, cards, text_of, texts

_SAID = ("sub", "finding", "note", "list_finding", "found")


def cohorts(release: Loaded) -> Iterator[Said]:
    """Return what Cohorts says: by each period and measure, narrowed, with a cell open, and its cards."""
    if why_not(release):
        for text in texts(show(release, "")["missing"]):
            yield Said("cohorts", "missing", text)
        return
    for search in _asked(release):
        shown = show(release, search)
        for name in _SAID:
            yield Said("cohorts", name, text_of(shown[name]), search)
        yield from (
            Said("cohorts", "matrix", text, search) for text in texts(shown["matrix"]) if " per " in text
        )
    for where, text in cards(plain(more(release))):
        yield Said("cohorts", where, text)


def _asked(release: Loaded) -> list[str]:
    asked: list[list[tuple[str, str]]] = [
        [("every", every), ("show", measure)]
        for every, measure in (
            ("month", "share"),
            ("month", "revenue"),
            ("quarter", "orders"),
            ("week", "cumulative"),
        )
    ]
    asked += [[("country", each.name)] for each in release.overview.countries[:1]]
    asked += [[("segment", each.id)] for each in release.segments[:1]]
    whole = answer(release, {})
    count = len(whole.found.sizes)
    places = [(row, since) for row in range(count) for since in range(1, min(4, count - row))]
    shown = [each for each in places if not whole.out[each]]
    if shown:
        row, since = shown[len(shown) // 2]
        asked.append([("cell", f"{whole.first_day(row):%Y-%m}.{since}")])
    return [f"?{urlencode(each)}" for each in asked]
