"""What a basket is called: an invoice, or a customer with all that they bought; and stored sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from services.core.language.messages import plural

if TYPE_CHECKING:
    from services.releases.overview.ledger import RuleScope


def basket(scope: RuleScope) -> str:
    """Return ``invoice`` or ``customer`` for an entry of ``overview.rule_scopes``."""
    return scope.baskets_of.removesuffix("s")


def counted(baskets: int, whole: str) -> str:
    """Return ``7 invoices`` or ``7 customers``; ``whole`` as :func:`basket` gives it."""
    n = words.number(baskets)
    if whole == "customer":
        return plural("{n} customer", "{n} customers", baskets, n=n)
    return plural("{n} invoice", "{n} invoices", baskets, n=n)
