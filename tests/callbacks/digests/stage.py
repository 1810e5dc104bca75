"""A site whose people get digests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from callbacks.digests.sending import Sender
from services.releases import read_current
from services.site.digests.subscriptions import Subscription
from services.site.settings import Settings
from services.site.state import State
from tests.clock import Clock
from tests.site.digests.asking import BEFORE, DUE, asked, mailing


class Stage:
    """Folders and records of a site, and a clock that stands at a Tuesday.

    Parameters
    ----------
    folder : Path
        Takes the records.
    models : Path
        Holds a release, or none; it is only read.
    """

    def __init__(self, folder: Path, models: Path) -> None:
        self.clock = Clock()
        self.clock.now = BEFORE
        self.settings = mailing(models_dir=models, state_dir=folder / "state")
        self.release = read_current(models) or ""
        self.state = State(self.settings.state_dir)

    def set(self, **settings: object) -> Settings:
        """Change settings of the site."""
        self.settings = replace(self.settings, **settings)
        return self.settings

    def ask(self, **how: object) -> Subscription:
        """Have ana ask for a digest, by mail unless it is said otherwise."""
        return asked(self.state, self.clock, self.settings, **how)

    def sender(self) -> Sender:
        """Return what a worker's child sends with."""
        return Sender(self.settings, self.state, self.clock)

    def sent(self, at: float = DUE) -> list[tuple[str, str | None]]:
        """Send what is due at a moment, and return how that went."""
        self.clock.now = at
        return [(done.state.value, done.why) for done in self.sender().send()]

    def close(self) -> None:
        """Close the records."""
        self.state.close()
