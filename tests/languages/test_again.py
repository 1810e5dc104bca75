"""services/core/language/again.py and memory.py: what was kept in English, said in another language."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from services.core.language import catalogues
from services.core.language.again import again
from services.core.language.memory import LEAST_LETTERS, Memory, Message
from services.core.language.messages import ENGLISH, Language, _, plural, sense, use
from tests.languages.small import german

_SAID = {
    "{k} was chosen by hand.": "{k} wurde von Hand gewählt.",
    "The data ends on {day}. Bring newer sales.": "Die Daten enden am {day}. Laden Sie neuere Verkäufe hoch.",
    "Train on a longer period.": "Trainieren Sie auf einem längeren Zeitraum.",
    "The column “{name}” is empty.": "Die Spalte „{name}“ ist leer.",
    "Not foreseen: {reason}": "Nicht vorhergesagt: {reason}",
    "Revenue was {money} in all.": "Der Umsatz war insgesamt {money}.",
    "Quantity": "Menge",
    ("{n} row was left out.", "{n} rows were left out."): (
        "{n} Zeile wurde weggelassen.",
        "{n} Zeilen wurden weggelassen.",
    ),
    ("{names} is not stable.", "{names} are not stable."): (
        "{names} ist nicht stabil.",
        "{names} sind nicht stabil.",
    ),
}


@pytest.fixture
def in_german(tmp_path: Path) -> Iterator[None]:
    with german(tmp_path, _SAID, senses={("date", "d MMMM y"): "d. MMMM y"}):
        use(catalogues.read("de"))
        yield
        use(ENGLISH)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("4 was chosen by hand.", "4 wurde von Hand gewählt."),
        (
            "The data ends on 9 December 2011. Bring newer sales. Train on a longer period.",
            "Die Daten enden am 9. Dezember 2011. Laden Sie neuere Verkäufe hoch. Trainieren Sie auf einem "
            "längeren Zeitraum.",
        ),
        ("1 row was left out.", "1 Zeile wurde weggelassen."),
        ("1,234 rows were left out.", "1.234 Zeilen wurden weggelassen."),
        ("Revenue was 1,234.50 in all.", "Der Umsatz war insgesamt 1.234,50."),
        ("Revenue was 2011 in all.", "Der Umsatz war insgesamt 2011."),  # a year or an id is no amount
        ("A, B are not stable.", "A, B sind nicht stabil."),
        ("A is not stable.", "A ist nicht stabil."),
        ("The column “Quantity” is empty.", "Die Spalte „Quantity“ ist leer."),  # somebody's own word
        (
            "Not foreseen: 7 rows were left out. Train on a longer period.",
            "Nicht vorhergesagt: 7 Zeilen wurden weggelassen. Trainieren Sie auf einem längeren Zeitraum.",
        ),
        ("Nobody said this. 4 was chosen by hand.", "Nobody said this. 4 wurde von Hand gewählt."),
        ("Line one.\n4 was chosen by hand.", "Line one.\n4 wurde von Hand gewählt."),
        ("some rows were left out.", "some rows were left out."),
        (
            "The data ends on 12 Candles 2024. Bring newer sales.",
            "Die Daten enden am 12 Candles 2024. Laden Sie neuere Verkäufe hoch.",
        ),
        ("{k} was", "{k} was"),
        ("", ""),
    ],
)
def test_what_was_kept_is_said_by_the_message_that_made_it(in_german: None, kept: str, said: str) -> None:
    assert again(kept) == said


def test_english_stays_as_it_was_kept() -> None:
    assert again("4 was chosen by hand. {x}") == "4 was chosen by hand. {x}"


def test_a_message_with_few_letters_of_its_own_is_no_pattern() -> None:
    memory = Memory([Message("{a} of {b}"), Message("{a} customers of {b}")])
    assert memory.find("3 of 4") is None
    found = memory.find("3 customers of 4")
    assert found is not None
    assert found.letters == len("customersof") >= LEAST_LETTERS


def test_a_long_text_that_fits_nearly_takes_no_more_than_its_reading() -> None:
    pattern = ", ".join(f"{{p{place}}}" for place in range(8))
    memory = Memory([Message(f"Customers: {pattern}, and nobody else")])
    assert memory.find("Customers: " + "a, " * 2_000 + "and somebody else") is None  # ends at all
    found = memory.find("Customers: " + "a, " * 2_000 + "and nobody else")
    assert found is not None
    assert found.places["p0"].text == "a"


def test_a_place_that_stands_twice_holds_the_same_twice() -> None:
    memory = Memory([Message("Name {which} or leave {which} out")])
    assert memory.find("Name A or leave B out") is None
    found = memory.find("Name A or leave A out")
    assert found is not None
    assert found.places["which"].text == "A"


@pytest.mark.parametrize("code", sorted(file.stem for file in catalogues.FOLDER.glob("*.po")))
def test_each_message_with_places_is_found_again(code: str) -> None:
    every, otherwise, missed = copy_context().run(_tried, catalogues.read(code))
    assert every > 1500
    assert missed == []
    # two messages that make the same English, such as "There is no preset A. These exist: B."
    assert len(otherwise) < every / 100, otherwise


def _tried(spoken: Language) -> tuple[int, list[str], list[str]]:
    """Fill each message, and list what is said otherwise of it and what is not found."""
    use(spoken)
    filled = list(_filled(code=spoken.code))
    otherwise = [kept for kept, said in filled if again(kept) != said]
    return len(filled), otherwise, [kept for kept, _said in filled if spoken.memory.find(kept) is None]


def _filled(code: str) -> Iterator[tuple[str, str]]:
    """Give each pattern of a catalogue with something in its places: in English and as it is said."""
    with (catalogues.FOLDER / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    for message in catalogue:
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        for number, text in zip((1, 7), forms, strict=False):
            names = _places(text)
            if not names:
                continue
            places = {name: f"Zq{place}x" for place, name in enumerate(sorted(names))}
            if len(forms) > 1:
                places |= {"n": str(number)} if "n" in names else {}
                yield text.format(**places), plural(forms[0], forms[1], number, **places)
            elif message.context:
                yield text.format(**places), sense(message.context, text, **places)
            else:
                yield text.format(**places), _(text, **places)


def _places(text: str) -> set[str]:
    """Return the places of a pattern; none of what tells no sentence apart."""
    parts = list(Formatter().parse(text))
    names = {name for _literal, name, *_rest in parts if name is not None}
    if any(spec for _literal, _name, spec, _conversion in parts):  # of a chart
        return set()
    letters = sum(sign.isalpha() for literal, *_rest in parts for sign in literal)
    return names if letters >= LEAST_LETTERS and all(name.isidentifier() for name in names) else set()
