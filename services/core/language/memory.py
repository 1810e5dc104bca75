"""Which message a kept sentence was made from, and what stood in its places: a translation memory.

What releases, jobs and records keep is English, for programs and for readers of any language. Each such
sentence was made by one message of the source, so the messages themselves tell it apart: a message with
places is a pattern, and the one with the most letters of its own that fits the whole sentence is the one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

LEAST_LETTERS = 8
"""Of its own that a message with places has, so that it tells a sentence apart."""

_QUOTES = {"“": "”", "'": "'", "‘": "’", '"': '"', "«": "»"}
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Message:
    """A message of the source: its English, that of more than one, and its sense; empty where it has none."""

    one: str
    many: str = ""
    context: str = ""


@dataclass(frozen=True)
class Place:
    """What stands in a place of a sentence, and whether in quotes, as what somebody typed does."""

    text: str
    quoted: bool


@dataclass(frozen=True)
class Found:
    """The message of a sentence.

    Attributes
    ----------
    message : Message
    number : int or None
        Which decides the form; None of a message that has one form.
    places : mapping of str to Place
    letters : int
        Of the message's own that the sentence has.
    """

    message: Message
    number: int | None
    places: Mapping[str, Place]
    letters: int


@dataclass(frozen=True)
class _Form:
    message: Message
    usual: int | None  # the number where the sentence does not hold it
    own: tuple[str, ...]  # its pieces before, between and after the places
    names: tuple[str, ...]
    letters: int

    def places(self, sentence: str) -> Mapping[str, Place] | None:
        """Return what stands in the places of a sentence; None where the form did not make it.

        Each piece is looked for once, from the left, so that the time is that of reading the sentence.
        """
        *before, last = self.own
        if not sentence.startswith(before[0]) or not sentence.endswith(last):
            return None
        stand: dict[str, Place] = {}
        at, end = len(before[0]), len(sentence) - len(last)
        for place, name in enumerate(self.names):
            final = place == len(self.names) - 1
            stop = end if final else sentence.find(before[place + 1], at + 1, end)
            if stop <= at:
                return None
            text, after = sentence[at:stop], self.own[place + 1]
            quoted = after != "" and _QUOTES.get(self.own[place][-1:]) == after[0]
            if stand.setdefault(name, Place(text, quoted)).text != text:
                return None
            at = stop + len(after)
        return stand


class Memory:
    """The messages of a catalogue, to find that of a sentence.

    Parameters
    ----------
    messages : iterable of Message
    """

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._whole: dict[str, list[tuple[Message, int | None]]] = {}
        self._forms: list[_Form] = []
        for message in messages:
            self._take(message, message.one, 1 if message.many else None)
            if message.many:
                self._take(message, message.many, 2)

    def find(self, sentence: str) -> Found | None:
        """Return the message that a whole sentence was made from; None where no one message made it."""
        whole = self._whole.get(sentence)
        if whole is not None:
            plain = [each for each in whole if not each[0].context]
            return Found(*(plain or whole)[0], {}, _letters(sentence))
        return max(self._fitting(sentence), key=lambda found: found.letters, default=None)

    def _take(self, message: Message, text: str, usual: int | None) -> None:
        try:
            pieces = [(literal, name) for literal, name, *_rest in Formatter().parse(text)]
        except ValueError:  # a brace of its own: it has no places
            pieces = []
        own = [literal for literal, _name in pieces]
        names = [name for _literal, name in pieces if name is not None]
        if not names or not all(name.isidentifier() for name in names):  # or braces of its own, as in charts
            self._whole.setdefault(text, []).append((message, usual))
        elif (letters := _letters("".join(own))) >= LEAST_LETTERS:
            own += [""] * (len(own) == len(names))  # it ends with a place
            self._forms.append(_Form(message, usual, tuple(own), tuple(names), letters))

    def _fitting(self, sentence: str) -> Iterator[Found]:
        for form in self._forms:
            places = form.places(sentence)
            if places is None:
                continue
            number = form.usual
            if number is not None and "n" in places:
                digits = places["n"].text.replace(",", "")
                if not digits.isdecimal():
                    continue
                number = int(digits)
            yield Found(form.message, number, places, form.letters)


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))
