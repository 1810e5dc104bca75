"""A small German catalogue, as if it were all: what tests of other languages say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from services.core.language import catalogues

Sentence = str | tuple[str, str]
"""Or its form for one and that for many."""


@contextmanager
def german(
    folder: Path,
    said: Mapping[Sentence, Sentence],
    scripts: Collection[Sentence] = (),
    senses: Mapping[tuple[str, str], str] | None = None,
) -> Iterator[None]:
    """Have the languages be English and German, which says no more than this.

    Parameters
    ----------
    folder : Path
        Takes the catalogue.
    said : mapping
        By the English sentence.
    scripts : collection
        Which of these stand in scripts.
    senses : mapping, optional
        By sense and English, what scripts say of a word that has several.
    """
    catalogue = Catalog(locale="de")
    for text, words in said.items():
        catalogue.add(text, words, locations=[("assets/x.js" if text in scripts else "layouts/x.py", 0)])
    for (context, text), words in (senses or {}).items():
        catalogue.add(text, words, context=context, locations=[("assets/x.js", 0)])
    with (folder / "de.po").open("wb") as file:
        write_po(file, catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "FOLDER", folder)
        patch.setattr(catalogues, "LANGUAGES", ("en", "de"))
        catalogues.read.cache_clear()
        yield
    catalogues.read.cache_clear()
