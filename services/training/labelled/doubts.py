"""What of a file a churn model did not know or could not read: counted and said, a sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from services.core.labelled import sentences
from services.core.labelled.columns import Feature, Typed, stands_for_none
from services.core.language.messages import plural

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
        plural(
            "“{column}”: {n} cell is not a number and counted as blank.",
            "“{column}”: {n} cells are not numbers and counted as blank.",
            count,
            n=f"{count:,}",
            column=name,
        )
        for name, count in taken.no_numbers.items()
    ]
    for name, words in taken.new_words.items():
        said.append(
            plural(
                "“{column}”: {n} cell holds a value that the model did not see in training: {words}.",
                "“{column}”: {n} cells hold values that the model did not see in training: {words}.",
                words.total(),
                n=f"{words.total():,}",
                column=name,
                words=_commonest(words),
            )
        )
    for feature in features:
        if feature.low is not None and feature.high is not None:
            values = taken.frame[feature.name].to_numpy(np.float64)
            beyond = int(np.count_nonzero((values < feature.low) | (values > feature.high)))
            if beyond:
                said.append(
                    plural(
                        "“{column}”: {n} cell lies outside what the model saw in training, {low} to {high}.",
                        "“{column}”: {n} cells lie outside what the model saw in training, {low} to {high}.",
                        beyond,
                        n=f"{beyond:,}",
                        column=feature.name,
                        low=sentences.number(feature.low),
                        high=sentences.number(feature.high),
                    )
                )
    for feature in features:
        if filled.get(feature.name):
            told = zip(cells[feature.name], answered.tolist(), strict=True)
            blank = sum(answer and _is_blank(feature, cell) for cell, answer in told)
            if blank:
                said.append(
                    plural(
                        "“{column}”: {n} cell is blank; in training none was, so the answer is a guess.",
                        "“{column}”: {n} cells are blank; in training none was, so the answer is a guess.",
                        blank,
                        n=f"{blank:,}",
                        column=feature.name,
                    )
                )
    return said


def _is_blank(feature: Feature, cell: str) -> bool:
    return stands_for_none(cell) if feature.kind == "number" else not cell


def _commonest(words: Counter[str]) -> str:
    named = ", ".join(f"“{word[:_LONGEST]}”" for word, _count in words.most_common(_NAMED))
    more = len(words) - _NAMED
    if more <= 0:
        return named
    return plural("{words} and {n} more", "{words} and {n} more", more, n=f"{more:,}", words=named)
