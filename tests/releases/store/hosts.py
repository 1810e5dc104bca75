"""Hosts without a site: folders that share one store, which is a folder as well."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

from services.releases import activate, read_current
from services.releases.folders import release_ids
from services.releases.store import Sharing
from services.releases.store.index import Index, read_index
from tests.releases.tiny import make_tiny_release


class Host:
    """A models folder, and what shares it."""

    def __init__(self, models: Path, url: str) -> None:
        self.models = models
        models.mkdir(exist_ok=True)
        self.erased: set[str] = set()
        self.sharing = Sharing(models, url, lambda ids: self.erased & set(ids))

    def look(self) -> list[str]:
        return self.sharing.look()

    def train(self, *, active: bool = True, customers: int = 6) -> str:
        return make_tiny_release(self.models, customers, active=active)

    def activate(self, release_id: str) -> None:
        activate(self.models, release_id)

    @property
    def current(self) -> str | None:
        return read_current(self.models)

    @property
    def releases(self) -> set[str]:
        return set(release_ids(self.models))


def agree(*hosts: Host) -> None:
    """Let every host look, until what the last one told has reached the first."""
    for host in [*hosts, *hosts]:
        assert host.look() == []
    assert len({host.current for host in hosts}) == 1
    assert all(host.releases == hosts[0].releases for host in hosts)


@contextmanager
def away(store: Path):
    """Have nobody reach the store until the block ends."""
    aside = store.with_name("aside")
    store.rename(aside)
    store.touch()
    try:
        yield
    finally:
        store.unlink()
        aside.rename(store)


def index_of(store: Path) -> Index:
    """Return what stands in the store's index."""
    return read_index((store / "index.json").read_bytes())


def fails(*_args, **_how):
    """Stand for a library that cannot do its work."""
    raise OSError("the network is down")
