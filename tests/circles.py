"""Rooms that import each other in a circle, through however many others and at whatever depth."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from tests.imports import at_run_time

#: Modules that only name what stands in rooms which ask them for it.
DIRECTORIES = frozenset({"layouts.ids"})


def circles(sources: Mapping[str, str]) -> list[str]:
    """Return a sentence for each folder in which rooms beside each other import each other in a circle.

    Imports for type checkers alone are free, as in the table.

    Parameters
    ----------
    sources : mapping of str to str
        Source text by name of module.
    """
    arrows = [
        (module, name)
        for module, source in sources.items()
        if module not in DIRECTORIES
        for name in _imported(ast.parse(source), sources)
    ]
    folders = {"", *(module[:at] for module in sources for at in _dots(module))}
    return [sentence for folder in sorted(folders) for sentence in _circle(folder, arrows)]


def _circle(folder: str, arrows: Iterable[tuple[str, str]]) -> Iterator[str]:
    rooms: dict[str, set[str]] = {}
    for module, name in arrows:
        importer, imported = _room(folder, module), _room(folder, name)
        if importer and imported and importer != imported:
            rooms.setdefault(importer, set()).add(imported)
    try:
        TopologicalSorter(rooms).prepare()
    except CycleError as found:
        # the sorter names those that are imported first
        yield f"{folder or 'the root'}: {' imports '.join(reversed(found.args[1]))}"


def _room(folder: str, module: str) -> str | None:
    """Return what stands in ``folder`` and holds ``module``, if it does."""
    start = f"{folder}." if folder else ""
    if not module.startswith(start) or module == folder:
        return None
    return start + module.removeprefix(start).partition(".")[0]


def _dots(module: str) -> list[int]:
    return [at for at, sign in enumerate(module) if sign == "."]


def _imported(tree: ast.Module, known: Mapping[str, str]) -> Iterator[str]:
    for node in at_run_time(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in known or node.module in known:
                    yield whole if whole in known else node.module
