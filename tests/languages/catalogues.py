"""What is wrong with a language's catalogue."""

from __future__ import annotations

import string
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

UNSAID = "is not said in every form"


def faults(catalogue: Catalog) -> list[str]:
    """Return a sentence for each message that lacks something, is unsure or has other places."""
    return [
        f"{message.id!r} {fault}" for message in catalogue if message.id for fault in _of(message, catalogue)
    ]


def _of(message: Message, catalogue: Catalog) -> Iterator[str]:
    sources, said = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield "is unsure"
    if len(said) != (catalogue.num_plurals if message.pluralizable else 1) or not all(said):
        yield UNSAID
        return
    asked = set().union(*map(_places, sources))
    if any(_places(form) - asked for form in said):
        yield "has places that the English lacks"
    # one form may say its number in a word, as the English "one customer" does
    if _places(said[-1]) != _places(sources[-1]):
        yield "has other places than the English"


def _forms(text: object) -> list[str]:
    return [str(form or "") for form in (text if isinstance(text, list | tuple) else [text])]


def _places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
