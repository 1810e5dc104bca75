"""Unpickling through an allow-list: only what fitted models of this product are made of."""

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

# Seen in the streams of the pipelines of services.core.labelled.candidates. The constructors of generators of
# random numbers make empty ones of a class that has to stand here itself.
ALLOWED_LABELLED = frozenset(
    {
        *ALLOWED,
        ("collections", "OrderedDict"),
        ("collections", "defaultdict"),
        ("lightgbm.basic", "Booster"),
        ("lightgbm.sklearn", "LGBMClassifier"),
        ("numpy", "float64"),
        ("numpy.random._mt19937", "MT19937"),
        ("numpy.random._pcg64", "PCG64"),
        ("numpy.random._pickle", "__bit_generator_ctor"),
        ("numpy.random._pickle", "__generator_ctor"),
        ("numpy.random._pickle", "__randomstate_ctor"),
        ("numpy.random.bit_generator", "SeedSequence"),
        ("numpy.random.bit_generator", "__pyx_unpickle_SeedSequence"),
        ("sklearn._loss._loss", "CyHalfBinomialLoss"),
        ("sklearn._loss.link", "Interval"),
        ("sklearn._loss.link", "LogitLink"),
        ("sklearn._loss.loss", "HalfBinomialLoss"),
        ("sklearn.calibration", "CalibratedClassifierCV"),
        ("sklearn.calibration", "_CalibratedClassifier"),
        ("sklearn.calibration", "_SigmoidCalibration"),
        ("sklearn.dummy", "DummyClassifier"),
        ("sklearn.ensemble._forest", "RandomForestClassifier"),
        ("sklearn.ensemble._gb", "GradientBoostingClassifier"),
        ("sklearn.ensemble._hist_gradient_boosting.binning", "_BinMapper"),
        (
            "sklearn.ensemble._hist_gradient_boosting.gradient_boosting",
            "HistGradientBoostingClassifier",
        ),
        ("sklearn.ensemble._hist_gradient_boosting.predictor", "TreePredictor"),
        ("sklearn.ensemble._stacking", "StackingClassifier"),
        ("sklearn.ensemble._voting", "VotingClassifier"),
        ("sklearn.impute._base", "MissingIndicator"),
        ("sklearn.impute._base", "SimpleImputer"),
        ("sklearn.linear_model._logistic", "LogisticRegression"),
        ("sklearn.neighbors._classification", "KNeighborsClassifier"),
        ("sklearn.preprocessing._encoders", "OneHotEncoder"),
        ("sklearn.preprocessing._label", "LabelEncoder"),
        ("sklearn.svm._classes", "SVC"),
        ("sklearn.tree._classes", "DecisionTreeClassifier"),
        ("sklearn.tree._classes", "DecisionTreeRegressor"),
        ("sklearn.tree._tree", "Tree"),
        ("sklearn.utils._bunch", "Bunch"),
        ("xgboost.core", "Booster"),
        ("xgboost.sklearn", "XGBClassifier"),
    }
)


class _AllowListed(pickle.Unpickler):
    def __init__(self, content: bytes, allowed: frozenset[tuple[str, str]]) -> None:
        super().__init__(io.BytesIO(content))
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._allowed:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed")
        return super().find_class(module, name)


def dumps(model: object, allowed: frozenset[tuple[str, str]] = ALLOWED) -> bytes:
    """Return ``model`` pickled, having read it back through the allow-list.

    Raises
    ------
    pickle.UnpicklingError
        If it needs a class or function that serving would refuse.
    """
    content = pickle.dumps(model, protocol=5)
    loads(content, allowed)
    return content


def loads(content: bytes, allowed: frozenset[tuple[str, str]] = ALLOWED) -> Any:
    """Return the object pickled in ``content``.

    Raises
    ------
    pickle.UnpicklingError
        If it names a class or function beyond the allow-list; nothing of it has been imported or called.
    """
    return _AllowListed(content, allowed).load()
