"""What a basket is called: an invoice, or a customer with all that they bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.releases.overview.ledger import RuleScope


def basket(scope: RuleScope) -> str:
    """Return ``invoice`` or ``customer`` for an entry of ``overview.rule_scopes``."""
    return scope.baskets_of.removesuffix("s")
