"""What the columns of a table of customers hold: numbers, or a few words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.language.messages import later, plural
from services.core.language.written import number
from services.core.text.number_cells import NumberCells, Sign, is_number

Kind = Literal["number", "category"]

_EMPTY = later("The column “{column}” is empty and was left out.")
_SAME = later("The column “{column}” holds the same value in every row and was left out.")

#: What stands in a column of numbers where there is none.
_NOTHING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "–", "?"})

#: Words of a column that have a place of their own in the model; the others share one.
MOST_WORDS = 30
#: A column of words of which most stand in one row says who a customer is, not how they behave.
_DISTINCT_SHARE = 0.5


@dataclass(frozen=True)
class Feature:
    """A column that the model uses.

    Attributes
    ----------
    name : str
        As the table heads it.
    kind : {"number", "category"}
    words : tuple of str
        What a column of words held, the commonest first; empty for numbers.
    low, middle, high : float or None
        Least value, median and greatest value of a column of numbers.
    """

    name: str
    kind: Kind
    words: tuple[str, ...] = ()
    low: float | None = None
    middle: float | None = None
    high: float | None = None


class LeftOut(NamedTuple):
    """Why a column is left out: as a report keeps it, in English, and said in a sentence."""

    why: str
    said: str


@dataclass
class Typed:
    """A table as its model takes it.

    Attributes
    ----------
    frame : DataFrame, shape (rows, features)
        Numbers as float64, NaN where there is none; words as text, empty where there is none.
    no_numbers : dict
        Name of a column of numbers to how many of its cells are none, and not blank either.
    new_words : dict
        Name of a column of words to those that training did not see, and how many cells hold each.
    """

    frame: pd.DataFrame
    no_numbers: dict[str, int] = field(default_factory=dict)
    new_words: dict[str, Counter[str]] = field(default_factory=dict)


def sign_of(columns: Sequence[Sequence[str]]) -> Sign:
    """Say whether a point or a comma stands before the decimals in the columns of numbers.

    Raises
    ------
    Refusal
        If cells can be read in two ways and nothing decides.
    """
    cells = NumberCells()
    for column in columns:
        for text in column:
            cells.read(text)
    return cells.sign()


def stands_for_none(cell: str) -> bool:
    """Say whether a cell of a column of numbers says that there is none."""
    return cell.casefold() in _NOTHING


def holds_numbers(cells: Sequence[str]) -> bool:
    """Say whether every cell is a number or stands for none, and one at least is a number."""
    filled = {cell for cell in cells if not stands_for_none(cell)}
    return bool(filled) and all(map(is_number, filled))


def learn(cells: Mapping[str, Sequence[str]], sign: Sign) -> tuple[list[Feature], dict[str, LeftOut]]:
    """Find out what the columns of a table hold.

    Parameters
    ----------
    cells : mapping
        Name of a column to the texts of its cells, without blanks around them.
    sign : {".", ","}
        What stands before decimals.

    Returns
    -------
    list of Feature
        In the table's order.
    dict
        Name of a column that says nothing to why it is left out, a ``LeftOut``.
    """
    features: list[Feature] = []
    left_out: dict[str, LeftOut] = {}
    for name, column in cells.items():
        if not any(column):
            left_out[name] = LeftOut("is empty", _EMPTY(column=name))
        elif len(set(column)) == 1:
            left_out[name] = LeftOut("holds the same value in every row", _SAME(column=name))
        elif holds_numbers(column):
            values = _numbers(column, sign)[0]
            middle = float(np.nanmedian(values))
            features.append(
                Feature(name, "number", (), float(np.nanmin(values)), middle, float(np.nanmax(values)))
            )
        else:
            counted = Counter(cell for cell in column if cell)
            if len(counted) > max(MOST_WORDS, _DISTINCT_SHARE * counted.total()):
                left_out[name] = _of_texts(name, len(counted), counted.total())
            else:
                words = sorted(counted, key=lambda word: (-counted[word], word))
                features.append(Feature(name, "category", tuple(words)))
    return features, left_out


def _of_texts(name: str, texts: int, rows: int) -> LeftOut:
    said = plural(
        "The column “{column}” has {texts} different texts in {n} row and was left out.",
        "The column “{column}” has {texts} different texts in {n} rows and was left out.",
        rows,
        n=number(rows),
        column=name,
        texts=number(texts),
    )
    return LeftOut(f"has {texts:,} different texts in {rows:,} rows", said)


def typed(features: Sequence[Feature], cells: Mapping[str, Sequence[str]], sign: Sign) -> Typed:
    """Read a table's cells as its model takes them.

    Parameters
    ----------
    features : sequence of Feature
    cells : mapping
        As for :func:`learn`; a column for each feature at least.
    sign : {".", ","}
    """
    made = Typed(pd.DataFrame())
    columns: dict[str, npt.NDArray[np.float64] | list[str]] = {}
    for feature in features:
        column = cells[feature.name]
        if feature.kind == "number":
            columns[feature.name], none = _numbers(column, sign)
            if none:
                made.no_numbers[feature.name] = none
        else:
            columns[feature.name] = list(column)
            known = {"", *feature.words}
            if new := Counter(cell for cell in column if cell not in known):
                made.new_words[feature.name] = new
    made.frame = pd.DataFrame({name: pd.Series(column) for name, column in columns.items()})
    for feature in features:
        if feature.kind == "category":
            made.frame[feature.name] = made.frame[feature.name].astype(object)
    return made


def _numbers(cells: Sequence[str], sign: Sign) -> tuple[npt.NDArray[np.float64], int]:
    """Read numbers, and count the cells that are none and do not stand for none."""
    reader = NumberCells()
    comma = sign == ","
    values = np.array([reader.read(cell)[comma] for cell in cells], dtype=np.float64)
    faults = sum(
        math.isnan(value) and not stands_for_none(cell)
        for cell, value in zip(cells, values.tolist(), strict=True)
    )
    return values, faults
