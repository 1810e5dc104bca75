"""What a layout says of an export: how it is told, and which of its columns are what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.training.reading.columns.names import fold

Alternatives = Annotated[list[str], Field(min_length=1)]
"""One header in its spellings, languages and versions: the first that stands counts."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


class Items(_Strict):
    """Lines that stand in one row of their order.

    Attributes
    ----------
    columns : dict
        Role to the header of a line's cell, ``{n}`` for its number: ``Product Item {n} SKU``.
    cell : str or None
        Where these columns are lacking: the header of the cell that holds a line (``line_item_{n}``) or all.
    parted_by : str or None
        A regular expression of what stands between two lines of a cell; its group begins the next one.
    fields : dict
        Role to a regular expression whose group finds it in a line of the cell.
    """

    columns: dict[str, str] = {}
    cell: str | None = None
    parted_by: str | None = None
    fields: dict[str, str] = {}


class Lines(_Strict):
    """Rows that are lines: those with one of these texts in a column, or with any where there are none."""

    column: Alternatives
    keep: list[str] = []


class Layout(_Strict):
    """An export of a shop system, as its TOML file describes it.

    Attributes
    ----------
    id : str
        The file's name.
    name : str
        As people know it.
    identified_by : list of list of str
        Headers that must all stand, each in one of its spellings.
    not_with : list of str
        Headers of which none may stand.
    first_row : list of str
        Of a file without header: what each cell of its first row looks like; roles are then positions.
    says : str or None
        A sentence for those who train on it.
    without_customer : str or None
        What is said where no column for the customer stands.
    date_order : str or None
        Where the exporter has but one.
    roles : dict
        Role to its header.
    customer_else : list of list of str
        Headers for a row without customer, in turn.
    nobody : list of str
        Texts that are no customer.
    drop_status, keep_status : list of str
        Statuses of orders that are none, and of those that are, in lower case.
    lines : Lines or None
        Where rows are also other things.
    items : Items or None
        Where the lines of an order stand in one row.
    complete : bool
        Whether the roles name every column of the export: others were added, and are read as in any file.
    """

    id: str
    name: str
    identified_by: list[Alternatives] = []
    not_with: list[str] = []
    first_row: list[str] = []
    says: str | None = None
    without_customer: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    roles: dict[str, Alternatives]
    customer_else: list[Alternatives] = []
    nobody: list[str] = []
    drop_status: list[str] = []
    keep_status: list[str] = []
    lines: Lines | None = None
    items: Items | None = None
    complete: bool = False

    @model_validator(mode="after")
    def _is_told(self) -> Layout:
        if not self.identified_by and not self.first_row:
            raise ValueError("identified_by names no header")
        return self

    @property
    def shape(self) -> str:
        """``rows``, or ``wide`` or ``packed`` where an order's lines stand in one row."""
        if self.items is None:
            return "rows"
        return "wide" if self.items.columns else "packed"

    @property
    def statuses(self) -> dict[str, bool]:
        """Statuses to whether an order with them is a sale."""
        return dict.fromkeys(self.drop_status, False) | dict.fromkeys(self.keep_status, True)

    def fits(self, names: Sequence[str]) -> int:
        """Say whether a header is this layout's: how many headers identify it, 0 where it is not."""
        standing = {fold(name) for name in names}
        lacking = self.lacking(names)
        if lacking or not self.identified_by or standing & {fold(name) for name in self.not_with}:
            return 0
        return len(self.identified_by)

    def lacking(self, names: Sequence[str]) -> list[str]:
        """Name the identifying headers that do not stand."""
        standing = {fold(name) for name in names}
        return [each[0] for each in self.identified_by if not standing & set(map(fold, each))]


def place_of(names: Mapping[str, int], wanted: Sequence[str]) -> int | None:
    """Find the first of some headers in a mapping from folded names to positions."""
    return next((names[fold(name)] for name in wanted if fold(name) in names), None)
