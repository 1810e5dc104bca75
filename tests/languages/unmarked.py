"""Which strings of a module a person may read and are not marked for other languages.

``python -m tests.languages.unmarked layouts/status`` lists those of a folder or a module.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.languages.strings import unmarked

MARKED = (
    "callbacks/__init__.py",
    "callbacks/audiences",
    "callbacks/baskets",
    "callbacks/clusters",
    "callbacks/cohorts",
    "callbacks/customers",
    "callbacks/data",
    "callbacks/help",
    "callbacks/imports",
    "callbacks/releases",
    "callbacks/segments",
    "callbacks/shared",
    "callbacks/shell",
    "callbacks/status",
    "layouts/__init__.py",
    "layouts/audiences",
    "layouts/baskets",
    "layouts/clusters",
    "layouts/cohorts",
    "layouts/counted.py",
    "layouts/customers",
    "layouts/data",
    "layouts/help",
    "layouts/imports",
    "layouts/parts",
    "layouts/releases",
    "layouts/segments",
    "layouts/shell",
    "layouts/status",
    "layouts/words.py",
    "services/campaigns",
    "services/core/cohorts",
    "services/core/contacts",
    "services/core/glossary.py",
    "services/core/left_out.py",
    "services/core/parameters.py",
    "services/core/rfm",
    "services/core/value/bgnbd.py",
    "services/core/value/gamma_gamma.py",
    "services/core/value/rhythm.py",
    "services/serving/churn",
    "services/serving/clusters",
    "services/serving/cohorts",
    "services/serving/customers",
    "services/serving/lists",
    "services/serving/release",
    "services/serving/releases",
    "services/serving/rules",
    "services/serving/segments",
    "services/site/alerts",
    "services/site/customers",
    "services/site/jobs",
    "services/site/ledger",
    "services/site/pushes",
    "services/site/sources",
    "services/site/state/__init__.py",
    "services/site/tabs.py",
    "services/site/versions/numbered.py",
    "services/site/versions/playbooks.py",
    "services/site/versions/preset_store.py",
)
"""The folders and single modules that are finished; the test holds them."""

NOT_SAID: dict[str, frozenset[str]] = {
    "layouts/__init__.py": frozenset(
        {
            "· Segment Desk",
        }
    ),
    "layouts/baskets": frozenset(
        {
            "BuyersCell",
            "ChanceCell",
            "ConfidenceCell",
            "DetailsCell",
            "FlukeCell",
            "HeldUpCell",
            "LiftCell",
            "ProductsCell",
            "SupportCell",
            "number(params.value, 0)",
            "number(params.value, 2)",
            "number(params.value, 4)",
        }
    ),
    "layouts/clusters": frozenset(
        {
            ": %{y:.2f}<extra></extra>",
            "color-mix(in srgb,",
            "silhouette of each customer,",
        }
    ),
    "layouts/cohorts": frozenset(
        {
            "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100",
            "' fill='none' stroke='black' stroke-width='",
            "'%3E%3Cpath d='",
        }
    ),
    "layouts/customers": frozenset(
        {
            "%{x|%b %Y}:",
            "--returns ignore",
            "OrderCell",
            "middle right",
            "number(params.value, 0)",
            "|%-d %b %Y}",
        }
    ),
    "layouts/data": frozenset(
        {
            "Calinski–Harabasz",
            "Davies–Bouldin",
            "Segment Desk",
            "make run",
            "minmax(120px, 1.1fr) minmax(40px, 1.4fr) 70px 56px",
            "minmax(120px, 2fr) 1fr 58px 50px",
            "minmax(150px, 1.4fr) 1fr 66px",
            "minmax(96px, 1.2fr) 1fr 46px 1fr 58px",
            "python -m services train FILE",
            "python -m services worker",
        }
    ),
    "layouts/help": frozenset(
        {
            "ArrowDown",
            "ArrowLeft",
            "ArrowRight",
            "ArrowUp",
            "Enter",
            "Escape",
            "Tab",
        }
    ),
    "layouts/parts": frozenset(
        {
            "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0",
            "' fill='none' stroke='black' stroke-width='1.4'/%3E%3C/svg%3E",
            "'%3E%3Cpath d='",
            "linear-gradient(var(--c) 0 0)",
        }
    ),
    "layouts/segments": frozenset(
        {
            "%{label}: %{percentRoot:.1%}<extra></extra>",
            "36%, var(--sd-surface))",
            "ClusterCell",
            "CustomerLink",
            "R F M",
            "SegmentCell",
            "color-mix(in srgb,",
            "number(params.value, 0)",
            "rhythm(params.value, params.data)",
            "top left",
        }
    ),
    "layouts/shell": frozenset(
        {
            "Segment Desk",
        }
    ),
    "layouts/words.py": frozenset(
        {
            "Europe/London",
        }
    ),
    "services/campaigns": frozenset(
        {
            "Idempotency-Key",
        }
    ),
    "services/core/cohorts": frozenset(
        {
            "cannot tell",
        }
    ),
    "services/serving/lists": frozenset(
        {
            "Filters(",
            "Gold",
            "Tier",
        }
    ),
    "services/serving/release": frozenset(
        {
            "SimpleCache",
        }
    ),
    "services/site/sources": frozenset(
        {
            "MariaDB",
            "MySQL",
            "PostgreSQL",
            "SQLite",
        }
    ),
    "services/site/state/__init__.py": frozenset(
        {
            "IN SHARE ROW EXCLUSIVE MODE",
            "REPEATABLE READ",
        }
    ),
    "services/site/tabs.py": frozenset(
        {
            "now and then",
        }
    ),
}
"""By folder or module, the texts that are the same in every language."""


def of_folder(folder: str) -> list[str]:
    """Return those of a folder or a module of the project, as ``path:line text``."""
    same = NOT_SAID.get(folder, frozenset())
    paths = [Path(folder)] if folder.endswith(".py") else sorted(Path(folder).rglob("*.py"))
    return [
        f"{path}:{line} {text!r}"
        for path in paths
        for line, text in unmarked(path.read_text(encoding="utf-8"))
        if text.strip() not in same
    ]


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for folder in sys.argv[1:] for line in of_folder(folder))
