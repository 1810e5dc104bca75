"""What a person may choose about a training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal, Self

from services.core.language.messages import _
from services.core.presets import DEFAULT, Preset
from services.core.presets.model import Returns
from services.core.refusals import Refusal
from services.training.reading import ReadOptions

_OF_TRANSACTIONS = ("all_codes", "items", "support", "cancel_prefix", "returns", "keep_status", "drop_status")


@dataclass(frozen=True)
class TrainOptions:
    """Choices of one training; the defaults are the preset's.

    Attributes
    ----------
    preset : str or Preset
        Id of a shipped preset, a path to a TOML file, or the preset itself.
    as_of : date, datetime or None
        Reference moment, a day with all its purchases; one day after the last purchase when None.
    k, seed : int or None
        Number of clusters, and the seed of everything random.
    reading : ReadOptions
        How the file is to be read where the user overrules detection.
    all_codes : bool
        Keep codes that are no product (postage, fees) in baskets and favourites.
    items : {"code", "description"}
        What a basket holds; descriptions where the file has no codes.
    support : float or None
        Share of baskets that a set of products must be in, 0–1; the usual one when None.
    activate : bool
    table : bool
        The file is a table of customers with recency, frequency and monetary value, not of transactions;
        presets made for such tables take it so in any case.
    cancel_prefix : str or None
        What the invoices of cancellations begin with, ``none`` for nothing; found in the file when None.
    returns : {"match", "ignore"} or None
        Whether returns are taken off the purchases; what the preset says when None.
    accept_unreadable : bool
        Go on where more rows cannot be read than a file is usually forgiven.
    keep_status, drop_status : tuple of str
        Statuses of orders that are sales after all, and that are none.
    rejected : Path or None
        Where the rows that are left out are written; nowhere when None.
    """

    preset: str | Preset = DEFAULT
    as_of: date | None = None
    k: int | None = None
    seed: int | None = None
    reading: ReadOptions = field(default_factory=ReadOptions)
    all_codes: bool = False
    items: Literal["code", "description"] = "code"
    support: float | None = None
    activate: bool = True
    table: bool = False
    cancel_prefix: str | None = None
    returns: Returns | None = None
    accept_unreadable: bool = False
    keep_status: tuple[str, ...] = ()
    drop_status: tuple[str, ...] = ()
    rejected: Path | None = None

    @property
    def counted_to(self) -> datetime | None:
        """The last moment whose purchases count: ``as_of``, or the end of that day."""
        if self.as_of is None or isinstance(self.as_of, datetime):
            return self.as_of
        return datetime.combine(self.as_of, time(23, 59, 59))

    def refuse_for_tables(self) -> None:
        """Refuse what would do nothing with a table of customers.

        Raises
        ------
        Refusal
            For the first choice that speaks of transactions.
        """
        for each in fields(self):
            if each.name in _OF_TRANSACTIONS and getattr(self, each.name) != each.default:
                option = f"--{each.name.replace('_', '-')}"
                raise Refusal(
                    _(
                        "{option} is about transactions, and a table with a row for each customer has none. "
                        "Leave {option} out, or train on the transactions without --table.",
                        option=option,
                    ),
                    each.name,
                    option=option,
                )

    @classmethod
    def of(cls, preset: Preset, recorded: Mapping[str, Any], *, activate: bool) -> Self:
        """Make choices of what ``recorded`` gave; what it does not name is as without any choice.

        Parameters
        ----------
        preset : Preset
        recorded : mapping
            Values that JSON knows.
        activate : bool
        """
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in recorded.items()
        }
        of_reading = {each.name for each in fields(ReadOptions)}
        reading = ReadOptions(**{name: given.pop(name) for name in of_reading & given.keys()})
        as_of = given.pop("as_of", None)
        if as_of is not None:
            as_of = datetime.fromisoformat(as_of) if "T" in as_of else date.fromisoformat(as_of)
        return cls(preset, as_of, reading=reading, activate=activate, **given)

    def recorded(self) -> dict[str, Any]:
        """Give what shapes a release beside its preset, as values that JSON knows."""
        return {
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "k": self.k,
            "seed": self.seed,
            **{name: _plain(value) for name, value in _said_of_all(self.reading).items()},
            **_said_of_each(self.reading),
            "all_codes": self.all_codes,
            "items": self.items,
            "support": self.support,
            "table": self.table,
            "cancel_prefix": self.cancel_prefix,
            "returns": self.returns,
            "accept_unreadable": self.accept_unreadable,
            "keep_status": _plain(self.keep_status),
            "drop_status": _plain(self.drop_status),
        }


def _said_of_all(reading: ReadOptions) -> dict[str, Any]:
    said = asdict(replace(reading, by_file={}))
    return {name: value for name, value in said.items() if name not in ("texts", "by_file")}


def _said_of_each(reading: ReadOptions) -> dict[str, Any]:
    """Give what is said of single files by their names, where anything is."""
    said = [{"file": path.name, **own} for path, own in reading.by_file.items() if own]
    return {"by_file": said} if said else {}


def _plain(value: Any) -> Any:
    """Return a tuple as the list that it comes back as."""
    return list(value) if isinstance(value, tuple) else value
