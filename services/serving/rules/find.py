"""The basket rules of a release: which of them a reader asks for, and what each says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt

from services.core.language.again import again
from services.core.language.messages import _, later
from services.core.refusals import NotFound, Refusal, ReleaseUnusable
from services.core.rules.measures import MEASURES
from services.core.text.numbers_plain import plain_text
from services.core.text.numbers_typed import BRITISH, Notation
from services.serving.release.loaded import Loaded
from services.serving.rules.index import ALL, Rows, rule_index

SIDES = ("antecedents", "consequents")
COUNTS = ("count", "antecedent_count", "consequent_count")
TESTED = (
    "p_value", "q_value", "later_count", "later_antecedent_count", "later_consequent_count",
    "later_confidence", "held_up", "customers", "chance_lift", "finding",
)  # fmt: skip
"""Columns that releases made before lack."""
LIFT_DIGITS = 9
"""A lift is what several divisions leave: beyond these digits, 3 may be less than 3."""
HELD_UP = {"yes": 1, "no": 0, "unknown": -1}
KINDS = ("cluster", "segment", "period")
OF_CUSTOMERS = "customers"
_BOUNDS = {
    "min_support": (1.0, later("The support is a share of baskets from 0 to 1: write 0.05 for 5 %.")),
    "min_confidence": (1.0, later("The confidence is a share from 0 to 1: write 0.5 for 50 %.")),
    "min_lift": (
        math.inf,
        later("The lift is a number from 0 up, with a point before decimals, such as 1.5."),
    ),
}
_NONE_BY_CUSTOMERS = later("There are no rules by customers in this release.")
_NONE_FOR = {
    ("cluster", False): later("There are no rules for a cluster “{group}” in this release."),
    ("cluster", True): later("There are no rules for a cluster “{group}” by customers in this release."),
    ("segment", False): later("There are no rules for a segment “{group}” in this release."),
    ("segment", True): later("There are no rules for a segment “{group}” by customers in this release."),
    ("period", False): later("There are no rules for a period “{group}” in this release."),
    ("period", True): later("There are no rules for a period “{group}” by customers in this release."),
}
"""By the kind of group, and whether a basket is everything a customer bought."""


@dataclass(frozen=True)
class RuleFilters:
    """Which rules are asked for.

    Attributes
    ----------
    scope : str
        ``all``, ``cluster:<id>``, ``segment:<id>`` or ``period:<id>``: which baskets the rules were mined
        from; with ``@customers`` at its end a basket is everything a customer bought.
    items : tuple of str
        Each is the code of a product or part of a name; a rule must hold a product for every one.
    min_support, min_confidence, min_lift : float or None
        Inclusive; shares are 0–1.
    unpruned : bool
        With rules that part of their antecedents explains as well.
    held_up : str
        ``yes``, ``no`` or ``unknown``: what the later baskets say; empty for all rules.
    basket : tuple of str
        Codes of the products in somebody's basket: rules that start from nothing else and lead to nothing
        that is in it; empty for all rules.
    """

    scope: str = ALL
    items: tuple[str, ...] = ()
    min_support: float | None = None
    min_confidence: float | None = None
    min_lift: float | None = None
    unpruned: bool = False
    held_up: str = ""
    basket: tuple[str, ...] = ()

    @property
    def active(self) -> list[str]:
        """Names of the fields that narrow the rules; ``unpruned`` widens them and is not among them."""
        return [
            each.name
            for each in fields(self)
            if each.name != "unpruned" and getattr(self, each.name) != each.default
        ]

    def without(self, name: str) -> RuleFilters:
        """Return a copy with one field as it is by default; without a group, a basket stays what it is."""
        whose, _at, of = self.scope.partition("@")
        if name == "scope" and of and whose != ALL:
            return replace(self, scope=f"{ALL}@{of}")
        default: Any = next(each.default for each in fields(self) if each.name == name)
        return replace(self, **{name: default})

    def without_item(self, place: int) -> RuleFilters:
        """Return a copy that does not ask for the item at ``place``."""
        return replace(self, items=self.items[:place] + self.items[place + 1 :])

    def to_query(self) -> str:
        """Return the filters as an address's query, without the question mark."""
        whose, _at, of = self.scope.partition("@")
        kind, _colon, group = whose.partition(":")
        pairs = [(kind, group)] if group else []
        pairs += [("baskets", of)] if of else []
        pairs += [("item", item) for item in self.items]
        bounds = {name: value for name in _BOUNDS if (value := getattr(self, name)) is not None}
        pairs += [(name, plain_text(float(f"{value:.15g}"))) for name, value in bounds.items()]
        pairs += [("held_up", self.held_up)] if self.held_up else []
        pairs += [("unpruned", "1")] * self.unpruned
        return urlencode(pairs + [("basket", code) for code in self.basket])


def asked(
    release: Loaded,
    *,
    cluster: str | None = None,
    segment: str | None = None,
    period: str | None = None,
    baskets: str = "invoices",
    item: str | None = None,
    held_up: str | None = None,
    **more: Any,
) -> RuleFilters:
    """Make filters from a command's options.

    Parameters
    ----------
    release : Loaded
    cluster, segment, period, item : str, optional
        Id of a cluster, a segment or a period (``3-months``); part of a product's name, or its code.
    baskets : {"invoices", "customers"}
        What a basket is.
    held_up : {"yes", "no", "unknown"}, optional
        What the later baskets say.
    **more
        ``min_support``, ``min_confidence``, ``min_lift``, ``unpruned``.

    Raises
    ------
    NotFound
        If no rules were mined for such a group.
    Refusal
        If more than one is given.
    ReleaseUnusable
        If the ledger had no baskets.
    """
    _check_baskets(release)
    groups = dict(zip(KINDS, (cluster, segment, period), strict=True))
    given = [(kind, name) for kind, name in groups.items() if name]
    if len(given) > 1:
        one, other = (kind for kind, _name in given[:2])
        said = _("Rules belong to one group: give a {one} or a {other}, not both.", one=one, other=other)
        raise Refusal(said, other)
    kind, name = given[0] if given else ("baskets", ALL)
    scope = f"{kind}:{name}" if given else ALL
    if baskets == OF_CUSTOMERS:
        scope = f"{scope}@{OF_CUSTOMERS}"
    scopes = rule_index(release).scopes
    if scope not in scopes and scope != ALL:
        by_customers = baskets == OF_CUSTOMERS
        said = _NONE_FOR[kind, by_customers](group=name[:60]) if given else _NONE_BY_CUSTOMERS()
        there = [each.partition("@") for each in scopes if each.startswith(f"{kind}:")]
        known = [named.removeprefix(f"{kind}:") for named, _at, of in there if of == scope.partition("@")[2]]
        raise NotFound(said, kind, choices=known)
    return RuleFilters(scope, (item,) if item else (), held_up=held_up or "", **more)


def check(release: Loaded, filters: RuleFilters, written: Notation = BRITISH) -> None:
    """Refuse what no rule of a release can answer.

    Parameters
    ----------
    release : Loaded
    filters : RuleFilters
    written : Notation
        How numbers are written in the sentence of a refusal, so that they can be typed.

    Raises
    ------
    Refusal
        Whose ``field`` is ``min_support``, ``min_confidence`` or ``min_lift``: not a number in its range, or
        a support below the one mined at; or ``held_up``: none of its words, or nothing was held back.
    ReleaseUnusable
        If the ledger had no baskets.
    """
    _check_baskets(release)
    for name, (highest, sentence) in _BOUNDS.items():
        value = getattr(filters, name)
        if value is not None and not (math.isfinite(value) and 0 <= value <= highest):
            raise Refusal(sentence(), name)
    mined = rule_index(release).entry(filters.scope).min_support
    if filters.min_support is not None and filters.min_support < mined:
        raise Refusal(
            _(
                "Rules were mined at a support of {percent} % of baskets ({share}), so rarer ones are not "
                "known. Choose that value or more.",
                percent=written.write(_percent_up(mined)),
                share=written.write(float(f"{mined:.6g}")),
            ),
            "min_support",
        )
    if filters.held_up and filters.held_up not in HELD_UP:
        raise Refusal(_("Ask whether rules held up with yes, no or unknown."), "held_up")
    if filters.held_up and not held_back(release):
        raise Refusal(
            _("This release has no later baskets to test rules on, so whether they held up is not known."),
            "held_up",
        )


def _check_baskets(release: Loaded) -> None:
    if missing := release.overview.baskets_missing:
        raise ReleaseUnusable(again(missing))


def held_back(release: Loaded) -> bool:
    """Return whether rules were tested on later baskets; releases made before and short ledgers were not."""
    return bool(release.overview.rules_later) and "held_up" in release.rules


def tested(release: Loaded) -> bool:
    """Return whether rules carry Fisher's exact test; those of releases made before do not."""
    return "q_value" in release.rules


def judged(release: Loaded) -> bool:
    """Return whether rules are held against chance and count customers; those made before are not."""
    return "finding" in release.rules


def find(release: Loaded, filters: RuleFilters) -> Rows:
    """Return the rows of the rules that fit, strongest confidence first.

    Raises
    ------
    Refusal
        As :func:`check` does.
    """
    check(release, filters)
    index = rule_index(release)
    rows = index.rows(filters.scope)
    fits = np.ones(rows.stop - rows.start, dtype=bool)
    for name in _BOUNDS:
        least = getattr(filters, name)
        if least is not None:
            fits &= np.round(release.rules[name.removeprefix("min_")][rows], LIFT_DIGITS) >= round(
                least, LIFT_DIGITS
            )
    if filters.held_up:
        fits &= release.rules["held_up"][rows] == HELD_UP[filters.held_up]
    if not filters.unpruned:
        fits &= ~release.rules["redundant"][rows]
    for text in filters.items:
        # the padding of -1, no item, looks up the last entry
        named = np.zeros(len(index.texts) + 1, dtype=bool)
        named[index.meant(text)] = True
        fits &= np.logical_or.reduce([named[release.rules[side][rows]].any(axis=1) for side in SIDES])
    if filters.basket:
        inside = np.zeros(len(index.texts) + 1, dtype=bool)
        inside[[index.places[code] for code in filters.basket]] = True
        fits &= ~inside[release.rules["consequents"][rows]].any(axis=1)
        inside[-1] = True  # the padding of -1 is in any basket
        fits &= inside[release.rules["antecedents"][rows]].all(axis=1)
    return np.flatnonzero(fits) + rows.start


def as_contract(release: Loaded, row: int) -> dict[str, Any]:
    """Return one rule as ``rules --json`` prints it: numbers exact, infinite ones None."""
    columns, items = release.rules, release.overview.items
    sides = {side: [items[place] for place in columns[side][row] if place >= 0] for side in SIDES}
    measures = {name: float(columns[name][row]) for name in MEASURES}
    return {
        **{side: [item.product for item in held] for side, held in sides.items()},
        **{f"{side[:-1]}_names": [item.description for item in held] for side, held in sides.items()},
        **{name: int(columns[name][row]) for name in COUNTS},
        **{name: value if math.isfinite(value) else None for name, value in measures.items()},
        "redundant": bool(columns["redundant"][row]),
        **{name: _tested(columns, name, row) for name in TESTED},
    }


def _tested(columns: Mapping[str, npt.NDArray[Any]], name: str, row: int) -> float | int | None:
    """Return what a test said of a rule; None where it cannot be told or the release lacks it."""
    if name not in columns:
        return None
    value = columns[name][row].item()
    return value if math.isfinite(value) else None


def _percent_up(share: float) -> float:
    """Return a share in per cent, rounded up, so that the number given is one that is accepted."""
    return math.ceil(share * 1e4 - 1e-9) / 100
