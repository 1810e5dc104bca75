"""The gate has what is quick and what ``gate.txt`` names, and nothing that is named is lost unnoticed."""

from __future__ import annotations

from itertools import permutations
from types import SimpleNamespace

import pytest

from tests.gate import marks as gate
from tests.order import measured
from tests.running import ROOT

#: Who may do what, and what goes out: none of it waits for the long ring, however slow it is or becomes.
NEVER_LONG = ("web/access", "web/exports", "web/oidc", "web/pages", "site/people", "site/provider")


def test_what_is_named_is_there():
    lost = []
    for name in gate.names():
        place, _, test = name.partition("::")
        path = ROOT / gate.BELOW / place
        defined = f"def {test.partition('[')[0]}("
        if not path.exists() or (test and defined not in path.read_text("utf-8")):
            lost.append(name)
    assert lost == []


def test_nothing_is_named_twice():
    names = gate.names()
    assert len(names) == len(set(names))
    assert [one for one, other in permutations(names, 2) if gate.named(gate.BELOW + one, [other])] == []


def test_who_may_do_what_is_never_long(request):
    assert set(NEVER_LONG) <= set(gate.names())
    found = [item for item in request.session.items if gate.named(item.nodeid, NEVER_LONG)]
    assert [item.nodeid for item in found if item.get_closest_marker("long")] == []


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        ("tests/web/test_a.py::test_one", True),
        ("tests/web/test_a.py::test_one[x]", True),
        ("tests/web/test_a.py::test_one_more", False),
        ("tests/web/test_ab.py::test_one", False),
        ("tests/site/people/test_c.py::test_two", True),
        ("tests/site/people_who/test_c.py::test_two", False),
        ("tests/core/test_d.py::test_three", True),
        ("tests/core/test_e.py::test_four[a]", True),
        ("tests/core/test_e.py::test_four[b]", False),
    ],
)
def test_a_folder_a_file_a_test_or_one_of_its_parameters_is_named(test, holds):
    names = ["web/test_a.py::test_one", "site/people", "core/test_d.py", "core/test_e.py::test_four[a]"]
    assert gate.named(test, names) is holds


@pytest.mark.parametrize(
    ("marks", "seconds", "name", "long"),
    [
        ([], 0.4, "core/test_x.py::test_x", False),
        ([], 0.5, "core/test_x.py::test_x", True),
        (["slow"], 0.0, "core/test_x.py::test_x", True),
        (["browser"], 0.0, "core/test_x.py::test_x", True),
        (["browser", "slow"], 9.0, "web/access/test_x.py::test_x", False),
    ],
)
def test_what_is_slow_and_not_named_is_long(marks, seconds, name, long):
    added = []
    item = SimpleNamespace(
        nodeid=gate.BELOW + name,
        get_closest_marker=lambda mark: mark in marks,
        add_marker=lambda mark: added.append(mark.name),
    )
    gate.mark([item], {item.nodeid: seconds})
    assert added == (["long"] if long else [])


def test_what_is_collected_is_marked(request):
    seconds, names = measured(), gate.names()
    slow = [item for item in request.session.items if gate.is_slow(item, seconds)]
    missed = [each.nodeid for each in slow if not gate.named(each.nodeid, names) and not long(each)]
    assert missed == []


def long(item):
    return item.get_closest_marker("long") is not None
