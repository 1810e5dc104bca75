"""What the cards of the tab Segments show, said where nothing can be said of their numbers."""

from __future__ import annotations

from services.core.language.messages import later

_SHOWN = {
    "map": later("Customers and revenue by the two scores."),
    "sizes": later("Customers and revenue of each group."),
    "treemap": later("Revenue of each group."),
    "rm": later("Customers by days since the last order and by spend."),
    "recency": later("Customers by days since the last order."),
    "monetary": later("Customers by spend."),
}
_COUNTED = {
    "orders": {
        "rf": later("Customers by days since the last order and by orders."),
        "fm": later("Customers by orders and by spend."),
        "frequency": later("Customers by orders."),
    },
    "lines": {
        "rf": later("Customers by days since the last order and by lines."),
        "fm": later("Customers by lines and by spend."),
        "frequency": later("Customers by lines."),
    },
}


def shown_by_cards(frequency: str) -> dict[str, later]:
    """Return what each card shows, by its name; ``frequency`` counts orders or lines."""
    return _SHOWN | _COUNTED[frequency]
