"""Commands about digests: ``python -m services digest [subscribe|list|remove|send]``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from services.cli.base import json_option, show
from services.cli.numbers import Whole
from services.cli.state import opened_state, operator
from services.core.refusals import NotFound, Refusal
from services.site.digests.due import Standing, standings
from services.site.digests.receivers import CHANNELS
from services.site.digests.sendings import Sending, Stage
from services.site.digests.subscriptions import Subscriptions
from services.site.digests.when import EVERY, LAST_DAY, rhythm_of
from services.site.people.accounts import known_as
from services.site.settings import Settings
from services.worker.child import Child
from services.worker.digests import DIGESTS
from services.worker.errands import BEAT_SECONDS, LONGEST_SECONDS

_STATES = {
    Stage.SENDING: "being sent",
    Stage.WAITING: "not accepted, tried again",
    Stage.SENT: "sent",
    Stage.FAILED: "not accepted, given up",
    Stage.UNKNOWN: "not known whether it arrived, not sent again",
}
_NUMBER = Whole(1, 2**53)
_DRY = click.option("--dry-run", is_flag=True, help="Show what digests would say now, and send nothing.")


@click.group("digest", invoke_without_command=True)
@_DRY
@json_option
@click.pass_context
def digest_command(context: click.Context, dry_run: bool, as_json: bool) -> None:
    """Send people what changed, weekly or monthly: by mail, by a webhook, or to Slack."""
    if context.invoked_subcommand is None:
        if not dry_run:
            raise Refusal("Say what to do: digest list shows who gets a digest, and --help the rest.")
        _show(None, as_json)
    elif dry_run:
        raise Refusal("Put --dry-run after send: python -m services digest send --dry-run.", "dry_run")


@digest_command.command("subscribe")
@click.argument("name")
@click.argument("address")
@click.option("--channel", type=click.Choice(CHANNELS), default="mail", show_default=True)
@click.option("--every", type=click.Choice(EVERY), default="weekly", show_default=True)
@click.option(
    "--day",
    type=Whole(1, LAST_DAY),
    default=1,
    show_default=True,
    help="Of the week, 1 for Monday; or of the month, 31 for its last.",
)
@click.option("--hour", type=Whole(0, 23), default=8, show_default=True, help="On the clock of --zone.")
@click.option("--zone", help="Such as Europe/London.  [default: TIME_ZONE]")
@click.option("--link", help="Where people open the site, such as https://desk.example.com.")
@json_option
def subscribe(
    name: str,
    address: str,
    channel: str,
    every: str,
    day: int,
    hour: int,
    zone: str | None,
    link: str | None,
    as_json: bool,
) -> None:
    """Have the account NAME get a digest at ADDRESS."""
    settings = Settings.from_environment()
    if link is None:
        if settings.hosted:
            raise Refusal(
                "Name the address under which people open the site with --link, such as "
                "https://desk.example.com: the digest links to it.",
                "link",
            )
        link = settings.address
    rhythm = rhythm_of(every, day, hour, zone or settings.time_zone)
    with opened_state(settings) as state:
        made = Subscriptions(state).add(
            known_as(name), channel, address, rhythm, link, settings, by=operator()
        )
        (standing,) = standings(settings, state, made.id)
    show(_plain(standing), as_json, lambda: _line(standing))


@digest_command.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List who gets a digest, when the next one is due, and what became of the last."""
    settings = Settings.from_environment()
    with opened_state(settings) as state:
        found = standings(settings, state)
    show(list(map(_plain, found)), as_json, lambda: "\n".join(map(_line, found)) or "Nobody gets a digest.")


@digest_command.command("remove")
@click.argument("id", type=_NUMBER)
@json_option
def remove(id: int, as_json: bool) -> None:
    """Remove the digest ID."""
    with opened_state() as state:
        gone = Subscriptions(state).remove(id, operator())
    receipt = {"id": gone.id, "account": gone.account, "change": "removed"}
    show(receipt, as_json, lambda: f"Digest {gone.id} of {gone.account} is removed.")


@digest_command.command("send")
@click.option("--id", "number", type=_NUMBER, help="Only the digest of this number.")
@_DRY
@json_option
def send(number: int | None, dry_run: bool, as_json: bool) -> None:
    """Send what is due now, as the worker does; nothing is sent twice."""
    if number is not None:
        _refuse_unknown(number)
    if dry_run:
        return _show(number, as_json)
    done = _asked({"do": "send", "number": number})
    return show(done, as_json, lambda: "\n".join(map(_done_line, done)) or "No digest is due.")


def _refuse_unknown(number: int) -> None:
    settings = Settings.from_environment()
    with opened_state(settings) as state:
        if not standings(settings, state, number):
            raise NotFound(f"There is no digest {number}. “digest list” shows them.", "number")


def _show(number: int | None, as_json: bool) -> None:
    shown = _asked({"do": "show", "number": number})
    show(shown, as_json, lambda: "\n".join(map(_as_read, shown)).rstrip("\n"))


def _asked(order: dict[str, Any]) -> list[dict[str, Any]]:
    """Have a process make the digests: it loads what draws pages, which no command does."""
    child = Child(DIGESTS, order)
    said: list[dict[str, Any]] = []
    try:
        for _ in range(int(LONGEST_SECONDS / BEAT_SECONDS)):
            ended = child.code is not None
            said += child.listen(BEAT_SECONDS)
            if ended:
                break
    finally:
        child.close()
    for each in said:
        if "refused" in each:
            raise Refusal(each["refused"])
    if child.code != 0:
        click.echo(child.log, err=True)
        raise Refusal("Making the digests stopped because of an error in the program; see above.")
    return said


def _plain(standing: Standing) -> dict[str, Any]:
    of, latest = standing.subscription, standing.latest
    rhythm = of.rhythm
    return {
        "id": of.id,
        "account": of.account,
        "channel": of.channel,
        "address": of.receiver,
        "every": rhythm.every,
        "day": rhythm.day,
        "hour": rhythm.hour,
        "zone": rhythm.zone,
        "link": of.link,
        "language": of.language,
        "made_at": of.made_at.isoformat(),
        "next_at": _next(standing).isoformat(),
        "last": latest and _last(latest),
        "hindrance": standing.hindrance,
    }


def _last(sending: Sending) -> dict[str, Any]:
    return {
        "period": sending.period,
        "state": sending.state.value,
        "tries": sending.tries,
        "at": (sending.ended_at or sending.taken_at).isoformat(),
        "reason": sending.reason,
        "release": sending.release or None,
    }


def _next(standing: Standing) -> datetime:
    return standing.subscription.rhythm.next(datetime.now(UTC)).at


def _line(standing: Standing) -> str:
    of, latest = standing.subscription, standing.latest
    parts = [f"{of.id:>4}  {of.account}  {of.channel} {of.receiver}  {of.rhythm.said}"]
    if standing.hindrance:
        parts.append(standing.hindrance)
    else:
        parts.append(f"next {_next(standing):%Y-%m-%d %H:%M} UTC")
    if latest is not None:
        why = f": {latest.reason}" if latest.reason else ""
        parts.append(f"that of {latest.period} {_STATES[latest.state]}{why}")
    return "  ".join(parts)


def _done_line(done: dict[str, Any]) -> str:
    why = f": {done['reason']}" if done["reason"] else ""
    return f"{_whose(done)}: {_STATES[Stage(done['state'])]}{why}"


def _as_read(shown: dict[str, Any]) -> str:
    """Return a digest as it is read, below whose it is."""
    head = "Nobody gets a digest yet. This is what one would say now:"
    if shown["id"] is not None:
        head = f"{_whose(shown)}, {shown['when']}:"
    hindered = [shown["hindrance"]] if shown["hindrance"] else []
    return "\n".join([head, *hindered, f"Subject: {shown['subject']}", "", shown["text"]])


def _whose(digest: dict[str, Any]) -> str:
    return f"Digest {digest['id']} of {digest['account']}, {digest['channel']} {digest['address']}"
