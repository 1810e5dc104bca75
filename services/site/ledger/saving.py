"""The ledger in a backup, and back: each file's entry, then its bytes in pieces, each packed by itself."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from services.site.ledger.entries import Entry, id_of
from services.site.ledger.store import BLOCK, Draft, Ledger


def lines_of(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Give what a backup has of the ledger, an object a line; nobody changes the ledger meanwhile."""
    if not ledger.entries():
        return
    with ledger.changing():
        for entry in ledger.entries():
            yield {"ledger": entry.model_dump(mode="json")}
            with ledger.path(entry).open("rb") as file:
                while block := file.read(BLOCK):
                    yield {"piece": zlib.compress(block)}


@contextmanager
def restoring(ledger: Ledger, lines: Iterable[Any]) -> Iterator[Callable[[], None]]:
    """Write the files of a backup beside the ledger; what is given puts them in its place.

    Parameters
    ----------
    ledger : Ledger
    lines : iterable
        Those that ``lines_of`` gave, among others.

    Raises
    ------
    ValueError, LookupError, TypeError, zlib.error
        If they are others.
    """
    with ledger.changing():
        drafts = list(_drafts(ledger, lines))
        if len({entry.id for _draft, entry in drafts}) < len(drafts):
            raise ValueError("a file is in it twice")
        yield lambda: ledger.become(drafts)


def _drafts(ledger: Ledger, lines: Iterable[Any]) -> Iterator[tuple[Draft, Entry]]:
    of_files = (line for line in lines if isinstance(line, dict) and ("ledger" in line or "piece" in line))
    line = next(of_files, None)
    while line:
        entry = Entry.model_validate(line["ledger"])
        line = None

        def pieces() -> Iterator[bytes]:
            nonlocal line
            for line in of_files:
                if "ledger" in line:
                    return
                yield _unpacked(line["piece"])
            line = None

        draft = ledger.draft_of(pieces())
        same = (draft.digest, draft.bytes) == (entry.digests[-1], entry.size)
        if not same or entry.id != id_of(entry.digests[0]):
            raise ValueError("a file is not the one that its entry names")
        yield draft, entry


def _unpacked(piece: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    block = unpacking.decompress(piece, BLOCK + 1)
    if len(block) > BLOCK:
        raise ValueError("a piece is too long")
    return block
