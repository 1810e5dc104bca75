"""From lines that were read to lines that are judged, on whatever engine the lines are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import narwhals as nw

from services.training.lines.cleaning import RULES, SOME, clean, names_of_rules, rules_for
from services.training.lines.returns import matched_returns, what_is_left
from services.training.lines.tables import Keep


@dataclass(frozen=True)
class Terms:
    """What lines are judged by.

    Attributes
    ----------
    ledger : mapping of str to bool
        Role to whether the lines have it.
    match : bool
        Whether returns are taken off the purchases.
    price : bool
        Whether free lines are left out.
    some : tuple of str
        Those of ``services.training.lines.cleaning.SOME`` that are asked.
    latest, forgotten, cancel_prefix, statuses, only_currency
        As ``services.training.lines.cleaning.clean`` takes them; ``latest`` is its ``as_of``.
    """

    ledger: Mapping[str, bool]
    match: bool
    price: bool = False
    some: tuple[str, ...] = ()
    latest: datetime | None = None
    forgotten: Collection[str] = ()
    cancel_prefix: str | None = None
    statuses: Collection[str] = ()
    only_currency: str | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that are asked beyond those that always apply."""
        return rules_for(self.ledger, price=self.price, some=self.some)

    @property
    def counted(self) -> tuple[str, ...]:
        """The rules whose lines are counted, in the order in which they are asked."""
        rules = [rule for rule in RULES if rule not in SOME or rule in self.some]
        return names_of_rules(rules, self.forgotten, self.only_currency)

    @property
    def item(self) -> Literal["product", "description"]:
        """What tells products apart."""
        return "product" if self.ledger["product"] else "description"


@dataclass(frozen=True)
class Judged:
    """Every line with the rule that takes it.

    Attributes
    ----------
    rows : LazyFrame
        ``rule`` is null for a kept line; of purchases what returns have left.
    before_returns : LazyFrame
        ``rows`` as they were read.
    matched : LazyFrame or None
        What ``services.training.lines.returns.matched_returns`` gives; None where returns are ignored.
    """

    rows: nw.LazyFrame
    before_returns: nw.LazyFrame
    matched: nw.LazyFrame | None


def judge(read: nw.LazyFrame, terms: Terms, keep: Keep) -> Judged:
    """Name the rule that takes each line, and match returns with what they take back.

    Parameters
    ----------
    read : LazyFrame
        As ``services.training.lines.cleaning.clean`` takes it.
    terms : Terms
    keep : callable
        Of the engine that the lines are on; keeps ``cleaned`` and ``matched``.
    """
    named = clean(
        read,
        terms.rules,
        terms.latest,
        terms.forgotten,
        terms.cancel_prefix,
        terms.statuses,
        terms.only_currency,
    )
    cleaned = keep(named, "cleaned")
    if not terms.match:
        return Judged(cleaned, cleaned, None)
    matched = keep(matched_returns(cleaned, terms.item), "matched")
    return Judged(what_is_left(cleaned, matched), cleaned, matched)
