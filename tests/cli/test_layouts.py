"""The exports that are known, on the command line."""

from tests.cli.commands import run


def test_the_known_exports_are_listed_with_what_identifies_each():
    found = {layout["id"]: layout for layout in run("layouts", "--json").json}
    assert len(found) == 22
    assert ["Lineitem quantity"] in found["shopify"]["identified_by"]
    assert {layout["shape"] for layout in found.values()} == {"rows", "wide", "packed"}
    assert "Shopify, orders export: Name, Financial Status" in run("layouts").out
