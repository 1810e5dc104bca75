"""The languages that there are, and their catalogues, read from Babel's files."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from services.core.language import memory
from services.core.language.memory import Memory
from services.core.language.messages import ENGLISH, Language

FOLDER = Path(__file__).parent / "po"
"""A file for each language, ``de.po``; ``make messages`` brings what the source says into them."""

LANGUAGES: tuple[str, ...] = ("en",)
"""Those that people can have: English, and each whose catalogue is complete, so that no page is in two."""


def of_locale(locale: str) -> Language:
    """Return the language of a Babel locale such as ``de_DE``; English where there is no complete one."""
    code = locale.partition("_")[0]
    return read(code) if code in LANGUAGES and code != ENGLISH.code else ENGLISH


def in_language(locale: str, code: str | None) -> str:
    """Return the locale in which somebody reads who chose a language on a site.

    Parameters
    ----------
    locale : str
        The site's, a Babel locale.
    code : str or None
        What they chose, ISO 639-1; anything that is no language of :data:`LANGUAGES` counts as no choice.

    Returns
    -------
    str
        The site's, where that is in the language; else the language's own, which for English is Britain's.
    """
    if code not in LANGUAGES or code == of_locale(locale).code:
        return locale
    return "en_GB" if code == ENGLISH.code else code


def names() -> dict[str, str]:
    """Return the languages that people can have, by code, each named in itself: ``Deutsch``."""
    return {code: str(Locale.parse(code).get_language_name(code)).capitalize() for code in LANGUAGES}


@cache
def read(code: str) -> Language:
    """Read a language's catalogue, once for a process.

    Raises
    ------
    FileNotFoundError
        Where there is none.
    """
    compiled = io.BytesIO()
    catalogue = _catalogue(code)
    write_mo(compiled, catalogue)
    compiled.seek(0)
    kept = (_english(message) for message in catalogue if message.id)
    return Language(code, gettext.GNUTranslations(compiled), Memory(kept))


def said_by(code: str, folder: str) -> dict[str, str | list[str]]:
    """Return what a language says for the sentences that stand in a folder of the source.

    Returns
    -------
    dict
        By the English sentence; a list of its forms where it has a plural, by that of one. A word in one
        sense has its context before it, as gettext has it.
    """
    return {
        _key(message): _forms(message.string)
        for message in _catalogue(code)
        if message.id and any(place.startswith(folder) for place, _line in message.locations)
    }


def _english(message: Message) -> memory.Message:
    one, many = (message.id, "") if isinstance(message.id, str) else message.id
    return memory.Message(one, many, message.context or "")


def _key(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\x04{text}" if message.context else text


def _forms(said: str | list[str] | tuple[str, ...] | None) -> str | list[str]:
    return said if isinstance(said, str) else list(said or ())


def _catalogue(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)
