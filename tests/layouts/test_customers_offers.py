"""The card "What to offer": every state in words."""

from __future__ import annotations

from types import SimpleNamespace

from layouts import customers_offers as view

RECORD = {
    "days": 60,
    "at": 10,
    "customers": 1701,
    "repeat_customers": 1630,
    "new": {
        "linear-items": {"found": 0.89, "found_low": 0.84, "found_high": 0.95},
        "recent-popularity": {"found": 0.59, "found_low": 0.55, "found_high": 0.64},
    },
    "repeat": {},
}
CUP = SimpleNamespace(product="B", description="CUP", price=2.0, reason="bought with A TIN, by 41 customers")


def test_the_track_record_stands_beside_that_of_the_best_selling_products():
    assert view.track_record(RECORD, "linear-items", again=False) == (
        "Tried on the last 60 days, which were kept back: of 10 products listed, 1,701 customers bought 0.89 "
        "on average (95 % interval 0.84 to 0.95); of the 10 that sold best, 0.59."
    )
    assert "sold best" not in view.track_record(RECORD, "recent-popularity", again=False)


def test_what_was_not_tried_out_has_no_track_record():
    assert view.track_record(None, "linear-items", again=False) == ""
    assert view.track_record(RECORD, "personal-frequency", again=True) == ""


def test_a_product_has_its_price_and_its_reason():
    offered = SimpleNamespace(method="linear-items", note="", products=[CUP])
    shown = view.shown(offered, RECORD, again=False)
    assert shown["finding"].startswith("One product not bought before")
    assert "Bought with A TIN, by 41 customers" in str(shown["list"])
    assert "£2.00" in str(shown["list"])


def test_nothing_to_offer_is_said():
    offered = SimpleNamespace(method="personal-frequency", note="", products=[])
    assert "still on sale" in view.shown(offered, RECORD, again=True)["finding"]
    assert view.shown(offered, RECORD, again=True)["list"] == ""
    note = SimpleNamespace(method="recent-popularity", note="Nothing says what goes with it.", products=[CUP])
    assert view.shown(note, RECORD, again=False)["finding"] == "Nothing says what goes with it."
