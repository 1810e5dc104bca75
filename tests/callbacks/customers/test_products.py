"""The tab Customers where a product was typed: who bought it, and the list to be saved."""

from __future__ import annotations

from urllib.parse import parse_qs

import orjson
import pytest

from callbacks.audiences.view import described
from callbacks.customers import places
from callbacks.customers import view as tab
from callbacks.customers.asked import asked_in
from services.campaigns.selection import selected
from services.core.refusals import Refusal
from services.serving.customers.bought import buyers_of, product_named
from tests.campaigns.listed import NOBODY_OUT
from tests.serving.shops import returning_shop, shop


def said(search):
    shown = tab.answer(shop(), asked_in(shop(), search))
    assert shown.keys() == (places.STATE | places.HEAD).keys()
    assert (shown["finder"], shown["page"]) == (False, True)
    return orjson.dumps(shown["answer"]).decode()


def test_a_product_lists_who_bought_it_and_can_be_saved():
    many = len(buyers_of(shop(), product_named(shop(), "P3")))
    for search in ("?id=p3", "?bought=P3", "?id=Thing%20P3"):
        answer = said(search)
        assert "Thing P3 (P3)" in answer
        assert f"{many} customers bought it" in answer
        assert "/audiences?save=product&bought=P3" in answer


def test_bought_and_kept_is_only_said_where_returns_were_taken_off():
    for release, said in (
        (returning_shop(), "bought it and kept it."),
        (returning_shop("ignore"), "bought it."),
    ):
        shown = tab.answer(release, asked_in(release, "?bought=P3"))["answer"]
        assert f" customers {said}" in orjson.dumps(shown).decode()


def test_of_several_products_one_is_chosen_and_an_unknown_one_is_said():
    assert "/customers?bought=P5" in said("?id=thing")
    assert "Nobody bought “no such”" in said("?bought=no%20such")
    assert "No customer no such in this release" in said("?id=no%20such")


def test_the_list_is_saved_as_it_was_shown_and_the_filters_of_segments_narrow_it():
    release = shop()
    product = product_named(release, "P3")
    whole = selected(release, parse_qs("save=product&bought=P3"), NOBODY_OUT)
    assert whole.rows.tolist() == buyers_of(release, product).tolist()
    assert (whole.source, whole.query, described(release, whole)) == (
        "product",
        "bought=P3",
        "Bought Thing P3",
    )
    segment = release.segments[int(release.customers["segment"][whole.rows[0]])]
    part = selected(release, parse_qs(f"save=product&bought=P3&segment={segment.id}"), NOBODY_OUT)
    assert 0 < len(part.rows) <= len(whole.rows)
    assert described(release, part) == f"Bought Thing P3; Segment {segment.name}"
    with pytest.raises(Refusal, match="Nobody bought"):
        selected(release, parse_qs("save=product"), NOBODY_OUT)
