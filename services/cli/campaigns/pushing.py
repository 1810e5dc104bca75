"""Audiences that go to another tool: ``python -m services audience push|pushes``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from services.cli.base import active_release, json_option, models_option, show
from services.cli.numbers import Whole
from services.cli.state import opened_state, operator
from services.site.customers.audiences import Audiences
from services.site.pushes.push import Push, Stage
from services.site.pushes.queue import Queue
from services.site.settings import Settings

_NUMBER = Whole(1, 2**53)


@click.group("audience")
def audience_command() -> None:
    """Send saved audiences to the tool that PUSH_LAYOUT names."""


@audience_command.command("push")
@click.argument("id", type=_NUMBER)
@click.option("--dry-run", is_flag=True, help="Say how many would be sent, and send nobody.")
@models_option
@json_option
def push_command(id: int, dry_run: bool, models: Path, as_json: bool) -> None:
    """Have the worker send the audience ID, without its holdout and anyone who did not agree."""
    from services.campaigns.pushing.asking import asked_for, receiver_of
    from services.campaigns.pushing.composing import going, reached_now

    settings = Settings.from_environment()
    to = receiver_of(settings)
    release = active_release(models)
    with opened_state(settings) as state:
        Audiences(state).one(id)
        if dry_run:
            found = going(to.receiver, reached_now(release, state, id))
            contacts, push = len(found.contacts), None
        else:
            push, found = asked_for(settings, state, release, id, who=operator())
            contacts = push.queued
    receipt = {
        "audience": id,
        "receiver": to.called,
        "contacts": contacts,
        "left_out": dict(found.left_out),
        "push": push and push.id,
    }
    show(receipt, as_json, lambda: _receipt(receipt))


@audience_command.command("pushes")
@click.argument("id", type=_NUMBER, required=False)
@json_option
def pushes_command(id: int | None, as_json: bool) -> None:
    """List what was sent, or is to be, of all audiences or of the audience ID, the latest first."""
    with opened_state() as state:
        if id is not None:
            Audiences(state).one(id)
        found = Queue(state).listed(id)
    listed = [{"audience": each.audience_id, "who": each.who, **each.as_contract()} for each in found]
    show(listed, as_json, lambda: "\n".join(map(_line, found)) or "No audience was sent.")


def _receipt(receipt: Mapping[str, Any]) -> str:
    left_out = [f"  Left out: {count:,} {reason}" for reason, count in receipt["left_out"].items()]
    how = "would send" if receipt["push"] is None else "the worker will send"
    contacts = f"{receipt['contacts']:,} contact{'s' * (receipt['contacts'] != 1)}"
    head = f"Audience {receipt['audience']}: {how} {contacts} to {receipt['receiver']}."
    return "\n".join([head, *left_out])


def _line(push: Push) -> str:
    counts = {
        "not accepted": push.refused,
        "perhaps accepted": push.unsure,
        "left out": push.left_out,
    }
    said = [f"{push.accepted:,} of {push.queued:,} accepted"]
    said += [f"{count:,} {what}" for what, count in counts.items() if count]
    state = push.state.value
    if push.state is Stage.WAITING and push.failures:
        state = f"to be tried again on {push.due_at:%Y-%m-%d %H:%M} UTC"
    why = f": {push.reason}" if push.reason else ""
    asked = f"{push.asked_at:%Y-%m-%d %H:%M} UTC by {push.who}"
    where = f"audience {push.audience_id} to {push.receiver}"
    return f"{push.id:>4}  {where}  {asked}  {state}  {', '.join(said)}{why}"
