"""A site that sends an audience to a receiver on this computer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from services.campaigns.pushing.asking import asked_for
from services.campaigns.pushing.sending import Sender
from services.core.contacts.contact import Contact
from services.core.contacts.receivers import receivers
from services.serving.release.active import Releases
from services.site.customers.audiences import Audiences, Member
from services.site.customers.contacts import Contacts
from services.site.customers.forgotten import Forgotten
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import Audit
from services.site.pushes.push import Push
from services.site.pushes.queue import Queue
from services.site.settings import Settings
from services.site.state import State
from tests.clock import Clock
from tests.site.customers.test_audiences import DRAFT

SECRET = "0123456789abcdef" * 2


def contact(number: int, **more: object) -> Contact:
    """Give the contact of a customer of the small release, who agreed to e-mail."""
    return Contact(f"c{number:04}", email=f"{number}@example.org", email_consent=True, **more)


class Stage:
    """Records of a site, a clock, and an audience of the customers 7 to 12, of whom 7 is held out.

    Parameters
    ----------
    folder : Path
        Takes the records.
    models : Path
        Holds a release of 30 customers; it is only read.
    url : str
        Of the receiver.
    """

    def __init__(self, folder: Path, models: Path, url: str) -> None:
        self.clock = Clock()
        self.state = State(folder / "state")
        self.releases = Releases(models)
        own = {"push_layout": "generic", "push_url": url, "push_secret": SECRET}
        self.settings = Settings(models_dir=models, state_dir=folder / "state", **own)
        self.keep(*range(7, 13))
        members = [Member(f"c{number:04}", number == 7) for number in range(7, 13)]
        self.audience = Audiences(self.state).add(DRAFT, members)

    def set(self, **settings: object) -> None:
        """Change settings of the site."""
        self.settings = replace(self.settings, **settings)

    def keep(self, *numbers: int, **more: object) -> None:
        """Keep the contacts of these customers."""
        Contacts(self.state).keep([contact(each, **more) for each in numbers], who="ana", subject="c.csv")

    def ask(self) -> Push:
        """Have the audience sent."""
        release = self.releases.current()
        push, _ = asked_for(self.settings, self.state, release, self.audience, who="ana", clock=self.clock)
        return push

    def opt_out(self, number: int) -> None:
        """Put a customer on the opt-out list."""
        OptOuts(self.state).add([f"c{number:04}"], "ana", f"c{number:04}")

    def forget(self, number: int) -> None:
        """Erase a customer from the records."""
        forgotten = Forgotten(self.state)
        forgotten.erase(f"c{number:04}", forgotten.add(f"c{number:04}"), "ana", "done")

    def sender(self, ending: Callable[[], bool] = lambda: False) -> Sender:
        """Return what a worker's child sends with."""
        return Sender(self.settings, self.state, self.releases, self.clock, ending)

    def send(self) -> list[str]:
        """Send what is due, and return how each push stands then."""
        return [push.state.value for push in self.sender().send()]

    def push(self) -> Push:
        """Return the push of the audience, the last one."""
        return Queue(self.state).listed(self.audience)[0]

    def counts(self) -> tuple[int, int, int, int]:
        """Return how many were accepted, refused, are unknown, were left out."""
        push = self.push()
        return push.accepted, push.refused, push.unsure, push.left_out

    def log(self) -> list[tuple[str, int | None, str]]:
        """Return what the log says, the last first."""
        return [(each.who, each.rows, each.result) for each in Audit(self.state).listed(what="push")]

    def close(self) -> None:
        """Close the records."""
        self.state.close()


def in_requests_of(monkeypatch, size: int, layout: str = "generic") -> None:
    """Have a request take so many contacts."""
    monkeypatch.setitem(receivers(), layout, replace(receivers()[layout], most=size))


def mails(told, place: int = -1) -> list[str]:
    """Return the e-mails of a request, without what all have in common."""
    return [each["email"].partition("@")[0] for each in json.loads(told.got[place][1])["contacts"]]
