"""Products looked for by code or words, and who bought them, against a count over the file."""

from __future__ import annotations

import sqlite3

import pytest

from services.core.refusals import NotFound, Refusal
from services.serving.customers.bought import best_of, buyers_of, product_named, products_like
from services.serving.release.loaded import folded
from tests.serving.shops import purchases, returning_shop, shop, table_shop


def names(found):
    return [each.name for each in found]


def test_who_bought_each_product_is_who_has_a_line_with_it():
    release = shop()
    for code in (f"P{number}" for number in range(6)):
        bought = {who for who, *_, lines in purchases() for product, *_ in lines if product == code}
        rows = buyers_of(release, product_named(release, code))
        assert {release.id_of(int(row)) for row in rows} == bought
        spent = release.customers["monetary"][best_of(release, rows, 5)].tolist()
        assert spent == sorted(release.customers["monetary"][rows].tolist(), reverse=True)[:5]


def test_a_product_is_found_by_its_code_its_name_or_words_of_it():
    release = shop()
    assert names(products_like(release, " p3 ")) == ["P3"]
    assert names(products_like(release, "thing P3")) == ["P3"]
    assert names(products_like(release, "p4 THING")) == ["P4"]
    assert sorted(names(products_like(release, "thing"))) == [f"P{number}" for number in range(6)]
    for unknown in ("", "  ", "lamp", "%", "_", "x" * 10_000, "a " * 90, "\ud800", "\0"):
        assert products_like(release, unknown) == []


def test_capitals_beyond_ascii_and_blanks_around_do_not_matter(monkeypatch):
    release = shop()
    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    release.lookup().backup(base)
    base.create_function("folded", 1, folded, deterministic=True)
    monkeypatch.setattr(release, "lookup", lambda: base)
    base.execute("UPDATE products SET description = '  ÜBERTOPF GROẞ ' WHERE product = 'P3'")
    base.execute("UPDATE products SET product = '-' || product WHERE product IN ('P4', 'P5')")
    base.execute("UPDATE line_items SET name = ' Übertopf klein ' WHERE name = 'P4'")
    for typed in ("übertopf groß", " Übertopf GROSS", "groß", "grOSS übertopf"):
        assert names(products_like(release, typed)) == ["P3"]
    assert sorted(names(products_like(release, "übertopf"))) == [" Übertopf klein ", "P3"]
    assert names(products_like(release, "ÜBERTOPF KLEIN")) == [" Übertopf klein "]
    for name in ("Übertopf klein", " Übertopf klein "):
        assert product_named(release, name).name == " Übertopf klein "
    with pytest.raises(NotFound):
        product_named(release, "übertopf klein")  # what an address names is one product


def test_what_was_only_ever_returned_was_bought_by_nobody():
    with pytest.raises(NotFound, match="Nobody bought “P99”"):
        product_named(returning_shop(), "P99")
    assert products_like(returning_shop(), "P99") == []


def test_a_release_without_products_or_from_before_they_were_kept_finds_none(monkeypatch):
    assert products_like(table_shop(), "P1") == products_like(shop(products=False), "P1") == []
    monkeypatch.setattr("services.serving.customers.bought.tables", lambda _release: {"orders"})
    assert products_like(shop(), "P1") == []
    with pytest.raises(Refusal, match="made by an earlier version"):
        product_named(shop(), "P1")
