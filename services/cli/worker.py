"""The process that trains for the site: ``python -m services worker``."""

from __future__ import annotations

import click

from services.cli.numbers import Whole
from services.cli.state import opened_state
from services.site import logging
from services.site.settings import Settings


@click.command("worker")
@click.option(
    "--parent",
    type=Whole(1),
    metavar="PID",
    help="End soon after PID, the process that started this one, has ended.",
)
def worker_command(parent: int | None) -> None:
    """Take up the jobs of the site, one after the other, until SIGTERM or SIGINT.

    It also checks every minute for problems with the site and reports them, and sends the digests and the
    audiences that people asked for.
    """
    from services.watching.watch import Watch
    from services.worker.digests import Digests
    from services.worker.ending import Ending
    from services.worker.loop import Worker
    from services.worker.pushes import Pushes

    logging.configure()
    settings = Settings.from_environment()
    ending = Ending(parent)
    ending.on_signals()
    with opened_state(settings) as state:
        watch, digests, pushes = Watch(settings, state), Digests(settings, state), Pushes(state)
        watch.start()
        digests.start()
        pushes.start()
        try:
            Worker(settings, state, ending).work()
        finally:
            digests.end()  # beside the other: both may be at work
            pushes.stop()
            digests.stop()
            watch.stop()
