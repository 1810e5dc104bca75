"""What the reader sees. Pages are registered here, once a process: Dash keeps them for all its apps."""

from __future__ import annotations

import dash

from layouts import baskets, clusters, customers, data, predict, segments

# Module, address, name in the navigation.
TABS = (
    (segments, "/", "Segments"),
    (customers, "/customers", "Customer"),
    (predict, "/predict", "Predict"),
    (baskets, "/baskets", "Baskets"),
    (clusters, "/clusters", "Clusters"),
    (data, "/data", "Data"),
)


def register_pages() -> None:
    """Tell Dash the pages; to be called after ``Dash(use_pages=True)``.

    The registry is shared by all apps of a process, so layouts close over nothing that differs by app.
    """
    for order, (module, path, name) in enumerate(TABS):
        if module.__name__ not in dash.page_registry:
            dash.register_page(
                module.__name__,
                path=path,
                name=name,
                title=f"{name} · Segment Desk",
                order=order,
                layout=module.layout,
            )
