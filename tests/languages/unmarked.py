"""Which strings of a module a person may read and are not marked for other languages.

``python -m tests.languages.unmarked layouts/status`` lists those of a folder or a module. A string counts as
read where it has two words, or begins with a capital, or stands where components show text; identifiers do
neither.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

MARKED = (
    "callbacks/__init__.py",
    "callbacks/audiences",
    "callbacks/baskets",
    "callbacks/clusters",
    "callbacks/cohorts",
    "callbacks/customers",
    "callbacks/data",
    "callbacks/digests",
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
    "services/core/glossary.py",
    "services/serving/clusters",
    "services/serving/releases",
    "services/site/alerts",
    "services/site/digests",
    "services/site/tabs.py",
    "services/watching/mail.py",
    "services/watching/webhook.py",
    "services/web/pages/digest.py",
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
    "services/site/tabs.py": frozenset(
        {
            "now and then",
        }
    ),
    "services/watching/mail.py": frozenset(
        {
            "Segment Desk",
        }
    ),
    "services/watching/webhook.py": frozenset(
        {
            "Retry-After",
            "X-Segment-Desk-Signature",
        }
    ),
    "services/web/pages/digest.py": frozenset(
        {
            "%Y-%m-%d %H:%M",
        }
    ),
}
"""By folder or module, the texts that are the same in every language."""

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
TAGS = re.compile(r'<[a-z/!][^<>]*(>|$)|^[">][^<>]*(>|$)')
"""Of HTML that is written by hand, and what a place in a tag leaves of it."""
CLASSES = re.compile(r"( ?\bsd-[a-z0-9-]*)+ ?")
STYLES = re.compile(r"[a-z-]+:[^;]+(;[a-z-]+:[^;]+)+")
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
    if not found or re.match(r"(/|https?:|#)", text) or CLASSES.fullmatch(text) or STYLES.fullmatch(text):
        return False
    capital = text.strip()[0].isupper() and not text.strip().isupper()
    return shown or capital or (len(found) > 1 and " " in text.strip())


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for folder in sys.argv[1:] for line in of_folder(folder))
