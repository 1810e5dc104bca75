"""Rows that copy others, and splits that keep them on one side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

Labels = npt.NDArray[np.int64]
Split = tuple[Labels, Labels]


def groups_of(values: pd.DataFrame) -> Labels:
    """Give rows with equal values one number.

    Parameters
    ----------
    values : DataFrame, shape (rows, features)
        Without ids and the target.

    Returns
    -------
    ndarray, shape (rows,)
        Numbers that do not depend on the order of the rows.
    """
    return np.asarray(values.groupby(list(values.columns), dropna=False, sort=True).ngroup(), dtype=np.int64)


def copies(groups: Labels) -> int:
    """Count the rows that another row with equal values stands before."""
    return len(groups) - len(np.unique(groups))


def splits(groups: Labels, target: Labels, folds: int, seed: int, *, together: bool) -> list[Split]:
    """Part rows into folds with alike shares of churned customers.

    Parameters
    ----------
    groups, target : ndarray, shape (rows,)
    folds, seed : int
    together : bool
        Whether equal rows stay in one fold.

    Returns
    -------
    list of (ndarray, ndarray)
        For each fold the places of the rows to train on, and of those to try the model on.
    """
    if together:
        cut = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
        return list(cut.split(groups, target, groups))
    return list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(groups, target))


def contradicting(groups: Labels, target: Labels) -> int:
    """Count the rows that have equal values with another one, and another end."""
    ends = pd.Series(target).groupby(groups).transform("nunique")
    return int((ends > 1).sum())


def canonical(values: pd.DataFrame, target: Labels, ids: Sequence[str], seed: int) -> Labels:
    """Give an order of the rows that does not depend on the one they came in.

    Equal rows of equal ends and ids are one as good as the other. The rows are sorted, then drawn by the
    seed: in sorted ones a part of neighbours is unlike the rest.
    """
    columns = [values[name].to_numpy() for name in values.columns]
    frame = pd.DataFrame(dict(enumerate([*columns, target, np.array(ids, dtype=object)])))
    order = np.asarray(frame.sort_values(list(frame.columns), kind="stable").index, dtype=np.int64)
    return np.random.default_rng(seed).permutation(order)
