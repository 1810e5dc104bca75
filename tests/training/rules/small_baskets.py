"""Baskets of a few products, as a matrix and as drawn ones."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array


def matrix(baskets, products=5):
    filled = np.zeros((len(baskets), products), bool)
    for row, basket in enumerate(baskets):
        filled[row, list(basket)] = True
    return csr_array(filled)


baskets_of_five = st.lists(st.sets(st.integers(0, 4)), min_size=110, max_size=140)
