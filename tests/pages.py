"""The tabs as tests open them: those that show nothing by themselves with what fills them."""

from __future__ import annotations

from services.serving.release.loaded import Loaded
from services.site.tabs import TABS

FILLED = {"customers": "?id={best}", "predict": "?recency=75&frequency=4&monetary=1797.24"}


def address(key: str, release: Loaded) -> str:
    """Return the address of a tab that shows something; ``best`` is the customer who spent most."""
    (path,) = (tab.path for tab in TABS if tab.key == key)
    best = release.id_of(int(release.customers["order_monetary"][-1]))
    return path + FILLED.get(key, "").format(best=best)
