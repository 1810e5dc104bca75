"""What of a file a churn model did not know or could not read: counted and said, a sentence each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from services.core.labelled import sentences
from services.core.labelled.columns import Feature, Typed, stands_for_none

#: Words and columns that a sentence names; longer texts are cut.
_NAMED = 3
_LONGEST = 40


def empty_rows(features: Sequence[Feature], taken: Typed) -> npt.NDArray[np.bool_]:
    """Say which rows have no value in any column that the model uses.

    Returns
    -------
    ndarray of bool, shape (rows,)
    """
    found = np.ones(len(taken.frame), dtype=np.bool_)
    for feature in features:
        column = taken.frame[feature.name]
        found &= np.asarray(column.isna() if feature.kind == "number" else column == "", dtype=np.bool_)
    return found


def doubts(
    features: Sequence[Feature],
    taken: Typed,
    cells: Mapping[str, Sequence[str]],
    filled: Mapping[str, bool],
    answered: npt.NDArray[np.bool_],
) -> list[str]:
    """Say what of a file's cells was not understood or not seen before.

    Parameters
    ----------
    features : sequence of Feature
    taken : Typed
        The file as the model takes it.
    cells : mapping
        Name of a column to the texts of its cells.
    filled : mapping
        Name of a column to whether every row of the training had a value there.
    answered : ndarray of bool, shape (rows,)
        Rows that have an answer: blank cells of the others are the reason why not.
    """
    said = [
        f"“{name}”: {_cells(count, 'is not a number', 'are not numbers')} and counted as blank."
        for name, count in taken.no_numbers.items()
    ]
    for name, words in taken.new_words.items():
        named = ", ".join(f"“{word[:_LONGEST]}”" for word, _count in words.most_common(_NAMED))
        more = f" and {len(words) - _NAMED:,} more" if len(words) > _NAMED else ""
        holds = _cells(words.total(), "holds a value", "hold values")
        said.append(f"“{name}”: {holds} that the model did not see in training: {named}{more}.")
    for feature in features:
        if feature.low is not None and feature.high is not None:
            values = taken.frame[feature.name].to_numpy(np.float64)
            beyond = int(np.count_nonzero((values < feature.low) | (values > feature.high)))
            if beyond:
                seen = f"{sentences.number(feature.low)} to {sentences.number(feature.high)}"
                lies = _cells(beyond, "lies", "lie")
                said.append(f"“{feature.name}”: {lies} outside what the model saw in training, {seen}.")
    for feature in features:
        if filled.get(feature.name):
            told = zip(cells[feature.name], answered.tolist(), strict=True)
            blank = sum(answer and _is_blank(feature, cell) for cell, answer in told)
            if blank:
                is_blank = _cells(blank, "is blank", "are blank")
                said.append(f"“{feature.name}”: {is_blank}; in training none was, so the answer is a guess.")
    return said


def _is_blank(feature: Feature, cell: str) -> bool:
    return stands_for_none(cell) if feature.kind == "number" else not cell


def _cells(count: int, one: str, several: str) -> str:
    return f"1 cell {one}" if count == 1 else f"{count:,} cells {several}"
