"""services/core/language/messages.py: sentences in the language that holds."""

from __future__ import annotations

import contextvars
import gettext
import io
import timeit
from collections.abc import Callable
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from services.core.language.messages import ENGLISH, Language, _, language, later, plural, sense, use

SUB = later("{n} customers of {all}")


@pytest.fixture
def russian() -> Language:
    catalogue = Catalog(locale="ru")
    catalogue.add("Save", "Сохранить")
    catalogue.add("{n} customers of {all}", "из {all} клиентов — {n}")
    catalogue.add(("{n} customer", "{n} customers"), ("{n} клиент", "{n} клиента", "{n} клиентов"))
    catalogue.add("Open", "Открыть")
    catalogue.add("Open", "Открыта", context="state")
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return Language("ru", gettext.GNUTranslations(file))


def said(chosen: Language, say: Callable[[], Any]) -> Any:
    def within() -> Any:
        use(chosen)
        return say()

    return contextvars.copy_context().run(within)


def test_without_a_catalogue_the_english_is_said() -> None:
    assert language() is ENGLISH
    assert _("Save") == "Save"
    assert _("{share} of {all}", share="5 %", all="1,000") == "5 % of 1,000"
    assert [plural("{n} customer", "{n} customers", n) for n in (0, 1, 2)] == [
        "0 customers",
        "1 customer",
        "2 customers",
    ]
    assert plural("{n} customer", "{n} customers", 1234, n="1,234") == "1,234 customers"
    assert sense("state", "Open") == "Open"
    assert (SUB(n=1, all=2), str(later("Save"))) == ("1 customers of 2", "Save")


def test_braces_of_text_without_places_stay() -> None:
    assert _("{name} stands for the shop") == "{name} stands for the shop"


def test_a_catalogue_orders_places_and_chooses_forms_and_senses(russian: Language) -> None:
    assert said(russian, lambda: _("Save")) == "Сохранить"
    assert said(russian, lambda: SUB(n=1, all=2)) == "из 2 клиентов — 1"
    forms = said(russian, lambda: [plural("{n} customer", "{n} customers", n) for n in (1, 3, 5, 21)])
    assert forms == ["1 клиент", "3 клиента", "5 клиентов", "21 клиент"]
    assert said(russian, lambda: (_("Open"), sense("state", "Open"))) == ("Открыть", "Открыта")
    assert said(russian, lambda: _("Not in it")) == "Not in it"


def test_a_language_holds_in_its_own_context_alone(russian: Language) -> None:
    said(russian, language)
    assert language() is ENGLISH


def test_a_sentence_costs_a_look_up() -> None:
    assert min(timeit.repeat(lambda: _("Save"), number=1000, repeat=5)) / 1000 < 20e-6
