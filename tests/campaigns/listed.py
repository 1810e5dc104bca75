"""A list of opt-outs that needs no database."""

from __future__ import annotations


class Listed:
    """Stands for ``services.site.customers.opt_outs.OptOuts`` where only the ids are asked for."""

    def __init__(self, *ids: str) -> None:
        self._ids = frozenset(ids)

    def ids(self) -> frozenset[str]:
        """Return the ids on the list."""
        return self._ids


NOBODY_OUT = Listed()
