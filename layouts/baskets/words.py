"""What a basket is called: an invoice, or a customer with all that they bought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def basket(scope: Mapping[str, Any]) -> str:
    """Return ``invoice`` or ``customer`` for an entry of ``overview.rule_scopes``; older ones do not say."""
    return str(scope.get("baskets_of", "invoices")).removesuffix("s")
