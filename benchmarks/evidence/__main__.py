"""``make evidence``: try the claims on the data at hand, and write docs/evidence.md.

``python -m benchmarks.evidence campaigns …`` tries only the sections named and prints them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import data
from benchmarks.evidence import campaigns, clusters, findings, rhythm, rules
from benchmarks.processes import ROOT

DOCUMENT = ROOT / "docs" / "evidence.md"
# Name of a section: what tries it on a file, with a folder for what is written on the way, as Markdown.
SECTIONS: dict[str, Callable[[Path, Path], str]] = {
    "campaigns": campaigns.section,
    "rules": rules.section,
    "clusters": clusters.section,
    "findings": findings.section,
    "rhythm": rhythm.section,
}


def main(asked: list[str]) -> None:
    """Try the sections asked for, or all of them."""
    unknown = [name for name in asked if name not in SECTIONS]
    if unknown:
        sys.exit(f"No such section: {', '.join(unknown)}. There are: {', '.join(SECTIONS)}.")
    with tempfile.TemporaryDirectory(prefix="evidence-") as temporary:
        folder = Path(temporary)
        file = data.find(folder)
        texts = []
        for name in asked or SECTIONS:
            print(f"{name} …", file=sys.stderr, flush=True)
            texts.append(SECTIONS[name](file.path, folder))
    print("\n\n".join(texts))
    if not asked:
        made = f"Made by `make evidence` on {datetime.now(UTC):%Y-%m-%d}, on {file.name}."
        head = f"# Evidence\n\n{made} Each section says what is claimed, how it was tried, and what came out."
        DOCUMENT.write_text("\n\n".join([head, *texts]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
