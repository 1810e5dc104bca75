"""The filters of the tab Baskets: from what the reader types or presses to the address."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from layouts import words
from layouts.baskets import states
from layouts.baskets.filters import FIELDS
from layouts.ids import Baskets, Shell
from layouts.parts import refusal
from services.core.language.messages import _, later, plural
from services.core.refusals import Refusal
from services.serving.rules.address import MOST_ITEMS, view_at
from services.serving.rules.find import RuleFilters, as_contract, check, find
from services.serving.rules.index import rule_index
from services.serving.rules.names import ProductNames
from services.serving.rules.offered import offered
from services.serving.rules.scatter import points, pressed

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
_REFUSED: Shown = {
    "found": [],
    "scatter_hidden": True,
    "rules_hidden": True,
    "instead_hidden": False,
    "back_hidden": False,
}
_TYPE = {
    "min_support": later("Type the support as a percentage from 0 to 100, such as {example}."),
    "min_confidence": later("Type the confidence as a percentage from 0 to 100, such as {example}."),
    "min_lift": later("Type the lift as a number from 0 up, such as {example}."),
}


def register(app: Dash, services: Services) -> None:
    """Attach what is offered while somebody types to ``app``."""
    for options, field, known in (
        (Baskets.BASKET_OPTIONS, Baskets.BASKET_INPUT, rule_index),
        (Baskets.PRODUCT_OPTIONS, Baskets.field("item"), rule_index),
        (Baskets.BUILDER_OPTIONS, Baskets.BUILDER_INPUT, offered),
    ):

        @app.callback(
            Output(options, "children"),
            inputs={"text": Input(field, "value"), "release_id": State(Shell.RELEASE, "data")},
            prevent_initial_call=True,
        )
        def on_typing(
            text: str | None, release_id: str | None, known: Callable[[Loaded], ProductNames] = known
        ) -> list[Component]:
            labels = known(services.releases.at(release_id)).suggestions(text or "")
            return [html.Option(value=label) for label in labels]


def narrow(release: Loaded, search: str | None, name: str, text: str | None) -> Shown:
    """Take a filter's value into the address, or refuse it beside its field and clear the rules.

    Parameters
    ----------
    release : Loaded
    search : str or None
        The address's query with its question mark.
    name : str
        One of ``layouts.baskets.filters.FIELDS``.
    text : str or None
        As typed: shares in per cent.

    Returns
    -------
    dict
        ``address``, and the fields' ``values``; or what the page shows of a refusal.
    """
    asked = view_at(release, search)
    try:
        filters = _narrowed(release, asked.filters, name, (text or "").strip())
    except Refusal as refused:
        errors = {field: refusal(str(refused)) if field == name else [] for field in FIELDS}
        return _REFUSED | {"address": no_update, "errors": errors, "instead": states.refused()}
    values = dict.fromkeys(FIELDS, no_update) | {name: ""}
    return {"address": replace(asked, filters=filters).to_query(), "values": values}


def _narrowed(release: Loaded, filters: RuleFilters, name: str, text: str) -> RuleFilters:
    if name == "item":
        return replace(filters, items=_with_item(release, filters.items, text))
    narrowed = replace(filters, **{name: _typed(name, text)})  # type: ignore[arg-type]
    check(release, narrowed, words.written())
    return narrowed


def _typed(name: str, text: str) -> float:
    written = words.written()
    scale, units, example = (1.0, (), 1.5) if name == "min_lift" else (100.0, ("%",), 12.5)
    try:
        value = written.read(text, *units) / scale
    except Refusal:
        value = math.nan
    if not (math.isfinite(value) and 0 <= value <= (1.0 if units else math.inf)):
        raise Refusal(_TYPE[name](example=written.write(example)), name)
    return round(value, 12)


def _with_item(release: Loaded, items: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Ask for one more product: a label of the list becomes its code, other text is part of a name."""
    if not text:
        raise Refusal(_("Give part of a product’s name, or its code."), "item")
    index = rule_index(release)
    if not index.meant(text) and index.place_of(text) is None:
        none = _("No rule contains a product “{text}”. Choose one from the list.", text=text[:60])
        raise Refusal(none, "item")
    place = index.place_of(text)
    wanted = text if place is None else release.overview.items[place].product
    asked = tuple(dict.fromkeys([*items, wanted]))
    if len(asked) > MOST_ITEMS:
        most = plural(
            "You can filter by up to {n} product. Remove one first.",
            "You can filter by up to {n} products. Remove one first.",
            MOST_ITEMS,
        )
        raise Refusal(most, "item")
    return asked


def focus(release: Loaded, search: str | None, clicked: Any) -> Any:
    """Ask for the products of the rule whose point was pressed."""
    asked = view_at(release, search)
    row = pressed(points(release, find(release, asked.filters), asked.filters.scope), clicked)
    if row is None:
        return no_update
    answer = as_contract(release, row)
    items = tuple(sorted([*answer["antecedents"], *answer["consequents"]]))
    focused = replace(asked, filters=replace(asked.filters, items=items)).to_query()
    return no_update if focused == asked.to_query() else focused


def put_in_basket(release: Loaded, search: str | None, text: str | None) -> dict[str, Any]:
    """Take a product into the basket, or say beside the field why not."""
    given = view_at(release, search)
    held = given.filters.basket
    place = rule_index(release).only(text or "")
    said = None
    if place is None:
        said = _which(release, (text or "").strip()[:60])
    elif len(held) >= MOST_ITEMS:
        said = plural(
            "A basket can hold up to {n} product here. Remove one first.",
            "A basket can hold up to {n} products here. Remove one first.",
            MOST_ITEMS,
        )
    if place is None or said:
        return {"address": no_update, "product": {"error": refusal(said)}}
    code = release.overview.items[place].product
    filters = replace(given.filters, basket=tuple(dict.fromkeys([*held, code])))
    return {"address": replace(given, filters=filters).to_query(), "product": {"value": "", "error": []}}


def _which(release: Loaded, wanted: str) -> str:
    """Say why a text does not name a product for the basket, and what to do."""
    choose = _("Choose a product from the list, or give its code.")
    if not wanted:
        return choose
    why = (
        _("“{text}” fits more than one product.", text=wanted)
        if rule_index(release).meant(wanted)
        else _("No rule contains a product “{text}”.", text=wanted)
    )
    return f"{why} {choose}"
