"""What is said of a training that is one's own, somebody else's, or nobody's where nobody signs in."""

from __future__ import annotations

from services.core.language.messages import later

_TOLD: dict[str, tuple[later, later, later]] = {
    "no_worker": (
        later("No worker is running: your training waits until one is started."),
        later("No worker is running: {name}’s training waits until one is started."),
        later("No worker is running: the training waits until one is started."),
    ),
    "stopping": (
        later("Your training is being stopped."),
        later("{name}’s training is being stopped."),
        later("The training is being stopped."),
    ),
    "waiting": (
        later("Your training waits for the worker."),
        later("{name}’s training waits for the worker."),
        later("The training waits for the worker."),
    ),
    "starting": (
        later("Your training is starting."),
        later("{name}’s training is starting."),
        later("The training is starting."),
    ),
    "nearly_done": (
        later("Your training is nearly done."),
        later("{name}’s training is nearly done."),
        later("The training is nearly done."),
    ),
    "running": (
        later("Your training is running."),
        later("{name}’s training is running."),
        later("The training is running."),
    ),
    "done": (
        later("Your training has made a release."),
        later("{name}’s training has made a release."),
        later("The training has made a release."),
    ),
    "failed": (
        later("Your training failed. The active release stays as it was."),
        later("{name}’s training failed. The active release stays as it was."),
        later("The training failed. The active release stays as it was."),
    ),
    "stopped": (
        later("Your training was stopped; nothing was kept."),
        later("{name}’s training was stopped; nothing was kept."),
        later("The training was stopped; nothing was kept."),
    ),
    "stopped_by_you": (
        later("Your training was stopped by you; nothing was kept."),
        later("{name}’s training was stopped by you; nothing was kept."),
        later("The training was stopped by you; nothing was kept."),
    ),
    "stopped_by": (
        later("Your training was stopped by {by}; nothing was kept."),
        later("{name}’s training was stopped by {by}; nothing was kept."),
        later("The training was stopped by {by}; nothing was kept."),
    ),
}
_NOBODY = "local"
_BY_COMMAND = "cli:"


def training(what: str, who: str, me: str, by: str = "") -> str:
    """Say how a training stands, as one's own or with the name of whose it is.

    Parameters
    ----------
    what : str
        ``running``, ``done`` or another key of the sentences.
    who, me : str
        Whose it is, and who reads.
    by : str
        The name of who stopped it, where ``what`` is ``stopped_by``.
    """
    own, named, nobodys = _TOLD[what]
    if is_me(who, me):
        return own(by=by)
    name = name_of(who)
    return named(name=name, by=by) if name else nobodys(by=by)


def is_me(who: str, me: str) -> bool:
    """Whether somebody is the reader, on a site that people sign in to."""
    return who == me != _NOBODY


def name_of(who: str) -> str:
    """Return the name of somebody; empty on a site that nobody signs in to."""
    return "" if who == _NOBODY else who.removeprefix(_BY_COMMAND)
