"""What the reader sees. Pages are registered here, once a process: Dash keeps them for all its apps."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

import dash

from layouts import words
from layouts.plain import plain
from services.site.tabs import TABS, Tab


def frame(tab: Tab) -> ModuleType:
    """Return the module whose ``layout()`` is the tab as first shown."""
    return import_module(f"layouts.{tab.key}.frame")


def register_pages() -> None:
    """Tell Dash the pages; to be called after ``Dash(use_pages=True)``.

    The registry is shared by all apps of a process, so layouts close over nothing that differs by app.
    """
    for order, tab in enumerate(TABS):
        module = frame(tab)
        if module.__name__ not in dash.page_registry:
            dash.register_page(
                module.__name__,
                path=tab.path,
                name=tab.name,
                title=_titled(tab),
                order=order,
                layout=_written(module),
            )


def _titled(tab: Tab) -> Callable[..., str]:
    """Return what says the title of the browser's tab, asked for with each page."""
    return lambda **_query: f"{tab.name} · Segment Desk"


def _written(module: ModuleType) -> Callable[..., Any]:
    """Return the module's layout as plain values, made once a manner: making them anew takes 15 ms."""

    @lru_cache
    def written(_manner: words.Manner) -> Any:
        return plain(module.layout())

    return lambda **_query: written(words.manner())
