"""``simulate-campaign``: how often a campaign's verdict is right, tried on the release's past customers."""

from __future__ import annotations

from pathlib import Path

import click

from services.cli.base import active_release, json_option, models_option, show
from services.cli.numbers import Number, Whole
from services.core.campaigns.holdout import SHARES
from services.core.refusals import Refusal

_MOST_CUSTOMERS, _MOST_DRAWS = 20_000, 5_000


@click.command("simulate-campaign")
@click.option("--size", type=Whole(2, _MOST_CUSTOMERS), required=True, help="Customers in an audience.")
@click.option("--holdout", type=Number(), required=True, help="Share held out: 20 (per cent) or 0.2.")
@click.option("--effect", type=Number(), help="How much more each customer in the campaign group spends.")
@click.option("--draws", type=Whole(20, _MOST_DRAWS), default=500, show_default=True, help="Audiences drawn.")
@models_option
@json_option
def simulate_campaign(
    size: int, holdout: float, effect: float | None, draws: int, models: Path, as_json: bool
) -> None:
    """Try campaigns of 30 days on past customers of the active release.

    Without --effect, the power is the chance of finding the smallest effect.
    """
    from services.campaigns.trying import tried

    if effect is not None and effect <= 0:
        raise Refusal(
            "Give an effect above 0: how much more each customer in the campaign group spends.", "effect"
        )
    found = tried(active_release(models), size, _share(holdout), draws, effect)
    answer = {
        "false_verdicts": found.false_verdicts,
        "coverage": found.coverage,
        "power": found.power,
        "power_by_orders": found.power_by_orders,
        "smallest_effect": found.smallest_effect,
        "trials": found.trials,
    }
    show(answer, as_json, lambda: "\n".join(f"{name}: {_told(value)}" for name, value in answer.items()))


def _share(holdout: float) -> float:
    """Read a share, or per cent: no share that may be chosen is also a number of per cent that may be."""
    share = holdout if holdout < 1 else holdout / 100
    low, high = SHARES
    if not low <= share <= high:
        raise Refusal(
            f"Hold out between {100 * low:g} and {100 * high:g} % of customers, given in per cent or as a "
            f"share ({low:g} to {high:g}).",
            "holdout",
        )
    return share


def _told(value: float | None) -> str:
    return "not known, the groups are too small for a verdict" if value is None else f"{value:.6g}"
