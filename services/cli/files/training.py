"""Commands that make things: a release from a file, the sample file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from services.cli.base import json_option, models_option, show
from services.cli.files import trained
from services.cli.numbers import DayOrMoment, Number, Whole
from services.cli.presets import find_preset
from services.cli.releases import bring_together
from services.cli.state import log_training, opened_state
from services.core.language.messages import _
from services.core.presets import DEFAULT, Preset
from services.core.refusals import Refusal
from services.releases import WORK
from services.site.customers.forgotten import Forgotten
from services.site.settings import Settings

if TYPE_CHECKING:
    from services.training.options import TrainOptions


@click.command("train")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--preset",
    default=DEFAULT,
    show_default=True,
    help="A preset's id (name@2: an earlier version), or a TOML file.",
)
@click.option(
    "--as-of",
    type=DayOrMoment(),
    help="Count recency up to the end of this day, or to this moment.  "
    "[default: a day after the last purchase]",
)
@click.option("--k", type=Whole(2, 20), help="Number of clusters.  [default: the preset's, else by evidence]")
@click.option("--seed", type=Whole(0, 2**31), help="Seed for everything random.  [default: the preset's]")
@click.option(
    "--columns",
    default="",
    help='Which column is what: customer=NAME,invoice=#3 (the third),amount="Total, net"; '
    "amount=- for a role that no column has.",
)
@click.option(
    "--layout",
    help="The kind of export: one that `layouts` lists, a TOML file, or none.  [default: by its header]",
)
@click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help="How dates are written.")
@click.option("--encoding", help="The file's encoding.")
@click.option("--separator", help="What separates the columns: , ; | tab or space.")
@click.option("--decimal", type=click.Choice([",", "."]), help="The decimal sign.")
@click.option(
    "--only-currency",
    metavar="CODE",
    help="In a file with several currencies: use only the rows in this one, such as EUR.",
)
@click.option(
    "--header-row",
    type=Whole(1),
    help="The line, or the row of a sheet, with the column names.  [default: found]",
)
@click.option(
    "--sheet",
    help="The sheet of a workbook: its name, its number, or all.  [default: those with one header]",
)
@click.option(
    "--cancel-prefix",
    help="What the invoice numbers of cancellations begin with, or none.  [default: C, where those rows take "
    "goods or money back]",
)
@click.option(
    "--keep-status",
    multiple=True,
    metavar="VALUE",
    help="An order status that counts as a sale; may be given several times.",
)
@click.option(
    "--drop-status",
    multiple=True,
    metavar="VALUE",
    help="An order status that does not count as a sale; may be given several times.",
)
@click.option(
    "--keep-customer",
    multiple=True,
    metavar="ID",
    help="An ID that is a real customer although it does not look like one, such as NA; may be given "
    "several times.",
)
@click.option(
    "--drop-customer",
    multiple=True,
    metavar="ID",
    help="An ID to leave out because it stands for guests, the till or tests; may be given several times.",
)
@click.option(
    "--returns",
    type=click.Choice(["match", "ignore"]),
    help="Take returns off the purchases, or leave the purchases as they were.  [default: the preset's]",
)
@click.option(
    "--accept-unreadable",
    is_flag=True,
    help="Leave out the rows that cannot be read, however many there are.",
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every row that is left out to this CSV, with the rule, the reason and its original cells.",
)
@click.option(
    "--all-codes", is_flag=True, help="Keep postage, fees and other codes that are not products in baskets."
)
@click.option(
    "--items",
    type=click.Choice(["code", "description"]),
    default="code",
    show_default=True,
    help="What a basket holds; descriptions where the file has no codes.",
)
@click.option(
    "--support",
    type=Number(),
    help="Lowest share of baskets in which products must appear together, 0 to 1.  [default: 0.01]",
)
@click.option(
    "--table",
    is_flag=True,
    help="FILE has one row per customer, with days since the last order, orders and spend.",
)
@click.option("--no-activate", is_flag=True, help="Make the release, but do not switch the site to it.")
@models_option
@json_option
def train_command(
    files: tuple[Path, ...],
    models: Path,
    as_json: bool,
    no_activate: bool,
    **choices: Any,
) -> None:
    """Make a release of FILE: transactions, or customers with --table, as csv, csv.gz, xlsx or Parquet.

    Several files, or a folder of them, are read as one; rows in more than one of them count once.
    """
    options = options_of(find_preset(choices.pop("preset")), activate=not no_activate, **choices)
    train_and_tell(files, models, options, as_json=as_json)


def train_and_tell(files: Sequence[Path], models: Path, options: TrainOptions, *, as_json: bool) -> None:
    """Make a release of files, log that, and print what came of it."""
    from services.training.run import train

    settings = Settings.from_environment()
    bring_together(settings, models)  # what it is compared with may have been made on another host
    with opened_state(settings) as state, _Bar() as bar:
        work = settings.state_dir / WORK
        manifest = train(
            files,
            models,
            options,
            work=work,
            tell=bar.tell,
            erased=Forgotten(state).among,
            memory_mb=settings.engine_memory_mb,
        )
        log_training(state, files, manifest.id, active=options.activate)
    bring_together(settings, models)
    from services.serving.release.loaded import Loaded
    from services.serving.release.receipts import train_receipt
    from services.serving.rules.find import RuleFilters
    from services.serving.rules.sets import counted_of

    release = Loaded(models, manifest.id)
    receipt = train_receipt(release)
    say_rejected(options.rejected, sum(manifest.rows.rejected.values()))
    there = counted_of(release, RuleFilters())
    show(receipt, as_json, lambda: trained.text(receipt, there, activated=options.activate))


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Where to write it; a name ending in .gz compresses it.",
)
@click.option(
    "--seed", type=Whole(0), default=1, show_default=True, help="The same seed gives the same bytes."
)
@json_option
def sample(out: Path, seed: int, as_json: bool) -> None:
    """Write the built-in sample: two years of an invented gift shop."""
    from services.training.sample import write_sample

    try:
        write_sample(out, seed)
    except OSError as error:
        raise Refusal(f"{out} cannot be written: {error.strerror}.") from None
    receipt = {"file": str(out), "seed": seed, "bytes": out.stat().st_size}
    show(receipt, as_json, lambda: f"Wrote {out} ({receipt['bytes']:,} bytes, seed {seed}).")


def options_of(preset: Preset, *, columns: str, **choices: Any) -> TrainOptions:
    """Make what the command's options say into the choices of a training.

    Parameters
    ----------
    preset : Preset
    columns : str
        As ``parse_columns`` takes them.
    **choices
        The other options by their names in Python.

    Raises
    ------
    Refusal
        If ``columns`` cannot be read.
    """
    from services.training.options import TrainOptions
    from services.training.reading import ReadOptions
    from services.training.reading.columns.addresses import parse_columns

    if choices["cancel_prefix"] is not None and not choices["cancel_prefix"].strip():
        raise Refusal(
            _("--cancel-prefix takes what the invoices of cancellations begin with, such as C, or none."),
            "cancel_prefix",
            option="--cancel-prefix",
        )
    of_reading = (
        "date_order",
        "encoding",
        "separator",
        "decimal",
        "only_currency",
        "header_row",
        "sheet",
        "layout",
        "keep_customer",
        "drop_customer",
    )
    told = {name: choices.pop(name) for name in of_reading}
    return TrainOptions(preset, reading=ReadOptions(columns=parse_columns(columns), **told), **choices)


def say_rejected(target: Path | None, rows: int) -> None:
    """Say on stderr how many rows were written to the file of ``--rejected``, where there is one."""
    if target:
        said = "1 row that was" if rows == 1 else f"{rows:,} rows that were"
        click.echo(f"Wrote {said} left out to “{target}”.", err=True)


class _Bar:
    """A progress bar on a terminal, a line per step elsewhere; always on stderr."""

    def __init__(self) -> None:
        self._bar = (
            click.progressbar(length=100, label="Starting", file=sys.stderr) if sys.stderr.isatty() else None
        )

    def __enter__(self) -> _Bar:
        if self._bar:
            self._bar.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        if self._bar:
            self._bar.__exit__(*error)

    def tell(self, step: str, share: float) -> None:
        """Show that a step starts."""
        if self._bar:
            self._bar.label = step.capitalize()
            self._bar.update(round(share * 100) - self._bar.pos)
        else:
            click.echo(f"{round(share * 100):3d} % {step}", err=True)
