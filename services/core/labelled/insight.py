"""What goes with churning in a table: distributions, rates, tests with effect sizes, a sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from services.core.findings import ALPHA
from services.core.labelled import rates, sentences
from services.core.labelled.columns import Feature
from services.core.labelled.copies import Labels

#: Where a cell of a table is expected to hold fewer, the law of chi-square does not hold.
_LEAST_EXPECTED = 5


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
        In the order of ``features``: ``name``, ``kind``, ``blank`` (rows), ``by`` (``value`` or ``part``:
        what each rate is of), ``rates`` (as ``services.core.labelled.rates.rate``), of numbers alone
        ``histogram`` (as ``services.core.labelled.rates.histogram``), ``quartiles`` and ``means`` (of who
        churned and who stayed), ``test`` (``name``, ``statistic``, ``p``, ``p_holm``, ``effect``,
        ``effect_name``; None where there is nothing to compare), ``significant``, ``sentence``.

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
    return {
        "blank": int((~there).sum()),
        "by": "value" if len(np.unique(values)) <= rates.FEW else "part",
        "rates": [*rates.by_number(values, end), *_of_blanks(ends[~there])],
        "histogram": rates.histogram(values, end),
        "quartiles": {"churned": _quartiles(gone), "stayed": _quartiles(stayed)},
        "means": {"churned": _mean(gone), "stayed": _mean(stayed)},
        "test": _welch(gone, stayed),
    }


def _of_words(feature: Feature, column: pd.Series[Any], ends: Labels) -> dict[str, Any]:
    words = column.to_numpy(object)
    blank = words == ""
    return {
        "blank": int(blank.sum()),
        "by": "value",
        "rates": [*rates.by_word(feature.words, words, ends), *_of_blanks(ends[blank])],
        "histogram": None,
        "quartiles": None,
        "means": None,
        "test": _chi_square(words[~blank], ends[~blank]),
    }


def _of_blanks(ends: Labels) -> list[dict[str, Any]]:
    found = rates.rate(sentences.BLANK.text, ends)
    return [found] if found else []


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
