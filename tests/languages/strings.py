"""Strings of a module that a person may read, which nothing marks for other languages.

A string counts as read where it has two words, or begins with a capital, or stands where components show
text; identifiers do neither.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

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
ADDRESS = re.compile(r"/|https?:|#")
CLASSES = re.compile(r"( ?\bsd-[a-z0-9-]*)+ ?$")
SQL = re.compile(
    r"\b(SELECT|UNION ALL|COLLATE|ORDER BY|INSERT INTO|PRAGMA|LOCK TABLE|TRANSACTION|BEGIN|TRIGGER|SET|SHOW"
    r"|FUNCTION|DROP TABLE|CREATE OR REPLACE|CREATE TABLE|ALTER TABLE|GROUP BY|PARTITION BY|HAVING|CASE WHEN"
    r"|IS NULL|NOT IN|DISTINCT|DECIMAL|WHERE|PRIMARY KEY|WITHOUT ROWID|CREATE INDEX)\b"
    r"|\b(count|sum|coalesce|concat_ws|regexp_\w+)\("
    r"|= \?|\bfolded\(| (AS|FROM|WHERE|ON|IS NOT|AND|ELSE|THEN|FILTER|RETURNING) "
)
"""Of a query: its keywords in capitals, functions, a place for a value."""
MODULE = re.compile(r"[a-z_]\w*(\.\w+)+")
"""In front of a name of its own: ``("sklearn.pipeline", "Pipeline")``."""
STYLES = re.compile(r"[a-z-]+:[^;]+(;[a-z-]+:[^;]+)+$")
WORDS = re.compile(r"[^\W\d_]+")


def unmarked(source: str) -> list[tuple[int, str]]:
    """Return the line and text of each string that a person may read and that is not marked."""
    return sorted({(node.lineno, text) for node, text in _strings(ast.parse(source), shown=False)})


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
        case ast.Tuple(elts=[ast.Constant(value=str(module)), ast.Constant()]) if MODULE.fullmatch(module):
            return
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
    if not found or any(of.match(text) for of in (ADDRESS, CLASSES, STYLES)) or SQL.search(text):
        return False
    capital = text.strip()[0].isupper() and not text.strip().isupper()
    return shown or capital or (len(found) > 1 and " " in text.strip())
