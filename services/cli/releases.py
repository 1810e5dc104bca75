"""Commands about releases, and how a host's releases and those of a store come together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, models_option, show
from services.cli.state import log_what_is_done, opened_state
from services.core.refusals import Refusal, ReleaseUnusable
from services.releases import activate, list_releases
from services.releases.store import Sharing, StoreAway, follow
from services.serving.release.receipts import release_entry
from services.site import logging
from services.site.people.audit import What
from services.site.settings import Settings

_NO_STORE = (
    "MODELS_URL is not set, so this host shares its releases with no other. Set it to the address of a "
    "store, as docs/deployment/hosts.md says."
)


@click.command("releases")
@models_option
@json_option
def releases_command(models: Path, as_json: bool) -> None:
    """List the releases, newest first; the active one is marked."""
    found = [release_entry(summary) for summary in list_releases(models)]
    show(found, as_json, lambda: "\n".join(_line(release) for release in found) or f"No release in {models}.")


@click.command("activate")
@click.argument("release")
@models_option
@json_option
def activate_command(release: str, models: Path, as_json: bool) -> None:
    """Use RELEASE from now on; a running site follows within two seconds."""
    settings = Settings.from_environment()
    bring_together(settings, models)
    with opened_state(settings) as state:
        activate(
            models,
            release,
            lambda result: log_what_is_done(state, What.ACTIVATION, release=release, result=result),
        )
    bring_together(settings, models)
    show({"release": release}, as_json, lambda: f"Release {release} is active.")


@click.command("follow")
@click.option("--once", is_flag=True, help="Bring both together once, then end.")
def follow_command(once: bool) -> None:
    """Keep MODELS_DIR like the store of releases that MODELS_URL names, until SIGTERM or SIGINT.

    Each host of several runs one beside its site.
    """
    settings = Settings.from_environment()
    if settings.models_url is None:
        raise Refusal(_NO_STORE, "MODELS_URL")
    sharing = Sharing(settings.models_dir, settings.models_url)
    if once:
        found = sharing.look()
        if found:
            raise ReleaseUnusable(" ".join(found))
        return
    from services.worker.ending import Ending

    logging.configure()
    ending = Ending()
    ending.on_signals()

    def wanted(seconds: float) -> bool:
        ending.wait(seconds)
        return not ending.wanted()

    follow(sharing, wanted)


def bring_together(settings: Settings, models: Path) -> bool:
    """Bring a models folder and its store together, and say on stderr what hinders it.

    Parameters
    ----------
    settings : Settings
    models : Path
        The folder that the command changes; one that is not the site's shares no store.

    Returns
    -------
    bool
        Whether the store could be reached, or there is none.
    """
    if not _shared(settings, models):
        return True
    try:
        found = Sharing(models, settings.models_url or "").look()
    except StoreAway as fault:
        click.echo(
            f"{fault} This host goes on by itself; python -m services follow brings both together when the "
            "store answers.",
            err=True,
        )
        return False
    for sentence in found:
        click.echo(sentence, err=True)
    return True


def have_all(settings: Settings, models: Path) -> None:
    """Fetch all that the store has, before somebody is taken out of it.

    Raises
    ------
    Refusal
        If it cannot be reached, or has a release that cannot be used here.
    """
    if not _shared(settings, models):
        return
    try:
        found = Sharing(models, settings.models_url or "").look()
    except StoreAway as fault:
        raise StoreAway(
            f"Nothing was erased, because the store of releases has to take part. {fault}"
        ) from fault
    if found:
        raise ReleaseUnusable(f"Nothing was erased, because this host lacks a release. {' '.join(found)}")


def _shared(settings: Settings, models: Path) -> bool:
    return settings.models_url is not None and models.resolve() == settings.models_dir.resolve()


def _line(release: dict[str, Any]) -> str:
    mark = "*" if release["active"] else " "
    if not release["usable"]:
        return f"{mark} {release['id']}  unusable: {release['why_not']}"
    made_of = f"{release['preset']}, {release['customers']:,} customers, from {release['source']}"
    return f"{mark} {release['id']}  {made_of}"
