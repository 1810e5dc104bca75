"""Devices that an account was signed in on before: they keep their own count of wrong passwords.

A browser is told a random id and, for each account, a mark under the site's key. Neither grants anything:
without the password nobody signs in. Only who signed in gets a mark, and a new password ends all of the
account's, so that nobody guesses under another's count or under many.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

SECONDS = 400 * 86_400
"""How long browsers keep a cookie at most; told anew at each sign-in."""
MOST_MARKS = 8
"""Accounts that one device is known for, the last ones: a till that many use."""
_COOKIE = re.compile(rf"([0-9a-f]{{32}})((?:\.[0-9a-f]{{32}}){{1,{MOST_MARKS}}})")


def known(cookie: str | None, account: int, password: str, key: bytes) -> str | None:
    """Return the id of the device that sent ``cookie`` if ``account`` was signed in on it before, else None.

    Parameters
    ----------
    cookie : str or None
        As the browser sent it; anybody may have made it up.
    account : int
        The number of the account.
    password : str
        What is kept of its password.
    key : bytes
        The site's secret.
    """
    device, marks = _read(cookie)
    expected = _mark(device, account, password, key)
    found = [mark for mark in marks if hmac.compare_digest(mark, expected)]
    return device if found else None


def marked(cookie: str | None, account: int, password: str, key: bytes) -> str:
    """Return the cookie of a device on which ``account`` was just signed in; parameters as of ``known``."""
    device, marks = _read(cookie)
    own = _mark(device, account, password, key)
    return ".".join([device, own, *(mark for mark in marks if mark != own)][: MOST_MARKS + 1])


def _read(cookie: str | None) -> tuple[str, list[str]]:
    found = _COOKIE.fullmatch(cookie or "")
    if found is None:
        return secrets.token_hex(16), []
    return found[1], found[2].split(".")[1:]


def _mark(device: str, account: int, password: str, key: bytes) -> str:
    # begins otherwise than what is hashed of sessions and tokens
    said = f"device\0{device}\0{account}\0{password}".encode()
    return hmac.digest(key, said, hashlib.sha256)[:16].hex()
