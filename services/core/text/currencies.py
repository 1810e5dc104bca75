"""Currencies as shops write them: signs, codes and names, beside a number or in a column of their own."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

from babel.numbers import get_currency_name, get_currency_precision, list_currencies


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "currencies.toml").read_text(encoding="utf-8"))


@cache
def codes() -> frozenset[str]:
    """Give the codes of ISO 4217, those of money that is no more among them."""
    return frozenset(list_currencies())


@cache
def _known() -> dict[str, str]:
    names = {get_currency_name(code, locale="en").lower().replace(" ", ""): code for code in sorted(codes())}
    shared = {sign: sign for sign in _told()["shared"]}
    signs: dict[str, str] = _told()["signs"]
    return names | {code.lower(): code for code in codes()} | shared | signs


def currency(text: str) -> str | None:
    """Give the currency that a sign, a code or a name stands for.

    Parameters
    ----------
    text : str
        Such as ``€``, ``US$``, ``usd``, ``Rs.``.

    Returns
    -------
    str or None
        A code of ISO 4217; the sign itself where several currencies share it; None for anything else.
    """
    return _known().get(text.lower().replace(" ", "").rstrip("."))


def whole(name: str) -> bool:
    """Say whether prices in a currency have no cents: that of a code or sign as ``currency`` gives it."""
    code = usual(name)
    return code in codes() and (code in _told()["whole"] or get_currency_precision(code) == 0)


def together(first: str, second: str) -> str | None:
    """Give the one currency of two names in one place, as in ``$20 CAD``; None where they differ."""
    if first == second:
        return first
    for sign, code in ((first, second), (second, first)):
        shared = _told()["shared"].get(sign)
        if shared and (code == shared["usual"] or code in shared["others"]):
            return code
    return None


def usual(name: str) -> str:
    """Give the code that a shared sign usually stands for: a shell takes ``$`` for something else."""
    return _told()["shared"].get(name, {}).get("usual") or name


def united(found: Collection[str]) -> dict[str, str]:
    """Give each currency of a file the name it goes by there.

    ``$`` beside ``USD`` alone is USD; beside ``CAD`` it may be either, and stays a currency of its own.
    """
    return {name: usual(name) if usual(name) in found else name for name in found}
