"""What headers call a role: names in many languages, matched whole, but for noise, or by their words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from services.core.text.column_names import plain

#: Parts of a header: at a change of case, between letters and digits, between scripts, at any sign.
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(
    r"[a-z\u00df-\u024f\u0370-\u052f]+|[0-9]+|[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)
#: What a sum says of its taxes does not make it another thing.
_TAXES = re.compile(
    r"\b(?:incl?|inkl|including|excl?|exkl|excluding|ex|zzgl)\b\.?\s*(?:of\s+)?"
    r"(?:tax|taxes|vat|gst|mwst|ust|btw|tva|iva)\b"
)
#: Roles that are money or pieces, which a share of either is not.
_SHARED = {"amount", "discount", "order_total", "price", "quantity"}
_SCRIPT = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

#: Words that link a share to what it is of.
_LINKS = {"de", "du", "di", "do", "da", "del", "der", "van"}

#: Columns that a path stands in front of.
_SEVERAL = 2

WHOLE, TRIMMED, WITHIN = 0, 1, 2
"""How a name stands in a header: it is all of it, all but noise, or some of its words."""


@dataclass(frozen=True, eq=False)
class RoleNames:
    """What headers may call a role.

    Attributes
    ----------
    groups : tuple of tuple of str
        The most telling group first; names of one group are as good as each other.
    without : frozenset of str
        Words beside which a name means something else.
    loose : bool
        Whether a header with more words may still be meant.
    """

    groups: tuple[tuple[str, ...], ...]
    without: frozenset[str] = frozenset()
    loose: bool = True


@dataclass(frozen=True, order=True)
class Fit:
    """How well a header names a role, the best first: where the name stands, its group, its place there."""

    stands: int
    group: int
    place: int

    @property
    def strength(self) -> tuple[int, int]:
        """What two headers have in common that are as good as each other."""
        return self.stands, self.group


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))


@cache
def _in_full() -> dict[str, str]:
    return dict(_table()["short"])


@cache
def _noise() -> frozenset[str]:
    return frozenset(_table()["noise"])


@cache
def _shares() -> tuple[frozenset[str], frozenset[str]]:
    listed = _table()["shares"]
    return frozenset(listed["words"]), frozenset(map(fold, listed["discounts"]))


def is_share(name: str) -> bool:
    """Say whether a header names a share or a percentage, such as ``Discount %``."""
    found, discounts = _shares()
    return "%" in name or not found.isdisjoint(words(name)) or fold(name) in discounts


def shipped(role: str, *, loose: bool = True) -> RoleNames:
    """Return what ``names.toml`` lists for a role."""
    listed = _table()[role]
    return RoleNames(
        tuple(tuple(group) for group in listed["names"]), frozenset(listed["without"]), loose=loose
    )


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """Reduce a name to its letters and digits, in lower case and without accents.

    Examples
    --------
    >>> fold("Référence"), fold("Order  ID")
    ('reference', 'orderid')
    """
    return plain(_bare(name))


def _bare(text: str) -> str:
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(each for each in apart if unicodedata.category(each) != "Mn"))


def words(name: str) -> list[str]:
    """Part a header into its words, in full: ``tran_amount``, ``tranAmount`` and ``Tran amt`` have the same.

    Examples
    --------
    >>> words("InvoiceNo"), words("Lineitem sku"), words("고객ID")
    (['invoice', 'no'], ['lineitem', 'sku'], ['고객', 'id'])
    """
    found = _PARTS.findall(_TAXES.sub(" ", _CAMEL.sub(" ", _bare(name)).casefold()))
    return [_in_full().get(word, word) for word in found]


@lru_cache(maxsize=64)
def _phrases(
    names: RoleNames,
) -> tuple[dict[str, tuple[int, int]], tuple[tuple[frozenset[str], str, int, int], ...]]:
    whole: dict[str, tuple[int, int]] = {}
    parted = []
    for number, group in enumerate(names.groups):
        for place, name in enumerate(group):
            whole.setdefault(fold(name), (number, place))
            parted.append((frozenset(words(name)), fold(name), number, place))
    return whole, tuple(parted)


@lru_cache(maxsize=16_384)
def fit(header: str, names: RoleNames, role: str = "") -> Fit | None:
    """Say how well a header names a role, None where it does not.

    Parameters
    ----------
    header : str
        As the file has it.
    names : RoleNames
    role : str
        A share, such as ``Tax %``, names no role that is money or pieces but a discount, of which money is
        the better one.
    """
    if role in _SHARED and is_share(header):
        return _fit_of_share(header, names) if role == "discount" else None
    whole, parted = _phrases(names)
    spelled = fold(header)
    found = words(header)
    for whole_name in (spelled, "".join(found)):
        if whole_name in whole:
            return Fit(WHOLE, *whole[whole_name])
    kept = [word for word in found if word not in _noise()]
    trimmed = "".join(kept)
    if trimmed in whole:
        return Fit(TRIMMED, *whole[trimmed])
    if not names.loose or names.without & set(found):
        return None
    fits = (
        Fit(WITHIN, group, place)
        for phrase, spelling, group, place in parted
        if phrase <= set(found) or (_SCRIPT.search(spelling) and len(spelling) > 1 and spelling in spelled)
    )
    return min(fits, default=None)


def _fit_of_share(header: str, names: RoleNames) -> Fit | None:
    found, whole = _shares()
    rest = " ".join(word for word in words(header) if word not in found and word not in _LINKS)
    named = fit(rest, names) if rest else None
    if named is None and fold(header) not in whole:
        return None
    return Fit(WITHIN, *((named.group, named.place) if named else (0, 0)))


def without_paths(header: Sequence[str], known: Mapping[str, RoleNames]) -> list[str]:
    """Leave out the path in front of names such as ``Order Lines/Quantity``, where what is left names a role.

    A path stands in front of several columns; a name that means a role with it, ``Customer/ID``, keeps it.
    """
    paths = Counter(path.strip() for path, slash, _rest in (each.partition("/") for each in header) if slash)

    def names_one(name: str) -> bool:
        found = (fit(name, names, role) for role, names in known.items())
        return any(each is not None and each.stands < WITHIN for each in found)

    def shortened(name: str) -> str:
        path, _slash, rest = name.partition("/")
        if len(name) > 80 or paths[path.strip()] < _SEVERAL or names_one(name) or not names_one(rest):
            return name
        return rest

    return [shortened(name) if "/" in name else name for name in header]


def named(header: Iterable[str], known: Mapping[str, RoleNames]) -> int:
    """Count the roles that a header names, wholly or but for noise."""
    headers = without_paths([name for name in header if len(name) <= 80], known)
    return sum(
        any(
            found is not None and found.stands < WITHIN
            for found in (fit(name, names, role) for name in headers)
        )
        for role, names in known.items()
    )
