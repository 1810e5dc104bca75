"""Dotted words: what one means opens on hover, focus and tap; the texts are ``services.core.glossary``’s."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.parts.attributes import attributes
from services.core.glossary import glossary


def term(word: str, shown: str | None = None) -> html.Button:
    """Dot a word; ``assets/terms.js`` shows its meaning.

    Parameters
    ----------
    word : str
        Its id in the glossary.
    shown : str, optional
        As it stands in the sentence; as the glossary writes it without.

    Raises
    ------
    KeyError
        If the glossary lacks the word.
    """
    return html.Button(
        shown or glossary()[word].word,
        type="button",
        className="sd-term",
        **attributes(data_word=glossary()[word].id),
    )


def named(shown: str, word: str) -> Component | str:
    """Return a heading, dotted where ``word`` is not empty."""
    return term(word, shown) if word else shown


def header_class(word: str, *, numeric: bool = False) -> str:
    """Return the classes by which a grid's heading is dotted; it has no component of its own.

    Parameters
    ----------
    word : str
        Its id in the glossary.
    numeric : bool
        Whether the column stands at the right: a class of one's own takes the place of the grid's.

    Raises
    ------
    KeyError
        If the glossary lacks the word.
    """
    return f"{'ag-right-aligned-header ' * numeric}sd-term-head sd-word-{glossary()[word].id}"


def meanings() -> dict[str, list[str]]:
    """Return word and meaning by id, as the script reads them."""
    return {each.id: [each.word, each.says] for each in glossary().values()}
