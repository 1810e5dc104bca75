"""The languages that there are, and their catalogues, read from Babel's files."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from services.core.language.messages import ENGLISH, Language

FOLDER = Path(__file__).parent / "po"
"""A file for each language, ``de.po``; ``make messages`` brings what the source says into them."""

LANGUAGES: tuple[str, ...] = ("en",)
"""Those that people can have: English, and each whose catalogue is complete, so that no page is in two."""


def of_locale(locale: str) -> Language:
    """Return the language of a Babel locale such as ``de_DE``; English where there is no complete one."""
    code = locale.partition("_")[0]
    return read(code) if code in LANGUAGES and code != ENGLISH.code else ENGLISH


@cache
def read(code: str) -> Language:
    """Read a language's catalogue, once for a process.

    Raises
    ------
    FileNotFoundError
        Where there is none.
    """
    with (FOLDER / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Language(code, gettext.GNUTranslations(compiled))
