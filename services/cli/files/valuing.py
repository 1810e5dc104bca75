"""``clv``: models of customer value on a file, and what came of them on the days after."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, show
from services.cli.files.inspecting import inspect_command, known_erased, work_folder
from services.cli.files.training import options_of
from services.cli.presets import find_preset
from services.site.settings import Settings

#: What ``inspect`` asks, and not this: the day, the form and the rows that are left out.
_NOT_ASKED = {"as_of", "table", "rejected", "try_choices", "as_json"}


@click.command("clv")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Fit to what was known on this day, and compare with what happened since.  "
    "[default: the last day with an order]",
)
@click.option(
    "--unit",
    type=click.Choice(["day", "week"]),
    default="day",
    show_default=True,
    help="In which times are counted.",
)
@json_option
def clv_command(
    files: tuple[Path, ...],
    preset: str,
    until: datetime | None,
    unit: str,
    as_json: bool,
    **choices: Any,
) -> None:
    """Fit models of customer value to the orders in FILE; nothing is stored.

    They are BG/NBD, MBG/NBD, Pareto/NBD and Gamma–Gamma.
    """
    from services.training.valuing import value_file

    options = options_of(find_preset(preset), **choices)
    settings = Settings.from_environment()
    with known_erased(settings) as erased, work_folder(settings) as scratch:
        day = until.date() if until else None
        found = value_file(files, options, scratch, day, unit, erased, settings.engine_memory_mb)
    answer = found.as_json()
    show(answer, as_json, lambda: _text(answer))


# Before the options of its own: those of the reading, as train declares them.
clv_command.params[:0] = [each for each in inspect_command.params if each.name not in _NOT_ASKED]


def _text(answer: dict[str, Any]) -> str:
    lines = [
        f"{answer['customers']:,} customers as of {answer['until']}, of whom {answer['repeat_customers']:,} "
        f"have ordered on more than one day; times in {answer['unit']}s"
    ]
    for name, each in answer["models"].items():
        if each["refused"]:
            lines.append(f"{name}: {each['refused']}")
            continue
        told = ", ".join(f"{key} {value:.4f}" for key, value in each["parameters"].items())
        lines.append(f"{name}: {told}; log-likelihood {each['log_likelihood']:.3f}; {each['seconds']:.2f} s")
    lines.append(answer["refused"] or f"{answer['chosen']} is used.")
    if held := answer["holdout"]:
        lines.append(
            f"In the {held['days']} days after, {held['model']} expected {held['expected']:,.0f} orders; "
            f"there were {held['happened']:,}."
        )
        lines += [
            f"Ordered within {each['days']} days: {each['happened']:.1%}, expected {each['expected']:.1%}."
            for each in held["bought_within"]
        ]
    return "\n".join([*lines, *answer["warnings"]])
