"""How long each file of tests takes, measured: the order in which pytest's workers are given them.

A file that is not listed takes less than a second, or is new, and comes last. To measure again:

    .venv/bin/python -m pytest -n 2 --dist loadfile --junitxml=report.xml
    .venv/bin/python -m tests.order report.xml
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

LISTED = Path(__file__).with_name("seconds.csv")
LEAST = 1.0  # seconds


def measured() -> dict[str, float]:
    """Seconds by path below the root of the project."""
    with LISTED.open(newline="", encoding="utf-8") as file:
        return {path: float(seconds) for path, seconds in csv.reader(file)}


def of_report(report: Path) -> dict[str, float]:
    """Add up what a report of pytest (JUnit's XML) says of each file, the slowest first."""
    added: Counter[str] = Counter()
    for case in ElementTree.parse(report).iter("testcase"):
        added[f"{case.attrib['classname'].replace('.', '/')}.py"] += float(case.attrib["time"])
    return {path: round(seconds, 1) for path, seconds in added.most_common() if seconds >= LEAST}


def write(seconds: dict[str, float], listed: Path = LISTED) -> None:
    """Keep what was measured."""
    with listed.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(seconds.items())


if __name__ == "__main__":
    write(of_report(Path(sys.argv[1])))
