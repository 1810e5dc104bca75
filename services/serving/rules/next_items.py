"""Somebody has these in the basket: what is bought with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.serving.release.loaded import Loaded
from services.serving.rules.index import ALL, rule_index


@dataclass(frozen=True)
class Offer:
    """A product to offer, and the rule that says so.

    Attributes
    ----------
    product, description : str
    given : tuple of str
        Names of the products in the basket that the rule starts from.
    whole : bool
        Whether these are the whole basket.
    count, antecedent_count : int
        Baskets with the given products and this one; with the given products.
    share : float
        Of all baskets, those with this product, 0–1.
    confidence, lift : float
    """

    product: str
    description: str
    given: tuple[str, ...]
    whole: bool
    count: int
    antecedent_count: int
    share: float
    confidence: float
    lift: float


def next_items(release: Loaded, basket: Sequence[str], scope: str = ALL) -> list[Offer]:
    """Return what to offer, highest confidence first, each product once.

    Parameters
    ----------
    release : Loaded
    basket : sequence of str
        Codes of products; those that no rule names are ignored.
    scope : str
        Whose rules are asked.

    Notes
    -----
    Only rules with a single consequent speak: what follows jointly follows each by itself at least as
    surely. Rules are stored by descending confidence, so the first for a product is its best.
    """
    index = rule_index(release)
    held = [index.places[code] for code in dict.fromkeys(basket) if code in index.places]
    rows = index.rows(scope)
    if not held or rows.stop == rows.start:
        return []
    antecedents, consequents = release.rules["antecedents"][rows], release.rules["consequents"][rows]
    inside = np.zeros(len(index.texts) + 1, dtype=bool)
    inside[[*held, -1]] = True  # the padding of -1 fits any basket
    target = consequents[:, 0]
    fitting = np.flatnonzero(inside[antecedents].all(axis=1) & (consequents[:, 1] < 0) & ~inside[target])
    first = np.sort(np.unique(target[fitting], return_index=True)[1])
    return [_offer(release, int(row) + rows.start, len(held), scope) for row in fitting[first]]


def _offer(release: Loaded, row: int, held: int, scope: str) -> Offer:
    columns, items = release.rules, release.overview.items
    item = items[columns["consequents"][row][0]]
    given = tuple(items[place].description for place in columns["antecedents"][row] if place >= 0)
    return Offer(
        product=item.product,
        description=item.description,
        given=given,
        whole=len(given) == held,
        count=int(columns["count"][row]),
        antecedent_count=int(columns["antecedent_count"][row]),
        share=int(columns["consequent_count"][row]) / rule_index(release).entry(scope).baskets,
        confidence=float(columns["confidence"][row]),
        lift=float(columns["lift"][row]),
    )
