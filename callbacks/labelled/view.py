"""What the page on churn learned from a table shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.labelled import form, frame
from layouts.labelled import words as said
from layouts.parts import grid
from layouts.plain import plain
from services.core.refusals import ReleaseUnusable
from services.core.text.addresses import query_of
from services.core.text.numbers_plain import plain_text
from services.serving.labelled.churning import customer, model_in_use

if TYPE_CHECKING:
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
    """
    try:
        model = model_in_use(models)
    except ReleaseUnusable as refused:
        return {"page": plain(frame.unusable(str(refused))), "sub": ""}
    if model is None:
        return {"page": plain(frame.nothing()), "sub": ""}
    features = [column.feature() for column in model.manifest.features]
    asked = _asked(features, search)
    found = customer(model, asked) if asked is not None else None
    page = grid(
        [
            form.one_customer(
                features, _usual(features) if asked is None else asked, found, model.manifest.threshold
            ),
            frame.candidates(model.report),
            frame.insight(model.insight["columns"]),
        ]
    )
    return {"page": plain(page), "sub": said.sub(model.report)}


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
