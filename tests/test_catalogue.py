"""docs/catalogue.md is true: no case is missing from it, and every test that it names is there."""

from __future__ import annotations

import re
from collections import Counter

from tests.running import ROOT

SECTIONS = {"A": 36, "B": 10, "C": 9, "D": 12, "E": 20, "F": 15, "G": 8}
CASE = re.compile(r"^\* \*\*([A-H][0-9]*(?:–[A-H][0-9]+)?)\*\* (.*)$")


def cases() -> dict[str, str]:
    """Return what stands in the catalogue about each case, by its number."""
    found: dict[str, str] = {}
    number = ""
    for line in (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8").splitlines():
        if begun := CASE.match(line):
            number = begun[1]
            assert number not in found
        if number and line.startswith(("* ", "  ")):
            found[number] = found.get(number, "") + line + "\n"
    return found


def files_of_tests() -> dict[str, str]:
    """Return the file of each test function."""
    return {
        name: path.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }


def test_every_number_of_the_catalogue_has_one_line():
    listed = Counter(number for number in cases() if "–" not in number)
    for first, last in (number.split("–") for number in cases() if "–" in number):
        listed.update(f"{first[0]}{each}" for each in range(int(first[1:]), int(last[1:]) + 1))
    wanted = [f"{section}{each}" for section, last in SECTIONS.items() for each in range(1, last + 1)]
    assert listed == Counter([*wanted, "H"])


def test_every_case_names_tests_that_exist_and_carry_its_number_or_says_why_it_has_none():
    known = files_of_tests()
    for number, text in cases().items():
        named = re.findall(r"`(test_\w+)`", text)
        missing = [name for name in named if name not in known]
        assert not missing, f"{number}: {missing}"
        mark = f"_{number.lower()}_"
        numbered = [name for name in named if mark in name or mark in known[name]]
        assert numbered or ("Not run: " in text and not named), number
