"""Reference numbers: what a reader quotes and what the log is searched for."""

from __future__ import annotations

import secrets

# Crockford's base 32: no I, L, O or U, so that a number survives being read out.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Make a reference such as ``SD-7F3K2``."""
    return "SD-" + "".join(secrets.choice(_SIGNS) for _ in range(5))
