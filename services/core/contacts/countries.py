"""Countries as shops write them: the two letters of ISO 3166-1."""

from __future__ import annotations

from functools import cache

from babel import Locale

from services.core.text.column_names import plain

_MORE = {
    "uk": "GB",
    "greatbritain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northernireland": "GB",
    "eire": "IE",
    "republicofireland": "IE",
    "usa": "US",
    "unitedstatesofamerica": "US",
    "rsa": "ZA",
    "holland": "NL",
    "czechrepublic": "CZ",
    "uae": "AE",
    "korea": "KR",
    "channelislands": "JE",
}


@cache
def _known() -> dict[str, str]:
    codes = {code: name for code, name in Locale("en").territories.items() if len(code) == 2}
    found = {plain(name): code for code, name in codes.items() if code.isalpha()}
    return found | {code.lower(): code for code in codes if code.isalpha()} | _MORE


def country_code(text: str) -> str | None:
    """Give the code of a country by its code or its English name, None where it is none.

    Examples
    --------
    >>> country_code("United Kingdom"), country_code("fr"), country_code("EIRE"), country_code("Unspecified")
    ('GB', 'FR', 'IE', None)
    """
    return _known().get(plain(text))
