"""What the status of an order says: whether it is a sale, told by words in many languages."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

import narwhals as nw

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.training.lines.frames import to_pandas

Meaning = Literal["taken", "partly", "sold", "others", "unknown"]

#: More spellings than this are notes, not statuses.
MOST_VALUES = 500

JOINT = " / "
"""What stands between the texts of several columns that are one status; each is judged by itself."""

#: More combinations of statuses than several columns of them have.
_COUNTED = 20_000

_JOINED = ("ko", "ja", "zh")
_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "\u0131": "i"})


@dataclass(frozen=True)
class Statuses:
    """The values of a status column, each in one of three parts, with its rows.

    Attributes
    ----------
    taken : dict of str to int
        Values as they stand in the file whose rows are no sales.
    partly : dict of str to int
        Values that stay although a part was taken back.
    kept : dict of str to int
        All others.
    unseen : tuple of (str, str)
        An option and a status named with it that no row has.
    of_orders : bool
        Whether the column tells of orders; one that tells of customers takes no row.
    unknown : dict of str to int
        Those of the kept that are not known to be sales, nor said to be.
    """

    taken: dict[str, int] = field(default_factory=dict)
    partly: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    unseen: tuple[tuple[str, str], ...] = ()
    of_orders: bool = True
    unknown: dict[str, int] = field(default_factory=dict)


def count_statuses(lines: nw.LazyFrame) -> dict[str, int]:
    """Count the readable lines of each status, the commonest ``_COUNTED`` of them.

    Parameters
    ----------
    lines : LazyFrame
        The ``read_lines`` table.
    """
    counted = to_pandas(
        lines.filter(~nw.col("status").is_null() & nw.col("unreadable").is_null())
        .group_by("status")
        .agg(rows=nw.len())
        .with_columns(fewer=-nw.col("rows"))
        .sort("fewer", "status")
        .head(_COUNTED)
    )
    return {str(value): int(rows) for value, rows in zip(counted["status"], counted["rows"], strict=True)}


def sort_statuses(
    values: Mapping[str, int],
    column: str = "",
    *,
    keep: Collection[str] = (),
    drop: Collection[str] = (),
    layout: Mapping[str, bool] | None = None,
) -> Statuses:
    """Decide which statuses are no sales.

    Parameters
    ----------
    values : mapping of str to int
        Statuses as they stand in the file, with their rows. One of several parts, with ``JOINT`` between
        them, is no sale where one of its parts is none.
    column : str
        The column's name.
    keep, drop : collection of str
        Statuses of which the user says that they are sales, or none; spelled as they may be.
    layout : mapping of str to bool, optional
        Of a known layout: status to whether it is a sale. Only what the user says goes before it.

    Raises
    ------
    Refusal
        If the user names a status as both, or the file has none at all.
    """
    if not values and (keep or drop):
        raise Refusal(
            _(
                "The file has no statuses of orders that could be kept or dropped. Name their column, such "
                "as --columns status=NAME."
            ),
            "columns",
            option="--columns",
        )
    wanted, unwanted = ({folded(value) for value in part} for part in (keep, drop))
    if both := sorted(wanted & unwanted):
        raise Refusal(
            _(
                "The status “{status}” cannot be kept and dropped at once. Name it with --keep-status or "
                "with --drop-status.",
                status=both[0],
            ),
            "keep_status",
            option="--keep-status",
        )
    known = {folded(value): sale for value, sale in (layout or {}).items()}
    parts = {part for value in values for part in value.split(JOINT)}
    few = len(parts) <= MOST_VALUES
    of_orders = bool(known) or (few and tells_of_orders(column, parts))
    spelled = {folded(value) for value in (*values, *parts)}
    named = [("--keep-status", value) for value in keep] + [("--drop-status", value) for value in drop]
    unseen = tuple((option, value) for option, value in named if folded(value) not in spelled)
    found = Statuses(unseen=unseen, of_orders=of_orders)
    said = dict.fromkeys(unwanted, "taken") | dict.fromkeys(wanted, "sold")
    judged = said | {name: "sold" if sale else "taken" for name, sale in known.items() if name not in said}
    for value, rows in values.items():
        told = {_judged(part, judged, of_orders) for part in value.split(JOINT)}
        whole = said.get(folded(value))
        told = {whole} if whole else told
        place = found.taken if "taken" in told else found.partly if "partly" in told else found.kept
        place[value] = rows
        if place is found.kept and of_orders and few and told & {"unknown", "others"}:
            found.unknown[value] = rows
    return found


def _judged(part: str, judged: Mapping[str, str], of_orders: bool) -> str:
    if (name := folded(part)) in judged:
        return judged[name]
    return meaning(part) if of_orders else "sold"


@cache
def meaning(value: str) -> Meaning:
    """Tell what a status says.

    Examples
    --------
    >>> meaning("wc-cancelled"), meaning("Teilweise erstattet"), meaning("주문취소"), meaning("Paid")
    ('taken', 'partly', 'taken', 'sold')
    """
    spellings = {folded(value), folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", value))}
    words = _words()
    if any(_holds(spelling, words["partly"]) for spelling in spellings):
        return "partly"
    if any(_holds(spelling, words["spared"]) for spelling in spellings):
        return "sold"
    alone = words["alone"]
    if any(_holds(spelling, words["taken"]) or _is_one_of(spelling, alone) for spelling in spellings):
        return "taken"
    if any(_holds(spelling, words["sold"]) for spelling in spellings):
        return "sold"
    return "others" if any(_holds(spelling, words["others"]) for spelling in spellings) else "unknown"


def folded(text: str) -> str:
    """Reduce a text to its words: lower case, no accents, a blank for all that is no letter or digit.

    Examples
    --------
    >>> folded("Annulée (client)"), folded("wc-on_hold")
    ('annulee client', 'wc on hold')
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn").translate(_PLAIN_LETTERS)
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def tells_of_orders(column: str, values: Iterable[str]) -> bool:
    """Say whether a column tells of orders rather than customers, by its name or else by its values."""
    told, names = {meaning(value) for value in values}, _words()["columns"]
    name = f" {folded(re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', column))} "
    for kind in ("orders", "others"):
        if any(f" {word} " in name for word in names[kind]):
            return kind == "orders"
    return "sold" in told or "others" not in told


def _holds(spelling: str, words: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    parted, joined = words
    spaced, together = f" {spelling} ", spelling.replace(" ", "")
    return any(word in spaced for word in parted) or any(word in together for word in joined)


def _is_one_of(spelling: str, words: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    return f" {spelling} " in words[0] or spelling.replace(" ", "") in words[1]


@cache
def _words() -> dict:
    """Read the words by kind: of languages that part words, between blanks, and of those that join them."""
    listed = tomllib.loads(files(__package__).joinpath("statuses.toml").read_text("utf-8"))
    columns = listed.pop("columns")
    kinds = ("taken", "alone", "spared", "partly", "sold", "others")
    return {"columns": columns} | {
        kind: (
            tuple(f" {word} " for name, told in listed.items() if name not in _JOINED for word in told[kind]),
            tuple(folded(word).replace(" ", "") for name in _JOINED for word in listed[name][kind]),
        )
        for kind in kinds
    }
