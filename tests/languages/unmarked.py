"""Which strings of a module a person may read and are not marked for other languages.

``python -m tests.languages.unmarked layouts/status`` lists those of a folder or a module. A string counts as
read where it has two words, or begins with a capital, or stands where components show text; identifiers do
neither.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

MARKED = (
    "callbacks/__init__.py",
    "callbacks/audiences",
    "callbacks/baskets",
    "callbacks/churn",
    "callbacks/clusters",
    "callbacks/cohorts",
    "callbacks/customers",
    "callbacks/data",
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
    "services/campaigns",
    "services/core/churn",
    "services/core/clusters",
    "services/core/cohorts",
    "services/core/contacts",
    "services/core/glossary.py",
    "services/core/labelled/published.py",
    "services/core/labelled/sentences.py",
    "services/core/left_out.py",
    "services/core/parameters.py",
    "services/core/playbooks",
    "services/core/presets",
    "services/core/rfm",
    "services/core/text",
    "services/core/value/bgnbd.py",
    "services/core/value/gamma_gamma.py",
    "services/core/value/rhythm.py",
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
    "services/training/labelled/doubts.py",
    "services/training/labelled/predicting.py",
    "services/training/labelled/reading.py",
    "services/training/labelled/refusing.py",
    "services/training/ledger",
    "services/training/reports",
    "services/training/rules",
    "services/web/access",
    "services/web/answers",
    "services/web/exports",
    "services/web/pages",
    "services/web/static",
    "services/web/uploads/looking.py",
    "services/web/uploads/options.py",
    "services/web/uploads/predicting.py",
    "services/web/uploads/receiving.py",
    "services/web/uploads/routes.py",
)
"""The folders and single modules that are finished; the test holds them."""

with (Path(__file__).parent / "not_said.toml").open("rb") as _file:
    NOT_SAID: dict[str, frozenset[str]] = {
        folder: frozenset(same) for folder, same in tomllib.load(_file).items()
    }
"""By folder or module, the texts that are the same in every language, or that only logs and programs have."""

MARKS = {"_", "later", "plural", "sense"}
DEVELOPERS = re.compile(
    r"(\w+\.)?(\w*Error|getLogger|getattr|setattr|ContextVar|TypeVar|cast|Location|Store|"
    r"debug|info|warning|error|exception|compile|startswith|endswith|removeprefix|removesuffix|replace|split)"
)
NOT_READ = {
    "id",
    "className",
    "class_name",
    "href",
    "type",
    "style",
    "rel",
    "target",
    "role",
    "name_of",
    "event",
}
READ = {"children", "title", "placeholder", "label", "aria-label", "alt", "sub", "heading", "note"}
TAGS = re.compile(r'<[a-z/][^<>]*(>|$)|^[">][^<>]*(>|$)')
"""Of HTML that is written by hand, and what a place in a tag leaves of it."""
CLASSES = re.compile(r"( ?\bsd-[a-z0-9-]*)+ ?")
WORDS = re.compile(r"[^\W\d_]+")


def unmarked(source: str) -> list[tuple[int, str]]:
    """Return the line and text of each string that a person may read and that is not marked."""
    return sorted({(node.lineno, text) for node, text in _strings(ast.parse(source), shown=False)})


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


def _strings(node: ast.AST, *, shown: bool) -> Iterator[tuple[ast.expr, str]]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and _is_read(node.value, shown=shown):
            yield node, node.value
        return
    if isinstance(node, ast.Call):
        yield from _of_call(node, shown=shown)
        return
    for child in _children(node):
        yield from _strings(child, shown=shown and not isinstance(child, ast.Compare))


def _of_call(node: ast.Call, *, shown: bool) -> Iterator[tuple[ast.expr, str]]:
    called = ast.unparse(node.func)
    if called.rpartition(".")[2] in MARKS:
        values: list[ast.expr] = [each.value for each in node.keywords]
    elif DEVELOPERS.fullmatch(called):
        return
    else:
        yield from _strings(node.func, shown=False)
        values = []
        for each in node.args:
            yield from _strings(each, shown=called.startswith("html."))
        for keyword in node.keywords:
            if keyword.arg not in NOT_READ:
                yield from _strings(keyword.value, shown=keyword.arg in READ)
    for value in values:
        yield from _strings(value, shown=shown)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Give what may be read of a node: no annotations, documentation, keys or things compared with."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assign(targets=[ast.Name(id="__all__")]):
            return
        case ast.AnnAssign():
            yield from [node.value] if node.value else []
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from [*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body]
        case ast.Subscript():
            yield node.value
        case ast.Compare():
            return
        case ast.Dict():
            labelled = zip(node.keys, node.values, strict=True)
            yield from (value for key, value in labelled if not _is_named(key, NOT_READ))
        case _:
            yield from ast.iter_child_nodes(node)


def _is_named(key: ast.expr | None, names: set[str]) -> bool:
    return isinstance(key, ast.Constant) and key.value in names


def _is_read(text: str, *, shown: bool) -> bool:
    text = TAGS.sub("", text)
    found = WORDS.findall(text)
    if not found or re.match(r"(/|https?:|#)", text) or CLASSES.fullmatch(text):
        return False
    capital = text.strip()[0].isupper() and not text.strip().isupper()
    return shown or capital or (len(found) > 1 and " " in text.strip())


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for folder in sys.argv[1:] for line in of_folder(folder))
