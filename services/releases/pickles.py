"""Unpickling through an allow-list: only what a fitted scaler and K-means are made of."""

from __future__ import annotations

import io
import pickle
from typing import Any

# Seen in the streams of Pipeline(ColumnTransformer(FunctionTransformer(log1p)), StandardScaler) and KMeans,
# scikit-learn 1.9 and NumPy 2.4, pickle protocol 5. ``log1p`` and ``slice`` are harmless when called.
ALLOWED = frozenset(
    {
        ("builtins", "slice"),
        ("numpy", "dtype"),
        ("numpy", "log1p"),
        ("numpy", "ndarray"),
        ("numpy._core.multiarray", "_reconstruct"),
        ("numpy._core.multiarray", "scalar"),
        ("numpy._core.numeric", "_frombuffer"),
        ("sklearn.cluster._kmeans", "KMeans"),
        ("sklearn.compose._column_transformer", "ColumnTransformer"),
        ("sklearn.pipeline", "Pipeline"),
        ("sklearn.preprocessing._data", "StandardScaler"),
        ("sklearn.preprocessing._function_transformer", "FunctionTransformer"),
    }
)


class _AllowListed(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed")
        return super().find_class(module, name)


def dumps(model: object) -> bytes:
    """Return ``model`` pickled, having read it back through the allow-list.

    Raises
    ------
    pickle.UnpicklingError
        If it needs a class or function that serving would refuse.
    """
    content = pickle.dumps(model, protocol=5)
    loads(content)
    return content


def loads(content: bytes) -> Any:
    """Return the object pickled in ``content``.

    Raises
    ------
    pickle.UnpicklingError
        If it names a class or function beyond the allow-list; nothing of it has been imported or called.
    """
    return _AllowListed(io.BytesIO(content)).load()
