"""What people call the browser that a request comes from: enough to tell their own devices apart."""

from __future__ import annotations

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
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


def browser_of(agent: str | None) -> str:
    """Name browser and system, such as “Firefox on Windows”.

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
    browser = next((name for mark, name in _BROWSERS if mark in sent), "A program")
    system = next((name for mark, name in _SYSTEMS if mark in sent), None)
    return f"{browser} on {system}" if system else browser
