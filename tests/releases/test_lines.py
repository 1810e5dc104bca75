"""Packed lines of orders: what goes in comes out, and nothing else is taken for them."""

from __future__ import annotations

import zlib

import pytest

from services.core.refusals import Refusal
from services.releases.lines import (
    Packed,
    PackedOrder,
    TakenBack,
    pack,
    pack_rows,
    rows_without,
    unpack,
    unpack_rows,
)  # fmt: skip

HELD = Packed(
    {"7 of 2011-12-09": PackedOrder([0, 12], [1, 0], [6, None]), "é": PackedOrder([3], [0], [0.25])},
    [TakenBack("2011-12-10T09:30:00", "C7", "é", 3, 0.75, 1.5)],
)


def test_what_is_packed_is_read_again():
    assert unpack(pack(HELD)) == HELD
    assert unpack(pack(Packed({}, []))) == Packed({}, [])
    assert pack(HELD) == pack(HELD)


@pytest.mark.parametrize(
    "odd", [b"", b"x", zlib.compress(b"{"), zlib.compress(b"[1, 2]"), zlib.compress(b"[{}]"), pack(HELD)[:-9]]
)
def test_anything_else_is_refused_by_a_sentence(odd):
    with pytest.raises(Refusal, match="cannot be read"):
        unpack(odd)


@pytest.mark.parametrize("odd", [b"", b"x", zlib.compress(b"{"), zlib.compress(b"[{}]"), pack(HELD)])
def test_anything_else_is_no_list_of_rows(odd):
    with pytest.raises(Refusal, match="cannot be read"):
        unpack_rows(odd)


def test_rows_are_read_again_and_one_is_taken_out():
    assert unpack_rows(pack_rows([0, 4, 5, 900])) == [0, 4, 5, 900]
    assert unpack_rows(rows_without(pack_rows([0, 4, 5, 900]), 4)) == [0, 4, 899]
    assert rows_without(pack_rows([7]), 7) is None
    assert unpack_rows(rows_without(pack_rows([7]), 3)) == [6]
    assert unpack_rows(rows_without(pack_rows([0, 4, 5, 6, 900]), 4, 2)) == [0, 4, 898]
    assert unpack_rows(rows_without(pack_rows([3, 9]), 5, 0)) == [3, 9]
