"""How many churned of those with each value of a column, and how the values are spread."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from services.core.labelled import sentences
from services.core.labelled.copies import Labels

#: Values of fewer customers stand together with others.
LEAST_TOGETHER = 10
#: Of fewer customers no rate is given.
LEAST_RATE = 5
#: A column of numbers with so few different ones is shown by number, others in fifths.
FEW = 8
_PARTS = 5
_BINS = 20
#: Words that are shown one by one; the others stand together.
_SHOWN = 12
#: Where the range is so many times that of all but the last hundredth, its ends are put into the outer bars.
_FAR = 2.0
_CONFIDENCE = 0.95

Numbers = npt.NDArray[np.float64]


def rate(value: str, ends: Labels) -> dict[str, Any] | None:
    """Say how many churned of some customers; None of nobody.

    Returns
    -------
    dict or None
        ``value``, ``rows``, ``churned``, and ``rate``, ``low``, ``high`` (0–1; the interval is Wilson's of
        95 %), None where there are fewer than ``LEAST_RATE``.

    Examples
    --------
    >>> found = rate("York", np.array([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    >>> found["rate"], round(found["low"], 4), round(found["high"], 4)
    (0.1, 0.0179, 0.4042)
    """
    if not len(ends):
        return None
    rows, churned = len(ends), int(ends.sum())
    found: dict[str, Any] = {"value": value, "rows": rows, "churned": churned}
    if rows < LEAST_RATE:
        return {**found, "rate": None, "low": None, "high": None}
    between = binomtest(churned, rows).proportion_ci(_CONFIDENCE, "wilson")
    return {**found, "rate": churned / rows, "low": float(between.low), "high": float(between.high)}


def by_number(values: Numbers, ends: Labels) -> list[dict[str, Any]]:
    """Give the rate of each number where there are few, else of each fifth of the customers.

    Numbers of fewer customers than ``LEAST_TOGETHER`` stand together with the neighbour that has fewer.
    """
    different = np.unique(values)
    if len(different) <= FEW:
        part = np.searchsorted(different, values)
    else:
        cuts = np.unique(np.quantile(values, np.linspace(0, 1, _PARTS + 1)[1:-1]))
        part = np.searchsorted(cuts, values, side="left")
    parts = [np.flatnonzero(part == each) for each in np.unique(part)]
    while len(parts) > 1 and min(map(len, parts)) < LEAST_TOGETHER:
        least = min(range(len(parts)), key=lambda place: len(parts[place]))
        beside = [place for place in (least - 1, least + 1) if 0 <= place < len(parts)]
        first = min(least, min(beside, key=lambda place: len(parts[place])))
        parts[first : first + 2] = [np.concatenate(parts[first : first + 2])]
    found = []
    for inside in parts:
        low, high = sentences.number(values[inside].min()), sentences.number(values[inside].max())
        found.append(rate(low if low == high else f"{low} to {high}", ends[inside]))
    return [each for each in found if each]


def by_word(known: tuple[str, ...], words: npt.NDArray[np.object_], ends: Labels) -> list[dict[str, Any]]:
    """Give the rate of each word, the commonest first; rare ones and those behind the twelfth together."""
    counts = {word: int(np.count_nonzero(words == word)) for word in known}
    shown = [word for word in known if counts[word] >= LEAST_TOGETHER][:_SHOWN]
    others = [word for word in known if counts[word] and word not in shown]
    rest = others[0] if len(others) == 1 else sentences.REST.text
    found = [rate(word, ends[words == word]) for word in shown]
    found.append(rate(rest, ends[np.isin(words, np.array(others, dtype=object))]) if others else None)
    return [each for each in found if each]


def histogram(values: Numbers, ends: Labels) -> dict[str, Any]:
    """Count who churned and who stayed along a column of numbers.

    Returns
    -------
    dict
        ``edges`` (one more than there are bars), ``churned`` and ``stayed`` (customers in each bar),
        ``below`` and ``above``: customers beyond the edges, who are counted in the outer bars.
    """
    edges = _edges(values)
    inside = np.clip(values, edges[0], edges[-1])
    return {
        "edges": edges.tolist(),
        "churned": np.histogram(inside[ends == 1], edges)[0].tolist(),
        "stayed": np.histogram(inside[ends == 0], edges)[0].tolist(),
        "below": int(np.count_nonzero(values < edges[0])),
        "above": int(np.count_nonzero(values > edges[-1])),
    }


def _edges(values: Numbers) -> Numbers:
    """Cut a range into bars of equal width; whole numbers stand in the middle of theirs."""
    low, high = float(values.min()), float(values.max())
    usual = np.quantile(values, (0.005, 0.995), method="nearest")
    if usual[0] < usual[1] and high - low > _FAR * (usual[1] - usual[0]):
        low, high = float(usual[0]), float(usual[1])
    if np.all(values == np.floor(values)):
        width = max(1.0, float(np.ceil((high - low + 1) / _BINS)))
        bars = int(np.ceil((high - low + 1) / width))
        return np.asarray(low - 0.5 + width * np.arange(bars + 1), dtype=np.float64)
    return np.asarray(np.linspace(low, high, _BINS + 1), dtype=np.float64)
