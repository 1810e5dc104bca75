"""What is remembered names its release: once another is active, nobody gets an answer of the one before."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.running import ROOT


def neighbours(tree: ast.Module) -> Iterator[ast.Module]:
    """Give the modules of the same room that a module names something of."""
    for node in ast.walk(tree):
        path = (
            ROOT / f"{(node.module or '').replace('.', '/')}.py" if isinstance(node, ast.ImportFrom) else ROOT
        )
        if path.is_relative_to(ROOT / "callbacks") and path.is_file():
            yield ast.parse(path.read_text(encoding="utf-8"))


def answers(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Give the functions of a module with what they return."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and node.value:
                    yield function.name, node.value


def keys(tree: ast.Module) -> Iterator[ast.expr]:
    """Give the key of each answer that a module has remembered, where it stands whole."""
    assigned = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    returned = {name: value for each in [*neighbours(tree), tree] for name, value in answers(each)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "remembered":
            key = call.args[1]
            if isinstance(key, ast.Name):
                key = assigned[key.id]
            if isinstance(key, ast.Call):
                key = returned[ast.unparse(key.func)]
            yield key


def test_every_remembered_answer_names_its_release():
    found = {
        f"{path.name}:{key.lineno}": isinstance(key, ast.Tuple)
        and "release.id" in [ast.unparse(part) for part in key.elts]
        for path in sorted((ROOT / "callbacks").rglob("*.py"))
        for key in keys(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(found) > 6
    assert [place for place, named in found.items() if not named] == []
