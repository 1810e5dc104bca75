"""Commands that ask the active release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from services.cli.base import active_release, json_option, models_option, rules_told, show
from services.cli.files import rows as many
from services.cli.numbers import Number, Whole
from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number
from services.core.vocabulary import AXES, Axis


@click.command()
@click.argument("id")
@models_option
@json_option
def customer(id: str, models: Path, as_json: bool) -> None:
    """Show one customer: recency, frequency, monetary value, scores, segment and cluster."""
    from services.serving.customers import near_ids
    from services.serving.customers import profile as customers

    release = active_release(models)
    found = customers.profile(release, id)
    answer = customers.as_contract(release, found)
    alike = near_ids.alike(release, found.customer_id)
    if alike:
        click.echo(f"Not to be confused with {', '.join(alike)}.", err=True)
    show(answer, as_json, lambda: _listed(answer))


@click.command()
@click.option("--recency", help="Whole days since the last order.")
@click.option("--frequency", help="Orders (or lines, where the preset counts lines).")
@click.option("--monetary", help="Money spent.")
@click.option("--file", type=click.Path(path_type=Path), help="A CSV with these three columns.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write the CSV with the answers.")
@models_option
@json_option
def predict(models: Path, as_json: bool, file: Path | None, out: Path | None, **values: str | None) -> None:
    """Show where a customer with these values, or each row of a file, would fall; nothing is stored."""
    from services.serving.predictions import predict as predictions

    lacking = [axis for axis in AXES if values[axis] is None]
    if file and out and len(lacking) == len(AXES):
        receipt = many.predict_file(active_release(models), file, out)
        show(receipt, as_json, lambda: many.told(receipt))
        return
    if lacking or file or out:
        raise Refusal("Give --recency, --frequency and --monetary, or --file and --out.", "file")
    release = active_release(models)
    given: dict[Axis, object] = {axis: _number(axis, str(values[axis])) for axis in AXES}
    answer = predictions.as_contract(predictions.predict(release, given), release)
    show(answer, as_json, lambda: _listed(answer))


@click.command()
@click.option("--cluster", help="The ID of a cluster: rules of its baskets.")
@click.option("--segment", help="The ID of a segment: rules of its baskets.")
@click.option("--period", help="3-months, 12-months or season: rules of that period's baskets.")
@click.option(
    "--baskets",
    type=click.Choice(["invoices", "customers"]),
    default="invoices",
    show_default=True,
    help="What a basket is: an invoice, or everything a customer bought.",
)
@click.option("--item", help="Only rules with a product whose code or name holds this text.")
@click.option("--min-support", type=Number(), help="Lowest share of baskets, 0 to 1.")
@click.option("--min-confidence", type=Number(), help="Lowest confidence, 0 to 1.")
@click.option("--min-lift", type=Number(), help="Lowest lift, from 0 up.")
@click.option(
    "--held-up",
    type=click.Choice(["yes", "no", "unknown"]),
    help="Only rules that held up on later baskets, that did not, or that could not be tested.",
)
@click.option("--limit", type=Whole(1), help="How many to print.")
@click.option("--unpruned", is_flag=True, help="Include rules that a smaller rule explains just as well.")
@models_option
@json_option
def rules(models: Path, as_json: bool, limit: int | None, **wanted: Any) -> None:
    """List mined rules, strongest confidence first."""
    from services.serving.rules import find as mined
    from services.serving.rules.sets import counted

    release = active_release(models)
    found = mined.find(release, mined.asked(release, **wanted))
    answer = [mined.as_contract(release, int(index)) for index in found[:limit]]
    there = rules_told(counted(release, found))
    show(answer, as_json, lambda: "\n".join([*map(_rule, answer), there]) if answer else "No rule matches.")


def _number(axis: str, text: str) -> float:
    try:
        return min(plain_number(text), sys.float_info.max)
    except Refusal:
        raise Refusal(
            f"--{axis} takes a number in plain digits, with a point before decimals and nothing between "
            f"thousands, such as 1250.5. Please write “{text[:60]}” that way.",
            axis,
        ) from None


def _listed(answer: dict[str, Any]) -> str:
    return "\n".join(f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in answer.items())


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items())
    return "–" if value is None else str(value)


def _rule(rule: dict[str, Any]) -> str:
    sides = [" + ".join(rule[f"{side}_names"]) for side in ("antecedent", "consequent")]
    measures = f"{rule['confidence']:6.1%}  lift {rule['lift']:6.2f}"
    counts = f"{rule['count']:>6} baskets"
    if rule["finding"] is not None:
        measures += f" (by chance {rule['chance_lift']:.2f})"
        counts += f" {rule['customers']:>6} customers"
    held = {1: "  held up", 0: "  did not hold up"}.get(rule["held_up"], "")
    chance = "" if rule["finding"] in (None, True) else "  may be chance"
    return f"{measures}  {counts}  {sides[0]} → {sides[1]}{held}{chance}"
