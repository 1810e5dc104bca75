"""E-mails that stand for customers in releases from before all their spellings were one."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from services.core.text.customer_ids import folded


def respelled(ids: npt.NDArray[np.bytes_]) -> dict[str, list[int]]:
    """Find the ids that are stored otherwise than they would be today.

    Parameters
    ----------
    ids : ndarray of bytes, shape (n,)
        UTF-8.

    Returns
    -------
    dict of str to list of int
        Today's spelling to the rows of older ones.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for row in np.flatnonzero(np.char.find(ids, b"@") > 0).tolist():
        stored = bytes(ids[row]).decode()
        if (today := folded(stored)) != stored:
            found[today].append(row)
    return dict(found)
