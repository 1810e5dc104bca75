"""Commands about releases, and how a host's releases and those of a store come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from services.cli.base import json_option, models_option, show
from services.cli.state import log_what_is_done, opened_state
from services.core.refusals import NotFound, Refusal, ReleaseUnusable
from services.releases import activate, list_releases
from services.releases.folders import release_ids
from services.releases.labelled.store import labelled_root
from services.releases.listing import discard
from services.releases.store import Sharing, StoreAway, follow
from services.serving.release.receipts import release_entry
from services.site import logging
from services.site.customers.forgotten import Forgotten
from services.site.people.audit import What
from services.site.settings import Settings

_NO_STORE = (
    "MODELS_URL is not set, so this host shares its releases with no other. Set it to the address of a "
    "store, as docs/deployment/hosts.md says."
)


PATIENCE_SECONDS = 5.0
"""So long a command waits for another process of the host, which does the same or does it soon."""


@click.group("releases", invoke_without_command=True)
@models_option
@json_option
@click.pass_context
def releases_group(context: click.Context, models: Path, as_json: bool) -> None:
    """List the releases, newest first; the active one is marked."""
    if context.invoked_subcommand is not None:
        for name, option in {"models": "--models", "as_json": "--json"}.items():
            if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                raise click.UsageError(f"Put {option} after {context.invoked_subcommand}.")
        return
    found = [release_entry(summary) for summary in list_releases(models)]
    show(found, as_json, lambda: "\n".join(_line(release) for release in found) or f"No release in {models}.")


@releases_group.command("remove")
@click.argument("release")
@models_option
@json_option
def remove_command(release: str, models: Path, as_json: bool) -> None:
    """Remove RELEASE, or the churn model of that ID, from this host and all that share a store with it.

    One that is in use here is refused. One that only the store has, because it cannot be used here, is
    removed even if it is active there: what is active here takes its place.
    """
    settings = Settings.from_environment()
    bring_together(settings, models)
    roots = [root for root in (models, labelled_root(models)) if release in release_ids(root)]
    if roots:
        discard(roots[0], release)
    else:
        sharing = _sharing(settings, models)
        root = sharing.root_of(release) if sharing else None
        if root is None:
            raise NotFound(f"There is no release {release[:64]}. Choose one from the list.")
        discard(root, release, forced=True)
    bring_together(settings, models)
    show({"release": release}, as_json, lambda: f"Release {release} is removed.")


@click.command("activate")
@click.argument("release")
@models_option
@json_option
def activate_command(release: str, models: Path, as_json: bool) -> None:
    """Use RELEASE from now on; a running site follows within two seconds."""
    settings = Settings.from_environment()
    if release not in release_ids(models):
        _fetch(settings, models, release)
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

    Where several hosts share a store, each runs one alongside its site.
    """
    settings = Settings.from_environment()
    if settings.models_url is None:
        raise Refusal(_NO_STORE, "MODELS_URL")
    sharing = Sharing(settings.models_dir, settings.models_url, _erased(settings))
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


def bring_together(settings: Settings, models: Path, *, wait: bool = False) -> bool:
    """Tell the store what is new in a models folder, take its active release, and say what hinders it.

    All other releases that are missing here are left to ``follow``.

    Parameters
    ----------
    settings : Settings
    models : Path
        The folder that the command changes; one that is not the site's shares no store.
    wait : bool
        Wait for another process of this host until it is done, not for seconds only.

    Returns
    -------
    bool
        Whether the store was told, or there is none.
    """
    try:
        sharing = _sharing(settings, models)
        found = sharing.look(None if wait else PATIENCE_SECONDS, others=False) if sharing else []
    except StoreAway as fault:
        _say_away(fault)
        return False
    for sentence in found:
        click.echo(sentence, err=True)
    return True


def _fetch(settings: Settings, models: Path, release: str) -> None:
    """Fetch a release that is about to be used, and say what hinders it."""
    try:
        sharing = _sharing(settings, models)
        if sharing:
            sharing.fetch(release, PATIENCE_SECONDS)
            for sentence in sharing.lacking:
                click.echo(sentence, err=True)
    except StoreAway as fault:
        _say_away(fault)


def _say_away(fault: StoreAway) -> None:
    click.echo(
        f"{fault} This host goes on by itself; python -m services follow brings both together as soon as "
        "that can be done.",
        err=True,
    )


def have_all(settings: Settings, models: Path) -> None:
    """Fetch all that the store has, before somebody is taken out of it.

    Raises
    ------
    Refusal
        If it cannot be reached, or has a release that cannot be used here.
    """
    try:
        sharing = _sharing(settings, models)
        if sharing is None:
            return
        sharing.look()
    except StoreAway as fault:
        raise StoreAway(
            f"Nothing was erased, because the store of releases has to take part. {fault}"
        ) from fault
    if sharing.lacking:
        raise ReleaseUnusable(
            f"Nothing was erased, because this host lacks a release. {' '.join(sharing.lacking)}"
        )


def _sharing(settings: Settings, models: Path) -> Sharing | None:
    if settings.models_url is None or models.resolve() != settings.models_dir.resolve():
        return None
    return Sharing(models, settings.models_url, _erased(settings))


def _erased(settings: Settings) -> Callable[[Iterable[str]], set[str]]:
    def among(ids: Iterable[str]) -> set[str]:
        with opened_state(settings) as state:
            return Forgotten(state).among(ids)

    return among


def _line(release: dict[str, Any]) -> str:
    mark = "*" if release["active"] else " "
    if not release["usable"]:
        return f"{mark} {release['id']}  unusable: {release['why_not']}"
    made_of = f"{release['preset']}, {release['customers']:,} customers, from {release['source']}"
    return f"{mark} {release['id']}  {made_of}"
