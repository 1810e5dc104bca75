"""What a release says of itself in whole sentences, which it holds in English."""

from __future__ import annotations

from services.core.language.messages import _


def shown(sentence: str) -> str:
    """Say a sentence as it was stored in the language that holds; empty stays empty."""
    return _(sentence) if sentence else ""
