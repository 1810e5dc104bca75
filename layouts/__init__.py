"""What the reader sees. Pages are registered here, once a process: Dash keeps them for all its apps."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import ModuleType
from typing import Any

import dash

from layouts import words
from layouts.audiences import frame as audiences_frame
from layouts.baskets import frame as baskets_frame
from layouts.clusters import frame as clusters_frame
from layouts.customers import frame as customers_frame
from layouts.data import frame as data_frame
from layouts.movement import frame as movement_frame
from layouts.plain import plain
from layouts.playbooks import frame as playbooks_frame
from layouts.predict import frame as predict_frame
from layouts.presets import frame as presets_frame
from layouts.segments import frame as segments_frame

# Module, address, name in the navigation.
TABS = (
    (segments_frame, "/", "Segments"),
    (customers_frame, "/customers", "Customer"),
    (predict_frame, "/predict", "Predict"),
    (baskets_frame, "/baskets", "Baskets"),
    (clusters_frame, "/clusters", "Clusters"),
    (playbooks_frame, "/playbooks", "Playbooks"),
    (data_frame, "/data", "Data"),
)
# What tabs lead to: pages of the site that the navigation does not name.
BEHIND_TABS = (
    (movement_frame, "/movement", "Movement"),
    (presets_frame, "/presets", "Edit segments"),
    (audiences_frame, "/audiences", "Audiences"),
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
