"""Ids that are easily taken for another: by how they are written, and by a slip of the keyboard."""

from __future__ import annotations

import string
from collections.abc import Iterator

import numpy as np

from services.core.text.customer_ids import MAX_LENGTH, canonical_id
from services.serving.release.loaded import Loaded


def alike(release: Loaded, customer: str) -> list[str]:
    """Return other customers' ids that differ from a typed one in zeros before it or in capitals alone."""
    wanted = canonical_id(writable(customer)) or ""
    longest = release.customers["customer_id"].dtype.itemsize
    bare = wanted.lstrip("0")
    if not bare or len(wanted) > longest:
        return []
    spelled = dict.fromkeys((bare, bare.upper(), bare.lower(), bare.capitalize()))
    zeros = range(longest - len(bare) + 1)
    ids = ["0" * zero + form for form in spelled for zero in zeros]
    own = release.row_of(wanted)
    rows = dict.fromkeys(release.row_of(each) for each in ids if each != wanted)
    return [release.id_of(row) for row in rows if row is not None and row != own]


def close_by(release: Loaded, customer: str, most: int = 3) -> list[str]:
    """Return ids that a slip of the keyboard makes of a typed one, the likeliest slips first.

    A slip is other zeros or capitals; two signs swapped; a sign too many, two at the end; another sign, or
    one too few.
    """
    wanted = canonical_id(writable(customer))
    if wanted is None or not release.count:
        return []
    ids = release.customers["customer_id"]
    slips = dict.fromkeys([*alike(release, wanted), *_slips(wanted[:MAX_LENGTH])])
    typed = [code for slip in slips if 0 < len(code := slip.encode()) <= ids.dtype.itemsize]
    codes = np.array(typed, dtype=ids.dtype)
    places = np.minimum(np.searchsorted(ids, codes), release.count - 1)
    found = places[ids[places] == codes]
    return [release.id_of(int(row)) for row in dict.fromkeys(found.tolist())][:most]


def writable(text: str) -> str:
    """Replace halves of characters, which JSON and command lines can carry but UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode()


def _slips(wanted: str) -> Iterator[str]:
    """Give what ``wanted`` may have been meant as; signs of a kind that it does not hold are not tried."""
    places = range(len(wanted))
    signs = string.digits
    signs += string.ascii_uppercase if any(map(str.isupper, wanted)) else ""
    signs += string.ascii_lowercase if any(map(str.islower, wanted)) else ""
    for at in places[:-1]:
        yield wanted[:at] + wanted[at : at + 2][::-1] + wanted[at + 2 :]
    for at in places:
        yield wanted[:at] + wanted[at + 1 :]
    if len(wanted) > 3:
        yield wanted[:-2]
    for at in reversed(places):
        yield from (wanted[:at] + sign + wanted[at + 1 :] for sign in signs)
    for at in range(len(wanted), -1, -1):
        yield from (wanted[:at] + sign + wanted[at:] for sign in signs)
