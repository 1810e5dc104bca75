"""What is wrong with a language's catalogue."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator
from gettext import c2py  # type: ignore[attr-defined]

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
    # a form of one number may say it in a word, as the English "one customer" does; Russian has 21 there too
    several = _of_several(catalogue) if message.pluralizable else {0}
    if any(_places(form) != _places(sources[-1]) for place, form in enumerate(said) if place in several):
        yield "has other places than the English"


def _of_several(catalogue: Catalog) -> set[int]:
    """Return the forms that more than one number has."""
    used = Counter(map(c2py(catalogue.plural_expr), range(200)))
    return {form for form, numbers in used.items() if numbers > 1}


def _forms(text: object) -> list[str]:
    return [str(form or "") for form in (text if isinstance(text, list | tuple) else [text])]


def _places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
