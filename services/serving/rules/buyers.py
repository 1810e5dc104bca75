"""Who bought the products of a rule: those who may be offered what belongs to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _, plural
from services.core.refusals import Refusal
from services.serving.release.loaded import Loaded
from services.serving.release.once import once

Buyers = Literal["not-yet", "all", "antecedents"]
BUYERS: tuple[Buyers, ...] = ("not-yet", "all", "antecedents")


@dataclass(frozen=True)
class BoughtRule:
    """A rule's two sides, and which of its buyers are meant.

    Attributes
    ----------
    antecedents, consequents : tuple of str
        Codes, as the release's rules have them.
    buyers : {"not-yet", "all", "antecedents"}
        All antecedents and not all consequents yet; all of both; all antecedents.
    """

    antecedents: tuple[str, ...]
    consequents: tuple[str, ...]
    buyers: Buyers


@once
def named_by_rules(release: Loaded) -> set[str]:
    """Return the codes of the products that a rule names; who bought them is known."""
    sides = [np.asarray(release.rules[side]).ravel() for side in ("antecedents", "consequents")]
    named = np.unique(np.concatenate(sides)).tolist()
    return {release.overview.items[place].product for place in named if place >= 0}


def read_rule(release: Loaded, query: Mapping[str, Sequence[str]]) -> BoughtRule:
    """Read a rule from an address's query.

    Parameters
    ----------
    release : Loaded
    query : mapping
        ``antecedent`` and ``consequent`` (repeated codes), and ``buyers``.

    Raises
    ------
    Refusal
        If a side is missing, has more products than a rule has or one that no rule of the release names, or
        no such buyers exist.
    """
    most, known = release.rules["antecedents"].shape[1], named_by_rules(release)
    sides = []
    for side in ("antecedent", "consequent"):
        codes = tuple(dict.fromkeys(query.get(side, ())))
        if not codes:
            raise Refusal(_("An audience of a rule needs a product on both sides. Choose a rule on Baskets."))
        if len(codes) > most:
            raise Refusal(
                plural(
                    "No rule has more than {n} product on a side. Choose a rule on Baskets.",
                    "No rule has more than {n} products on a side. Choose a rule on Baskets.",
                    most,
                )
            )
        for code in codes:
            if code not in known:
                said = _(
                    "No rule of this release contains the product “{product}”. Choose another rule.",
                    product=code[:60],
                )
                raise Refusal(said)
        sides.append(codes)
    asked = query.get("buyers", ["not-yet"])[-1]
    meant = next((each for each in BUYERS if each == asked), None)
    if meant is None:
        said = _(
            "Buyers of a rule cannot be “{buyers}”. Choose from {all}.",
            buyers=asked[:60],
            all=", ".join(BUYERS),
        )
        raise Refusal(said)
    return BoughtRule(sides[0], sides[1], meant)


def buyers(release: Loaded, rule: BoughtRule) -> npt.NDArray[np.bool_]:
    """Mark the buyers of a rule, whenever they bought its products, in one order or in several.

    Parameters
    ----------
    release : Loaded
    rule : BoughtRule

    Returns
    -------
    ndarray of bool, shape (n_customers,)

    Raises
    ------
    Refusal
        If the release was made before buyers were noted.
    """
    first = _bought(release, rule.antecedents)
    if rule.buyers == "antecedents":
        return first
    second = _bought(release, rule.consequents)
    return first & second if rule.buyers == "all" else first & ~second


def _bought(release: Loaded, codes: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Mark who bought all of some products."""
    counted = np.zeros(release.count, dtype=np.int64)
    try:
        for code in codes:
            found = release.lookup().execute("SELECT customer FROM buyers WHERE product = ?", (code,))
            counted[[row[0] for row in found]] += 1
    except sqlite3.OperationalError:
        raise Refusal(
            _(
                "This release was made by an earlier version, which did not store who bought what. Train "
                "again to save a rule’s buyers."
            )
        ) from None
    return counted == len(codes)
