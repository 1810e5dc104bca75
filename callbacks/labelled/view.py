"""What the page on churn learned from a table shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.labelled import figures, form, frame, rows
from layouts.labelled import words as said
from layouts.labelled.column import listed
from layouts.plain import plain
from services.core.refusals import ReleaseUnusable
from services.core.text.addresses import query_of
from services.core.text.numbers_plain import plain_text
from services.serving.labelled.churning import customer, model_in_use
from services.serving.predictions.rows_answers import MOST_BYTES, MOST_ROWS

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from services.core.labelled.columns import Feature

_LONGEST = 20_000
_LONGEST_VALUE = 200


def show(models: Path, search: str | None) -> dict[str, Any]:
    """Return the page for an address.

    Parameters
    ----------
    models : Path
        The models folder.
    search : str or None
        The query: ``of.COLUMN`` for each value of a customer.

    Returns
    -------
    dict
        ``missing``: what stands there instead of the cards, which ``hidden`` hides; ``sub``; ``form``,
        ``models`` and ``insight``: cards; ``hint`` of the card that takes a file; ``options`` and ``column``:
        the columns that can be shown, the strongest first, and the first of them.
    """
    try:
        model = model_in_use(models)
    except ReleaseUnusable as refused:
        return _nothing(frame.unusable(str(refused)))
    if model is None:
        return _nothing(frame.nothing())
    features = [column.feature() for column in model.manifest.features]
    asked = _asked(features, search)
    found = customer(model, asked) if asked is not None else None
    texts = _usual(features) if asked is None else asked
    columns = frame.strongest_first(model.insight["columns"])
    return {
        "missing": [],
        "hidden": False,
        "sub": said.sub(model.report),
        "form": plain(form.one_customer(features, texts, found, model.manifest.threshold)),
        "models": plain(frame.candidates(model.report)),
        "insight": plain(frame.insight(model.insight["columns"])),
        "hint": plain(rows.hint(len(features), MOST_ROWS, MOST_BYTES)),
        "options": [{"label": each["name"], "value": each["name"]} for each in columns],
        "column": columns[0]["name"],
    }


def show_column(models: Path, name: str | None) -> dict[str, Any] | None:
    """Return what the card of one column shows; None where the model in use does not have it.

    Parameters
    ----------
    models : Path
    name : str or None
    """
    try:
        model = model_in_use(models)
    except ReleaseUnusable:
        return None  # the page says why
    if model is None:
        return None
    column = next((each for each in model.insight["columns"] if each["name"] == name), None)
    if column is None:
        return None
    style = {"height": f"{figures.height(column)}px"}
    return {
        "finding": said.of_found(column),
        "spread": figures.spread(column),
        "rates": figures.rates(column, model.report["target_rate"]),
        "spread_style": style,
        "rates_style": style,
        "table": plain(listed(column)),
        "note": said.of_column(column, model.report),
    }


def _nothing(instead: Component) -> dict[str, Any]:
    empty: dict[str, Any] = {name: [] for name in ("form", "models", "insight", "hint", "options")}
    return {"missing": plain(instead), "hidden": True, "sub": "", **empty, "column": None}


def _asked(features: list[Feature], search: str | None) -> dict[str, str] | None:
    """Give what an address asks for each column; None where it names none of them."""
    query = query_of(str(search or "")[:_LONGEST], blanks=True)
    named = {each.name: query.get(form.PREFIX + each.name) for each in features}
    if not any(value is not None for value in named.values()):
        return None
    given = {name: value[-1][:_LONGEST_VALUE] if value else "" for name, value in named.items()}
    return {name: "" if value == form.NOT_KNOWN else value for name, value in given.items()}


def _usual(features: list[Feature]) -> dict[str, str]:
    """Give the value in the middle of each column, and the commonest word."""
    return {each.name: each.words[0] if each.words else plain_text(each.middle or 0.0) for each in features}
