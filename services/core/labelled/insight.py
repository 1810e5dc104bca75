"""What goes with churning in a table: distributions, rates, tests with effect sizes, a sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from services.core.findings import ALPHA
from services.core.labelled import sentences
from services.core.labelled.columns import Feature
from services.core.labelled.copies import Labels

#: A column of numbers with so few different ones is shown by number, others in fifths.
_FEW = 8
_PARTS = 5
_BINS = 20
#: Values of words that are shown one by one; the rarer ones are put together.
_SHOWN = 12
#: Where a cell of a table is expected to hold fewer, the law of chi-square does not hold.
_LEAST_EXPECTED = 5
_REST = "all others"


def insight(features: Sequence[Feature], values: pd.DataFrame, ends: Labels) -> list[dict[str, Any]]:
    """Describe how each column goes with churning.

    Parameters
    ----------
    features : sequence of Feature
    values : DataFrame, shape (rows, features)
        As ``services.core.labelled.columns.typed`` gives them.
    ends : ndarray of int, shape (rows,)
        1 for who churned.

    Returns
    -------
    list of dict
        In the order of ``features``: ``name``, ``kind``, ``blank`` (rows), ``rates`` (list of ``value``,
        ``rows``, ``churned``, ``rate`` 0–1), of numbers alone ``histogram`` (``edges``, ``churned``,
        ``stayed``), ``quartiles`` and ``means`` (of who churned and who stayed), ``test`` (``name``,
        ``statistic``, ``p``, ``p_holm``, ``effect``, ``effect_name``; None where there is nothing to
        compare), ``significant``, ``sentence``.

    Notes
    -----
    p-values are those of Welch's t-test for numbers and of chi-square for words, corrected after Holm over
    all columns. The effect is Cohen's d (pooled deviation, who churned less who stayed) or Cramér's V.
    """
    found = [_described(feature, values[feature.name], ends) for feature in features]
    tested = [each for each in found if each["test"]]
    for each, corrected in zip(tested, holm([each["test"]["p"] for each in tested]), strict=True):
        each["test"]["p_holm"] = corrected
    for each in found:
        each["significant"] = bool(each["test"] and each["test"]["p_holm"] <= ALPHA)
        each["sentence"] = sentences.sentence_of(each)
    return found


def holm(p_values: Sequence[float]) -> list[float]:
    """Correct p-values for their number, step by step from the least (Holm, 1979).

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    corrected, least = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        least = max(least, min(1.0, p_values[place] * (len(p_values) - rank)))
        corrected[place] = least
    return corrected


def _described(feature: Feature, column: pd.Series[Any], ends: Labels) -> dict[str, Any]:
    if feature.kind == "number":
        return {"name": feature.name, "kind": feature.kind, **_of_numbers(column.to_numpy(np.float64), ends)}
    return {"name": feature.name, "kind": feature.kind, **_of_words(feature, column, ends)}


def _of_numbers(column: npt.NDArray[np.float64], ends: Labels) -> dict[str, Any]:
    there = ~np.isnan(column)
    values, end = column[there], ends[there]
    gone, stayed = values[end == 1], values[end == 0]
    edges = np.linspace(values.min(), values.max(), _BINS + 1)
    rates = _rates_of_numbers(values, end)
    if blank := _rate("blank", ends[~there]):
        rates.append(blank)
    return {
        "blank": int((~there).sum()),
        "rates": rates,
        "histogram": {
            "edges": edges.tolist(),
            "churned": np.histogram(gone, edges)[0].tolist(),
            "stayed": np.histogram(stayed, edges)[0].tolist(),
        },
        "quartiles": {"churned": _quartiles(gone), "stayed": _quartiles(stayed)},
        "means": {"churned": _mean(gone), "stayed": _mean(stayed)},
        "test": _welch(gone, stayed),
    }


def _rates_of_numbers(values: npt.NDArray[np.float64], end: Labels) -> list[dict[str, Any]]:
    different = np.unique(values)
    if len(different) <= _FEW:
        return [
            found for value in different if (found := _rate(sentences.number(value), end[values == value]))
        ]
    cuts = np.unique(np.quantile(values, np.linspace(0, 1, _PARTS + 1)[1:-1]))
    part = np.searchsorted(cuts, values, side="left")
    rates = []
    for each in np.unique(part):
        inside = values[part == each]
        low, high = sentences.number(inside.min()), sentences.number(inside.max())
        if found := _rate(low if low == high else f"{low} to {high}", end[part == each]):
            rates.append(found)
    return rates


def _of_words(feature: Feature, column: pd.Series[Any], ends: Labels) -> dict[str, Any]:
    words = column.to_numpy(object)
    blank = words == ""
    shown = feature.words[:_SHOWN]
    rates = [found for word in shown if (found := _rate(word, ends[words == word]))]
    rest = ~blank & ~np.isin(words, np.array(shown, dtype=object))
    rates += [
        found for value, rows in ((_REST, rest), ("blank", blank)) if (found := _rate(value, ends[rows]))
    ]
    return {
        "blank": int(blank.sum()),
        "rates": rates,
        "histogram": None,
        "quartiles": None,
        "means": None,
        "test": _chi_square(words[~blank], ends[~blank]),
    }


def _rate(value: str, ends: Labels) -> dict[str, Any] | None:
    if not len(ends):
        return None
    return {"value": value, "rows": len(ends), "churned": int(ends.sum()), "rate": float(ends.mean())}


def _quartiles(values: npt.NDArray[np.float64]) -> list[float] | None:
    return np.quantile(values, (0.25, 0.5, 0.75)).tolist() if len(values) else None


def _mean(values: npt.NDArray[np.float64]) -> float | None:
    return float(values.mean()) if len(values) else None


def _welch(gone: npt.NDArray[np.float64], stayed: npt.NDArray[np.float64]) -> dict[str, Any] | None:
    """Test whether two means differ; None where there are fewer than two values of each, or no spread."""
    if min(len(gone), len(stayed)) < 2:
        return None
    free = len(gone) + len(stayed) - 2
    pooled = ((len(gone) - 1) * gone.var(ddof=1) + (len(stayed) - 1) * stayed.var(ddof=1)) / free
    if min(gone.var(ddof=1), stayed.var(ddof=1)) <= 0:
        return None
    found = stats.ttest_ind(gone, stayed, equal_var=False)
    return {
        "name": "welch_t",
        "statistic": float(found.statistic),
        "p": float(found.pvalue),
        "effect": float((gone.mean() - stayed.mean()) / np.sqrt(pooled)),
        "effect_name": "cohens_d",
    }


def _chi_square(words: npt.NDArray[np.object_], ends: Labels) -> dict[str, Any] | None:
    """Test whether words and ends go together; rare words are put together first.

    None where fewer than two words, or ends, are left.
    """
    table = pd.crosstab(words, ends)
    if table.shape[1] < 2:
        return None
    scarcer = table.sum().min() / len(words)
    rare = table.sum(axis=1) * scarcer < _LEAST_EXPECTED
    counts = table[~rare].to_numpy()
    if rare.any():
        together = table[rare].to_numpy().sum(axis=0, keepdims=True)
        if together.sum() * scarcer >= _LEAST_EXPECTED:
            counts = np.vstack([counts, together])
    if len(counts) < 2:
        return None
    found = stats.chi2_contingency(counts, correction=False)
    return {
        "name": "chi_square",
        "statistic": float(found.statistic),
        "p": float(found.pvalue),
        "effect": float(np.sqrt(found.statistic / counts.sum())),  # two ends: the lesser side less one is 1
        "effect_name": "cramers_v",
    }
