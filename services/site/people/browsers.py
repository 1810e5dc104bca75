"""What people call the browser that a request comes from: enough to tell their own devices apart."""

from __future__ import annotations

from services.core.language.messages import _, later

_BROWSERS = (
    # those that also name others stand first
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", later("an iPhone").text),
    ("iPad", later("an iPad").text),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", later("a Mac").text),
    ("Linux", "Linux"),
)
_NONE = later("A program").text


def browser_of(agent: str | None) -> str:
    """Name browser and system as the records keep them, such as “Firefox on Windows”.

    Parameters
    ----------
    agent : str or None
        The header ``User-Agent``; anybody may write anything there, so nothing of it is kept.

    Returns
    -------
    str
        “A program” where it names no browser that is known here.
    """
    sent = agent or ""
    browser = next((name for mark, name in _BROWSERS if mark in sent), _NONE)
    system = next((name for mark, name in _SYSTEMS if mark in sent), None)
    return f"{browser} on {system}" if system else browser


def shown(kept: str) -> str:
    """Say in the reader's language what ``browser_of`` returned."""
    browser, on, system = kept.partition(" on ")
    return _("{browser} on {system}", browser=_(browser), system=_(system)) if on else _(kept)
