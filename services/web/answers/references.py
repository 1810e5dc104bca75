"""Reference numbers: what a reader quotes and what the log is searched for."""

from __future__ import annotations

import secrets

from flask import g

# Crockford's base 32: no I, L, O or U, so that a number survives being read out.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Make a reference such as ``SD-7F3K2``."""
    return "SD-" + "".join(secrets.choice(_SIGNS) for _ in range(5))


def note_failure() -> str:
    """Make a reference for a request that fails although its answer will not say so, as Dash's do not."""
    g.failed = True
    return new_reference()


def failed() -> bool:
    """Whether that was noted of the request that is being answered."""
    return bool(g.get("failed", False))
