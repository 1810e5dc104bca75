"""What is to be said of the scores of a release: too few customers, empty scores, large ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from services.core.language.messages import later, plural
from services.core.language.written import number
from services.core.rfm.scoring import LARGE_CLASS, SMALLEST_CLASS, scores_used
from services.core.vocabulary import AXES

#: Where cut points are fixed, and where they follow from the customers.
_EMPTY = {
    "recency": (
        later("No customer has recency score {score}: its cut points are fixed."),
        later("No customer has recency score {score}: too many share one value."),
    ),
    "frequency": (
        later("No customer has frequency score {score}: its cut points are fixed."),
        later("No customer has frequency score {score}: too many share one value."),
    ),
    "monetary": (
        later("No customer has spend score {score}: its cut points are fixed."),
        later("No customer has spend score {score}: too many share one value."),
    ),
}
_LARGE = {
    "recency": (
        later("{share}\u00a0% of the customers have recency score {score}: its cut points are fixed."),
        later("{share}\u00a0% of the customers have recency score {score}: they share one value."),
    ),
    "frequency": (
        later("{share}\u00a0% of the customers have frequency score {score}: its cut points are fixed."),
        later("{share}\u00a0% of the customers have frequency score {score}: they share one value."),
    ),
    "monetary": (
        later("{share}\u00a0% of the customers have spend score {score}: its cut points are fixed."),
        later("{share}\u00a0% of the customers have spend score {score}: they share one value."),
    ),
}


def score_warnings(customers: int, scoring: Mapping[str, Any], fixed: Collection[str]) -> list[str]:
    """Say that there are too few customers for the scale, or which scores are empty or hold over 40 %.

    Parameters
    ----------
    customers : int
    scoring : mapping
        As the overview has it: ``scale`` and, by axis and score, ``sizes``.
    fixed : collection of str
        Axes whose cut points the preset fixes.
    """
    used = scores_used(customers, scoring["scale"])
    if len(used) < scoring["scale"] and len(fixed) < len(AXES):
        return [
            plural(
                "{n} customer is too few for {scale} scores of {least} customers or more: only the scores "
                "{scores} are given.",
                "{n} customers are too few for {scale} scores of {least} customers or more: only the scores "
                "{scores} are given.",
                customers,
                n=number(customers),
                scale=scoring["scale"],
                least=SMALLEST_CLASS,
                scores=", ".join(map(str, used)),
            )
        ]
    found = []
    for axis in AXES:
        free = axis not in fixed
        for score, size in scoring["sizes"][axis].items():
            if not size:
                found.append(_EMPTY[axis][free](score=score))
            elif size / customers > LARGE_CLASS:
                share = number(100 * size / customers)
                found.append(_LARGE[axis][free](share=share, score=score))
    return found
