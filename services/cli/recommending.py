"""``recommend``: what to offer a customer."""

from __future__ import annotations

from pathlib import Path

import click

from services.cli.base import active_release, json_option, models_option, show
from services.cli.numbers import Whole


@click.command()
@click.argument("id")
@click.option("--n", type=Whole(1, 20), default=10, show_default=True, help="How many products.")
@click.option("--method", help="Use this method instead of the one that did best in the test.")
@click.option("--replenish", is_flag=True, help="List what the customer buys again instead of new products.")
@models_option
@json_option
def recommend(id: str, n: int, method: str | None, replenish: bool, models: Path, as_json: bool) -> None:
    """List products to offer a customer, each with its reason."""
    from services.serving.customers import profile as customers
    from services.serving.customers import recommendations

    release = active_release(models)
    row = customers.profile(release, id).row
    offered = recommendations.recommend(release, row, n, method, replenish=replenish)
    if offered.note:
        click.echo(offered.note, err=True)
    answer = recommendations.as_contract(offered)
    show(
        answer,
        as_json,
        lambda: (
            "\n".join(f"{each['product']}  {each['description']}: {each['reason']}" for each in answer)
            or "Nothing to recommend: no product on sale is suitable."
        ),
    )
