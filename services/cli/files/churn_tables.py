"""``train-churn`` and ``predict-churn``: a model of who churns, from a table that says who did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, models_option, show
from services.cli.files.inspecting import known_erased, work_folder
from services.cli.releases import bring_together
from services.core.refusals import Refusal
from services.site.settings import Settings

_FILE = click.Path(path_type=Path)


@click.command("train-churn")
@click.argument("table", type=_FILE)
@click.option("--target", required=True, metavar="COLUMN", help="The column that says who churned.")
@click.option(
    "--churned", metavar="VALUE", help="Its value for those who did, if that is not clear, such as “lost”."
)
@click.option(
    "--id",
    "id_column",
    metavar="COLUMN",
    help="The column of customer IDs; the model does not learn from it.",
)
@click.option("--sheet", help="The sheet of a workbook, by name or number.")
@click.option(
    "--recall",
    type=click.FloatRange(0, 1, min_open=True),
    help="Find this share of those who churn, 0–1, with as few others as possible.  [default: the best F1]",
)
@click.option(
    "--profit",
    type=(click.FloatRange(min=0, min_open=True), click.FloatRange(min=0)),
    metavar="VALUE COST",
    help="Earn the most, if reaching one who would churn is worth VALUE and reaching anybody costs COST.",
)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True)
@models_option
@json_option
def train_churn(
    table: Path,
    target: str,
    churned: str | None,
    id_column: str | None,
    sheet: str | None,
    recall: float | None,
    profit: tuple[float, float] | None,
    seed: int,
    models: Path,
    as_json: bool,
) -> None:
    """Learn from TABLE, with one row per customer, who churns; it takes minutes."""
    from services.core.labelled.objectives import Objective
    from services.training.labelled.run import TableOptions, train_table

    if recall is not None and profit is not None:
        raise Refusal("--recall and --profit choose the threshold in two ways. Give one of them.", "profit")
    value, cost = profit or (None, None)
    options = TableOptions(target, churned, id_column, sheet, Objective(recall, value, cost), seed)
    settings = Settings.from_environment()
    with work_folder(settings) as scratch, known_erased(settings) as erased:
        answer = train_table(
            table,
            models,
            options,
            scratch,
            lambda what: click.echo(what, err=True),
            erased,
            settings.engine_memory_mb,
        )
    bring_together(settings, models)
    show(answer, as_json, lambda: _trained(answer))


@click.command("predict-churn")
@click.argument("table", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="Where the rows with their answers go, as CSV.")
@click.option("--sheet", help="The sheet of a workbook, by name or number.")
@models_option
@json_option
def predict_churn(table: Path, out: Path, sheet: str | None, models: Path, as_json: bool) -> None:
    """Say how likely each customer in TABLE is to churn, by the model that train-churn made last."""
    from services.releases.labelled.store import open_model
    from services.training.labelled.predicting import predict_table

    model = open_model(models)
    settings = Settings.from_environment()
    with work_folder(settings) as scratch:
        answer = predict_table(model, table, out, scratch, sheet, settings.engine_memory_mb)
    show(answer, as_json, lambda: _predicted(answer))


def _predicted(answer: dict[str, Any]) -> str:
    rows = "1 row" if answer["rows"] == 1 else f"{answer['rows']:,} rows"
    lines = [
        f"{rows}, {answer['predicted']:,} of them likely to churn (probability {answer['threshold']:.4f} or "
        f"more), {answer['refused']:,} without an answer: {answer['out']}"
    ]
    lines += [f"line {each['line']:,}: {each['error']}" for each in answer["first"]]
    return "\n".join([*lines, *answer["warnings"]])


def _trained(answer: dict[str, Any]) -> str:
    lines = [
        f"Churn model {answer['release']} of {answer['file']}: "
        f"{answer['kept']:,} of {answer['rows']:,} rows, "
        f"{answer['target_rate']:.1%} churned, {answer['copies']:,} copy another row",
        f"{'':30} {'copies on one side':>22} {'plain folds':>16}",
        f"{'':30} {'F1':>10} {'ROC AUC':>11} {'F1':>7} {'ROC AUC':>8}",
    ]
    for each in answer["candidates"]:
        grouped, plain = each["grouped"], each["plain"]
        mark = "  ← in use" if each["id"] == answer["served"] else ""
        lines.append(
            f"{each['name']:30} {grouped['f1']:>10.3f} {grouped['roc_auc']:>11.4f} {plain['f1']:>7.3f} "
            f"{plain['roc_auc']:>8.4f}{mark}"
        )
    meter = answer["leak_meter"]
    lines.append(
        f"One nearest neighbour, which measures the copies: {meter['grouped']:.3f} and {meter['plain']:.3f}. "
        f"Threshold: {answer['threshold']:.4f}."
    )
    if known := answer["published"]:
        lines += [f"Published for this table: F1 {known['f1']:.4f}.", *known["why"]]
    lines += [each["sentence"] for each in answer["insight"] if each["significant"]]
    return "\n".join([*lines, *answer["warnings"]])
