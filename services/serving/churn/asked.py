"""What an address asks of the tab Churn: costs, filters, and a part of the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.core.churn.costs import FIGURES, Costs
from services.core.filters import REPEATED
from services.core.language.messages import _
from services.core.parameters import LeftOut
from services.core.refusals import Refusal
from services.serving.lists.by_contacts import ByContacts
from services.serving.lists.filters import Filters, read_filters
from services.serving.release.loaded import Loaded

#: Besides the filters, keys of the address. One of them makes the file of customers one of this tab.
KEYS = (*(each.name for each in FIGURES), "band", "fifth")
FIFTHS = 5
WIDTH = 10
"""Per cent of a band of risk; the last one holds 100, too."""


@dataclass(frozen=True)
class Asked:
    """An address, understood.

    Attributes
    ----------
    costs : Costs
    filters : Filters
        Who could be contacted at all: the threshold is theirs.
    band : (int, int) or None
        Of risk, in per cent, from and below; the list shows it whatever the threshold.
    fifth : int or None
        Of usual spend, 1 the least.
    left_out : list of LeftOut
    """

    costs: Costs
    filters: Filters
    band: tuple[int, int] | None
    fifth: int | None
    left_out: list[LeftOut]

    @property
    def of_map(self) -> bool:
        """Whether a part of the map is listed, not everybody whom contacting pays for."""
        return self.band is not None or self.fifth is not None

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """Keys and values that ask for this and nothing else; every cost, so that the link keeps it."""
        kept: list[tuple[str, Any]] = [(each.name, getattr(self.costs, each.name)) for each in FIGURES]
        if self.band:
            kept.append(("band", f"{self.band[0]}-{self.band[1]}"))
        if self.fifth:
            kept.append(("fifth", str(self.fifth)))
        return [*kept, *self.filters.pairs]


def read_asked(
    release: Loaded, query: Mapping[str, Sequence[str]], by_contacts: ByContacts | None = None
) -> Asked:
    """Read an address; what cannot be followed is left out and noted.

    Parameters
    ----------
    release : Loaded
    query : mapping
        Keys to values, as ``services.core.text.addresses`` reads them. The last of several counts.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.
    """
    left_out: list[LeftOut] = []
    costs = {}
    for figure in FIGURES:
        costs[figure.name] = figure.usual
        if text := _one(query, figure.name):
            try:
                costs[figure.name] = figure.read(text)
            except Refusal as refused:
                left_out.append(LeftOut(figure.name, str(refused), page=_("the usual one counts")))
    read = read_filters({name: query[name] for name in REPEATED if name in query}, release, by_contacts)
    return Asked(
        Costs(**costs),
        read.filters,
        _band(_one(query, "band"), left_out),
        _fifth(_one(query, "fifth"), left_out),
        [*left_out, *read.left_out],
    )


def _band(text: str, left_out: list[LeftOut]) -> tuple[int, int] | None:
    if not text:
        return None
    edges = [str(edge) for edge in range(0, 101, WIDTH)]
    low, _dash, high = text.partition("-")
    if low in edges and high in edges and int(low) < int(high):
        return int(low), int(high)
    why = _("“{text}” is not a band of risk", text=text[:60])
    left_out.append(LeftOut("band", why, _("Write two multiples of ten in per cent, such as 30-40.")))
    return None


def _fifth(text: str, left_out: list[LeftOut]) -> int | None:
    if not text:
        return None
    if text in [str(fifth) for fifth in range(1, FIFTHS + 1)]:
        return int(text)
    why = _("“{text}” is not a fifth of usual spend", text=text[:60])
    left_out.append(LeftOut("fifth", why, _("Write 1 for the least to 5 for the most.")))
    return None


def _one(query: Mapping[str, Sequence[str]], name: str) -> str:
    values = query.get(name, ())
    return values[-1] if values else ""
