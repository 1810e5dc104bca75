"""Which strings of a module a person may read and are not marked for other languages.

``python -m tests.languages.unmarked layouts/status`` lists those of a folder or a module.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from tests.languages.strings import unmarked

MARKED = (
    "callbacks/__init__.py",
    "callbacks/audiences",
    "callbacks/baskets",
    "callbacks/churn",
    "callbacks/clusters",
    "callbacks/cohorts",
    "callbacks/customers",
    "callbacks/data",
    "callbacks/digests",
    "callbacks/help",
    "callbacks/imports",
    "callbacks/labelled",
    "callbacks/movement",
    "callbacks/playbooks",
    "callbacks/predict",
    "callbacks/presets",
    "callbacks/releases",
    "callbacks/segments",
    "callbacks/shared",
    "callbacks/shell",
    "callbacks/status",
    "layouts/__init__.py",
    "layouts/audiences",
    "layouts/baskets",
    "layouts/churn",
    "layouts/clusters",
    "layouts/cohorts",
    "layouts/counted.py",
    "layouts/customers",
    "layouts/data",
    "layouts/help",
    "layouts/imports",
    "layouts/labelled",
    "layouts/movement",
    "layouts/parts",
    "layouts/playbooks",
    "layouts/predict",
    "layouts/presets",
    "layouts/releases",
    "layouts/segments",
    "layouts/shell",
    "layouts/status",
    "layouts/words.py",
    "services/brought",
    "services/campaigns",
    "services/core/churn",
    "services/core/clusters",
    "services/core/cohorts",
    "services/core/contacts",
    "services/core/filters.py",
    "services/core/glossary.py",
    "services/core/how_read.py",
    "services/core/labelled",
    "services/core/left_out.py",
    "services/core/parameters.py",
    "services/core/playbooks",
    "services/core/presets",
    "services/core/rfm",
    "services/core/roles.py",
    "services/core/text",
    "services/core/value",
    "services/reading",
    "services/releases",
    "services/serving/churn",
    "services/serving/clusters",
    "services/serving/cohorts",
    "services/serving/customers",
    "services/serving/labelled",
    "services/serving/lists",
    "services/serving/movement",
    "services/serving/playbooks",
    "services/serving/predictions",
    "services/serving/presets",
    "services/serving/release",
    "services/serving/releases",
    "services/serving/rules",
    "services/serving/segments",
    "services/site/alerts",
    "services/site/customers",
    "services/site/digests",
    "services/site/jobs",
    "services/site/ledger",
    "services/site/people",
    "services/site/provider/signing_in.py",
    "services/site/pushes",
    "services/site/sources",
    "services/site/state/__init__.py",
    "services/site/tabs.py",
    "services/site/versions/numbered.py",
    "services/site/versions/playbooks.py",
    "services/site/versions/preset_store.py",
    "services/training/clusters",
    "services/training/customers",
    "services/training/labelled",
    "services/training/ledger",
    "services/training/lines",
    "services/training/options.py",
    "services/training/progress.py",
    "services/training/reading/__init__.py",
    "services/training/reading/columns",
    "services/training/reading/customers.py",
    "services/training/reading/cutting",
    "services/training/reading/files",
    "services/training/reading/gathering.py",
    "services/training/reading/loading.py",
    "services/training/reading/read.py",
    "services/training/reading/report.py",
    "services/training/reading/settling",
    "services/training/reading/several.py",
    "services/training/reading/tables_said.py",
    "services/training/reading/unreadable.py",
    "services/training/recommending.py",
    "services/training/reports",
    "services/training/rules",
    "services/training/run.py",
    "services/training/valuing.py",
    "services/training/writing.py",
    "services/watching",
    "services/web/access",
    "services/web/answers",
    "services/web/exports",
    "services/web/pages",
    "services/web/pages/digest.py",
    "services/web/static",
    "services/web/uploads/looking.py",
    "services/web/uploads/options.py",
    "services/web/uploads/predicting.py",
    "services/web/uploads/receiving.py",
    "services/web/uploads/routes.py",
    "services/worker",
)
"""The folders and single modules that are finished; the test holds them."""

with (Path(__file__).parent / "not_said.toml").open("rb") as _file:
    NOT_SAID: dict[str, frozenset[str]] = {
        folder: frozenset(same) for folder, same in tomllib.load(_file).items()
    }
"""By folder or module, the texts that are the same in every language, or that only logs and programs have."""


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
