"""What the columns of a file are, in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.core.language.messages import later, sense

_WORDS: Mapping[str, Callable[[], str]] = {
    "customer": later("customer"),
    "date": later("date"),
    "time": later("time"),
    "invoice": later("invoice"),
    "product": later("product"),
    "description": later("description"),
    "quantity": later("quantity"),
    "price": later("price"),
    "amount": later("amount"),
    "discount": later("discount"),
    "order_total": later("order total"),
    "order_subtotal": later("order subtotal"),
    "order_discount": later("order discount"),
    "status": later("status"),
    "cancelled": lambda: sense("column", "cancelled"),  # a job is so in other words
    "currency": later("currency"),
    "email": later("email"),
    "country": later("country"),
    "opted_out": later("opted out"),
    "churned": later("churned"),
    "recency": later("recency"),
    "frequency": later("frequency"),
    "monetary": later("monetary"),
}


def in_words(role: str) -> str:
    """Name a role, such as ``order_total``; one of another program by its own name."""
    return _WORDS[role]() if role in _WORDS else role.replace("_", " ")
