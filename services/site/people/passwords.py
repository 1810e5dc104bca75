"""Passwords: which are taken, how they are kept (argon2id), and that at most two are worked on at once."""

from __future__ import annotations

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from services.core.language.messages import _
from services.core.refusals import Refusal

SHORTEST = 12
LONGEST_BYTES = 1_024
# 19 MiB and two passes are OWASP's least; 23 ms on the machine of the first measurements.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
_AT_ONCE = BoundedSemaphore(2)
# What a password of nobody is compared with, so that an unknown name takes as long as a known one.
_NOBODYS = _HASHER.hash("nobody has this password")
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""No signs that are taken for each other when they are read from paper."""


def check_strength(name: str, password: str) -> None:
    """Refuse a password that is too short, too long, or the account's name.

    Raises
    ------
    Refusal
    """
    if len(password) < SHORTEST:
        raise Refusal(
            _("The password has fewer than {least} characters: choose a longer one.", least=SHORTEST),
            "password",
        )
    if too_long(password):
        raise Refusal(
            _("The password is longer than {most} bytes: choose a shorter one.", most=LONGEST_BYTES),
            "password",
        )
    if password.casefold() == name.casefold() or len(set(password)) < 4:
        raise Refusal(_("The password is too easy to guess: use several words."), "password")


def too_long(password: str) -> bool:
    """Whether a password is longer than any that can have been set."""
    return len(password.encode("utf-8", "surrogatepass")) > LONGEST_BYTES


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether ``password`` is the one that ``kept`` was made from; where none is kept, no, as slowly."""
    with _AT_ONCE:
        try:
            found = _HASHER.verify(kept or _NOBODYS, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
    return found and bool(kept)


def made() -> str:
    """Return a password that nobody guesses, for somebody who is to choose their own: 79 bits to be typed."""
    signs = "".join(secrets.choice(_LEGIBLE) for _place in range(16))
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))
