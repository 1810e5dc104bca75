"""The churn model of a labelled table, and what it says of one customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from services.core.labelled.columns import Feature, typed
from services.core.refusals import NotFound, Refusal
from services.core.text.numbers_plain import plain_number
from services.releases.labelled.store import LabelledModel, labelled_root, open_model
from services.releases.pointer import current_mtime


@dataclass(frozen=True)
class Customer:
    """What the model says of a customer.

    Attributes
    ----------
    chance : float or None
        Of churning, 0–1; None where a value was refused.
    likely : bool
        Whether the chance reaches the threshold.
    errors : dict of str to str
        Column to why its value cannot be used.
    beyond : list of str
        Columns of which the value lies outside what training saw.
    empty : list of str
        Columns without a value that were filled in every row of the training.
    """

    chance: float | None
    likely: bool
    errors: dict[str, str]
    beyond: list[str]
    empty: list[str]


def model_in_use(models: Path) -> LabelledModel | None:
    """Return the model in use, read once for each that is made; None where there is none yet.

    Raises
    ------
    ReleaseUnusable
        If it cannot be used.
    """
    return _read(models, current_mtime(labelled_root(models)))


def customer(model: LabelledModel, texts: Mapping[str, str]) -> Customer:
    """Say how likely a customer is to churn.

    Parameters
    ----------
    model : LabelledModel
    texts : mapping
        Column to its value, numbers by ``services.core.text.numbers_plain``; what is missing or blank is not
        known.
    """
    features = [column.feature() for column in model.manifest.features]
    errors: dict[str, str] = {}
    beyond: list[str] = []
    for each in features:
        text = texts.get(each.name, "").strip()
        if not text:
            continue
        try:
            if _beyond(each, text):
                beyond.append(each.name)
        except Refusal as refused:
            errors[each.name] = str(refused)
    filled = {column["name"] for column in model.insight["columns"] if not column["blank"]}
    empty = [each.name for each in features if each.name in filled and not texts.get(each.name, "").strip()]
    if errors:
        return Customer(None, False, errors, beyond, empty)
    cells = {each.name: [texts.get(each.name, "").strip()] for each in features}
    chance = float(model.pipeline.predict_proba(typed(features, cells, ".").frame)[0, 1])
    return Customer(chance, chance >= model.manifest.threshold, errors, beyond, empty)


def _beyond(feature: Feature, text: str) -> bool:
    """Say whether a value lies outside what training saw."""
    if feature.kind == "category":
        return text not in feature.words
    number = plain_number(text)
    return feature.low is not None and feature.high is not None and not feature.low <= number <= feature.high


@lru_cache(maxsize=2)
def _read(models: Path, changed: int | None) -> LabelledModel | None:
    if changed is None:
        return None
    try:
        return open_model(models)
    except NotFound:
        return None
