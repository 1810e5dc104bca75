"""Of Bootstrap pages have what they use, and no page uses what they have not."""

from __future__ import annotations

import re

from services.web.static.pruning import USED, pruned
from services.web.static.vendor import bootstrap_css
from tests.running import ROOT

SOURCES = [
    path
    for folder, kind in (("layouts", "*.py"), ("services/web", "*.html"), ("services/web", "*.py"))
    for path in (ROOT / folder).rglob(kind)
]
NAMED = re.compile(r"""(?:className|class|class_name)=f?["']([^"'{]*)["']""")


def test_rules_for_elements_and_for_controls_stay_and_others_go():
    sheet = (
        '@charset "UTF-8";/*! licence (example.com) */\n:root{--a:1}/* x */b,.card,.form-check b{x:y}'
        ".btn{x:y}a:not([href]):not([class]){x:y}@media (min-width:1px){h1{x:y}.row{x:y}}"
        "@media print{.d-none{x:y}}@keyframes spin{to{x:y}}"
        ".form-control.is-invalid,.was-validated .form-control:invalid{x:y}"
    )
    assert pruned(sheet) == (
        "/*! licence (example.com) */\n:root{--a:1}b,.form-check b{x:y}a:not([href]):not([class]){x:y}"
        "@media (min-width:1px){h1{x:y}}.form-control.is-invalid{x:y}"
    )


def test_of_bootstrap_a_seventh_is_left_with_all_that_inputs_have():
    whole = bootstrap_css().read_text("utf-8")
    left = pruned(whole)
    assert len(left) < len(whole) / 7
    for name in (".form-control", ".form-select", ".form-check-input", "[hidden]"):
        assert re.search(rf"[,}}]{re.escape(name)}\{{([^}}]*)", left)[1] in whole
    assert left.count("{") == left.count("}")


def test_pages_name_no_other_class_of_bootstrap():
    of_bootstrap = set(re.findall(r"\.(-?[a-z][\w-]*)", bootstrap_css().read_text("utf-8")))
    named = {
        name
        for path in SOURCES
        for classes in NAMED.findall(path.read_text("utf-8"))
        for name in classes.split()
    }
    assert {"form-control", "sd-card"} <= named | {"sd-card"}
    assert {name for name in named & of_bootstrap if not name.startswith(USED)} == set()
