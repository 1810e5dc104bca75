"""What the reader sees. Pages are registered here, once a process: Dash keeps them for all its apps."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import ModuleType
from typing import Any

import dash

from layouts import (
    audiences,
    baskets,
    clusters,
    customers,
    data,
    movement,
    playbooks,
    predict,
    presets,
    segments,
    words,
)
from layouts.plain import plain

# Module, address, name in the navigation.
TABS = (
    (segments, "/", "Segments"),
    (customers, "/customers", "Customer"),
    (predict, "/predict", "Predict"),
    (baskets, "/baskets", "Baskets"),
    (clusters, "/clusters", "Clusters"),
    (playbooks, "/playbooks", "Playbooks"),
    (data, "/data", "Data"),
)
# What tabs lead to: pages of the site that the navigation does not name.
BEHIND_TABS = (
    (movement, "/movement", "Movement"),
    (presets, "/presets", "Edit segments"),
    (audiences, "/audiences", "Audiences"),
)
PAGES = (*TABS, *BEHIND_TABS)


def register_pages() -> None:
    """Tell Dash the pages; to be called after ``Dash(use_pages=True)``.

    The registry is shared by all apps of a process, so layouts close over nothing that differs by app.
    """
    for order, (module, path, name) in enumerate(PAGES):
        if module.__name__ not in dash.page_registry:
            dash.register_page(
                module.__name__,
                path=path,
                name=name,
                title=f"{name} · Segment Desk",
                order=order,
                layout=_written(module),
            )


def _written(module: ModuleType) -> Callable[..., Any]:
    """Return the module's layout as plain values, made once: writing its components anew takes 15 ms."""

    @lru_cache
    def written(_manner: words.Manner) -> Any:
        return plain(module.layout())

    return lambda **_query: written(words.manner())
