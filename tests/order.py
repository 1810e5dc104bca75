"""How long each file of tests takes, and each slow test: measured, for the order of files and for the gate.

pytest's workers are given the slowest files first. A file that is not listed takes less than a second, or is
new, and comes last; a test that is not listed is quick, or new (``gate/marks.py``).

To measure all of them again:

    .venv/bin/python -m pytest -n 2 --dist loadfile --junitxml=report.xml
    .venv/bin/python -m tests.order report.xml
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from tests.gate.marks import SLOW

LISTED = Path(__file__).with_name("seconds.csv")
LEAST = 1.0  # seconds
BROWSER = "tests/browser/"  # slow by its mark, but for its scripts


def measured() -> dict[str, float]:
    """Seconds by path below the root of the project, and by id of the tests that are slow."""
    with LISTED.open(newline="", encoding="utf-8") as file:
        return {key: float(seconds) for key, seconds in csv.reader(file)}


def of_report(report: Path) -> dict[str, float]:
    """Read a report of pytest (JUnit's XML): what each file takes, the slowest first, then its slow tests."""
    files: Counter[str] = Counter()
    tests: dict[str, float] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        path, seconds = f"{case.attrib['classname'].replace('.', '/')}.py", float(case.attrib["time"])
        files[path] += seconds
        if seconds >= SLOW and (not path.startswith(BROWSER) or path.startswith(f"{BROWSER}assets/")):
            tests[f"{path}::{case.attrib['name']}"] = round(seconds, 1)
    listed = {path: round(seconds, 1) for path, seconds in files.most_common() if seconds >= LEAST}
    return listed | dict(sorted(tests.items()))


def write(seconds: dict[str, float], listed: Path = LISTED) -> None:
    """Keep what was measured."""
    with listed.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(seconds.items())


if __name__ == "__main__":
    write(of_report(Path(sys.argv[1])))
