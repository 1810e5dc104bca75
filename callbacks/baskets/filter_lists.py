"""The lists of the tab Baskets: which baskets are looked at, and which rules held up, into the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import no_update

from layouts.ids import Baskets
from services.core.refusals import Refusal
from services.serving.rules.address import RuleView, view_at
from services.serving.rules.find import check
from services.serving.rules.index import ALL, rule_index

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded

Choose = Callable[["Loaded", str | None, str], Any]


def choose_group(release: Loaded, search: str | None, group: str) -> Any:
    """Take a cluster or a segment into the address; a support its rules do not reach down to is left out."""
    asked = view_at(release, search)
    now, _, of = asked.filters.scope.partition("@")
    if group == ALL and now.startswith("period:"):
        return no_update  # the other list speaks
    return _rescoped(release, asked, group, of)


def choose_period(release: Loaded, search: str | None, period: str) -> Any:
    """Take a period into the address, as :func:`choose_group` does a group."""
    asked = view_at(release, search)
    now, _, of = asked.filters.scope.partition("@")
    if period == ALL and not now.startswith("period:"):
        return no_update
    return _rescoped(release, asked, period, of)


def choose_baskets(release: Loaded, search: str | None, of: str) -> Any:
    """Take into the address what a basket is: ``all`` for an invoice, ``customers``."""
    asked = view_at(release, search)
    return _rescoped(release, asked, asked.filters.scope.partition("@")[0], "" if of == ALL else of)


def _rescoped(release: Loaded, asked: RuleView, group: str, of: str) -> Any:
    known = rule_index(release).scopes
    scope = f"{group}@{of}" if of and f"{group}@{of}" in known else group
    if scope == asked.filters.scope or scope not in known:
        return no_update
    filters = replace(asked.filters, scope=scope)
    try:
        check(release, filters)
    except Refusal:
        filters = replace(filters, min_support=None)
    return replace(asked, filters=filters).to_query()


def choose_held_up(release: Loaded, search: str | None, word: str) -> Any:
    """Take into the address whether rules held up: ``all``, ``yes``, ``no`` or ``unknown``."""
    asked = view_at(release, search)
    filters = replace(asked.filters, held_up="" if word == ALL else word)
    try:
        check(release, filters)
    except Refusal:
        return no_update
    return no_update if filters == asked.filters else replace(asked, filters=filters).to_query()


CHOICES: dict[str, Choose] = {
    Baskets.GROUP: choose_group,
    Baskets.PERIOD: choose_period,
    Baskets.BASKETS_OF: choose_baskets,
    Baskets.HELD_UP: choose_held_up,
}
