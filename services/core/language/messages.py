"""Every sentence that a person reads goes through here, so that it can be in their language.

The source is in English, and a catalogue has the same sentences in another language. Which one holds is a
property of the request, digest or command (:func:`use` sets it in its own context), not of the process.
Without a catalogue, or where it lacks a sentence, the English one is said.

Named places are filled as :meth:`str.format` does, after the translation, so that each language orders
them as it needs. Whoever calls writes numbers, dates and money into text first; text without places is
taken as it is, with its braces.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations

from services.core.language.memory import Memory


@dataclass(frozen=True)
class Language:
    """A language and what is said in it.

    Attributes
    ----------
    code : str
        ISO 639-1, such as ``de``.
    catalogue : gettext.NullTranslations
        The sentences; the default one has none and so says the English ones.
    memory : Memory
        The same sentences in English, to find the one that something kept was made from.
    """

    code: str = "en"
    catalogue: NullTranslations = field(default_factory=NullTranslations, compare=False)
    memory: Memory = field(default_factory=Memory, compare=False)

    @property
    def tag(self) -> str:
        """What ``<html lang>`` says; the English is Britain's."""
        return "en-GB" if self.code == "en" else self.code


ENGLISH = Language()
_LANGUAGE: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def use(language: Language) -> None:
    """Say everything in this language for the rest of the current context, which is one request."""
    _LANGUAGE.set(language)


def language() -> Language:
    """Return the language that holds here and now."""
    return _LANGUAGE.get()


def _(text: str, /, **places: object) -> str:
    """Say a sentence in the language that holds: ``_("Saved by {name}", name=who)``."""
    return _filled(_LANGUAGE.get().catalogue.gettext(text), places)


def plural(one: str, many: str, number: int, /, **places: object) -> str:
    """Say a sentence in the form that its number asks for, of which some languages have three.

    Parameters
    ----------
    one, many : str
        In English, with ``{n}`` for the number.
    number : int
        Which decides the form. It also fills ``{n}`` in plain digits, unless ``n`` is given as text.
    **places : object
        What fills the other places.
    """
    said = _LANGUAGE.get().catalogue.ngettext(one, many, int(number))  # gettext takes NumPy's for no numbers
    return _filled(said, {"n": number, **places})


def sense(context: str, text: str, /, **places: object) -> str:
    """Say a word that other languages have several of, in one sense: ``sense("state", "Open")``."""
    return _filled(_LANGUAGE.get().catalogue.pgettext(context, text), places)


@dataclass(frozen=True, slots=True)
class later:  # noqa: N801 (reads as a function, and is extracted as one)
    """A sentence of a module, said where it is called: ``SUB = later("All customers")``, then ``SUB()``.

    It is no ``str``, so that the type checker finds a place that forgets to call it.
    """

    text: str

    def __call__(self, **places: object) -> str:
        """Say it in the language that holds now."""
        return _(self.text, **places)

    def __str__(self) -> str:
        """Say it in the language that holds now."""
        return _(self.text)


def _filled(said: str, places: dict[str, object]) -> str:
    return said.format(**places) if places else said
