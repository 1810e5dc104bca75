"""The command ``python -m services alerts``: what is wrong with the site now."""

from __future__ import annotations

from typing import Any

import click

from services.cli.base import json_option, show
from services.cli.state import opened_state
from services.site.alerts.events import Alerts
from services.site.settings import Settings


@click.command("alerts")
@json_option
def alerts_command(as_json: bool) -> None:
    """List what is wrong with the site now, by the rules of the alerts; nobody is told."""
    from services.watching.facts import Looking
    from services.watching.rules import findings

    settings = Settings.from_environment()
    with opened_state(settings) as state:
        found = findings(Looking(settings, state).facts(), settings)
        since = {(each.rule, each.event): each.began_at.isoformat() for each in Alerts(state).on()}
    listed: list[dict[str, Any]] = [
        {
            "rule": each.rule,
            "event": each.event,
            "sentence": each.sentence,
            "since": since.get((each.rule, each.event)),
        }
        for each in found
    ]
    show(listed, as_json, lambda: "\n".join(map(_line, listed)) or "Nothing is wrong.")


def _line(alert: dict[str, Any]) -> str:
    since = f"  (since {alert['since']})" if alert["since"] else ""
    return f"{alert['rule']:<10}  {alert['sentence']}{since}"
