"""Models of customer value on a file, without a release: how they fit, and what came of them later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from services.core import presets
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.core.value.base import Base, base_at, later
from services.core.value.holdout import Holdout, hold_against
from services.core.value.models import Fit, doubts
from services.training.customers.bought import Fits, bought, fit_all
from services.training.ledger.cleaned import Erased, refuse_missing
from services.training.ledger.transactions import read_ledger
from services.training.lines.engine import MEMORY_MB
from services.training.options import TrainOptions
from services.training.progress import Progress

UNITS = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Valued:
    """What models of value say of a file as of a day.

    Attributes
    ----------
    until : date
    unit : str
        Of time, of ``UNITS``.
    base : Base
    fitted : Fits
    holdout : Holdout or None
        What came of the law in the days after ``until``; None where the file has none, or there is no law.
    """

    until: date
    unit: str
    base: Base
    fitted: Fits
    holdout: Holdout | None

    def as_json(self) -> dict[str, Any]:
        """Return what ``clv --json`` prints: see docs/contract.md."""
        chosen = self.fitted.chosen
        return {
            "until": self.until.isoformat(),
            "unit": self.unit,
            "customers": len(self.base.customer),
            "repeat_customers": self.base.repeaters,
            "models": {name: self._model(name, each) for name, each in self.fitted.fits.items()},
            "chosen": chosen.name,
            "holdout": {"model": chosen.law_name, **asdict(self.holdout)} if self.holdout else None,
            "refused": chosen.refused,
            "warnings": doubts(self.base, self.fitted.fits),
        }

    def _model(self, name: str, each: Fit) -> dict[str, Any]:
        return {
            "parameters": each.model.parameters if each.model else None,
            "log_likelihood": each.model.log_likelihood if each.model else None,
            "seconds": round(self.fitted.seconds[name], 3),
            "refused": each.refused,
        }


def value_file(
    paths: Sequence[Path],
    options: TrainOptions,
    scratch: Path,
    until: date | None = None,
    unit: str = "day",
    erased: Erased | None = None,
    memory_mb: int = MEMORY_MB,
) -> Valued:
    """Fit models of value to files of transactions as they were at the end of a day.

    Parameters
    ----------
    paths : sequence of Path
    options : TrainOptions
        How the files are read.
    scratch : Path
        A folder for the engine's files, removed by the caller.
    until : date, optional
        What comes after it is held against what was expected then; the last day with an order when absent.
    unit : {"day", "week"}
        In which times are counted.
    erased : callable, optional
        As a training takes it.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Raises
    ------
    Refusal
        If the files cannot be read, are a table of customers, or have no order by that day.
    """
    preset = presets.load(options.preset) if isinstance(options.preset, str) else options.preset
    if preset.rfm.table:
        raise Refusal(
            _("A table of customers has no individual orders, so models of value cannot be fitted to it."),
            "preset",
        )
    refuse_missing(paths)
    ledger = read_ledger(paths, preset, options, scratch, Progress(), erased, datetime.now(UTC), memory_mb)
    found = bought(ledger.customers, ledger.orders, ledger.returns.taken)
    day = found.last if until is None else (until - date(1970, 1, 1)).days
    if not found.first <= day <= found.last:
        raise Refusal(
            _(
                "The orders go from {first} to {last}. Choose a day between them.",
                first=_date(found.first),
                last=_date(found.last),
            ),
            "until",
            option="--until",
        )
    size = UNITS[unit]
    base = base_at(found.at(day), day, size)
    fitted = fit_all(base)
    held = None
    if (law := fitted.chosen.law) and day < found.last:
        happened = later(base, found.at(found.last), day, found.last)
        held = hold_against(law, base, happened, found.last - day, size)
    return Valued(_date(day), unit, base, fitted, held)


def _date(day: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + day)
