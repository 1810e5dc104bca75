"""What a host changes in the store's index: rules over plain values."""

from __future__ import annotations

import pytest

from services.releases.store.index import REMOVED_KEPT, Here, Index, merged, read_index, was_told
from services.releases.store.objects import StoreAway

OLD, MID, NEW, OWN = (f"2026112{day}T224500Z-3fa9c1" for day in range(1, 5))
STORE = Index(current=MID, at=20, releases=[OLD, MID], removed=[])


def here(**known) -> Here:
    """A host that agrees with ``STORE``, but for what is known of it."""
    agreed = {
        "releases": frozenset({OLD, MID}),
        "removed": frozenset(),
        "forced": frozenset(),
        "current": MID,
        "at": 20,
        "known": MID,
        "bound": True,
    }
    return Here(**{**agreed, **known})


def test_where_nothing_happened_nothing_changes():
    assert merged(STORE, here()) == STORE


def test_a_new_release_adds_up_and_activates_nothing():
    told = merged(STORE, here(releases=frozenset({OLD, MID, NEW})))
    assert (told.releases, told.current) == ([OLD, MID, NEW], MID)


def test_a_release_that_merely_lacks_here_stays_in_the_store():
    told = merged(STORE, here(releases=frozenset(), current=None, at=0))
    assert told == STORE


def test_what_was_removed_on_purpose_goes_and_does_not_come_back():
    told = merged(STORE, here(releases=frozenset({MID}), removed=frozenset({OLD})))
    assert (told.releases, told.removed) == ([MID], [OLD])
    assert merged(told, here()).releases == [MID]


def test_who_pruned_without_knowing_what_is_active_now_takes_it_from_nobody():
    behind = here(current=OLD, known=OLD, at=10, removed=frozenset({MID}), releases=frozenset({OLD}))
    assert merged(STORE, behind) == STORE


def test_who_was_erased_goes_even_if_another_host_has_activated_it_meanwhile():
    erased = frozenset({OLD, MID})
    behind = here(current=NEW, known=OLD, at=10, removed=erased, forced=erased, releases=frozenset({NEW}))
    told = merged(STORE, behind)
    assert (told.releases, told.removed) == ([NEW], [OLD, MID])
    # what is active here takes its place, and counts as the later one
    assert (told.current, told.at) == (NEW, 21)
    none = merged(
        STORE, here(current=None, known=OLD, at=0, removed=erased, forced=erased, releases=frozenset())
    )
    assert (none.current, none.releases) == (None, [])


def test_an_active_release_that_was_erased_without_another_leaves_none():
    told = merged(STORE, here(current=None, at=0, removed=frozenset({MID}), releases=frozenset({OLD})))
    assert (told.current, told.releases, told.removed) == (None, [OLD], [MID])


@pytest.mark.parametrize(("at", "counts"), [(19, MID), (20, MID), (21, OLD)])
def test_of_two_activations_the_later_one_counts(at, counts):
    assert merged(STORE, here(current=OLD, at=at, known=NEW)).current == counts


def test_a_folder_that_was_copied_back_activates_nothing():
    # its pointer is new as a file, and names what both once agreed on
    assert merged(STORE, here(current=OLD, at=99, known=OLD)).current == MID


def test_a_folder_that_is_new_to_the_store_takes_the_stores():
    joins = here(releases=frozenset({OWN}), current=OWN, at=99, known=None, bound=False)
    assert (merged(STORE, joins).current, merged(STORE, joins).releases) == (MID, [OLD, MID, OWN])
    assert merged(Index(), joins) == Index(current=OWN, at=99, releases=[OWN])


def test_the_youngest_removals_are_remembered():
    many = [f"2026{number:04}T000000Z-000000" for number in range(REMOVED_KEPT + 1)]
    full = Index(removed=many[:REMOVED_KEPT])
    told = merged(full, here(removed=frozenset(many[-1:]), releases=frozenset(), current=None, known=None))
    assert told.removed == many[1:]


def test_a_removal_is_told_once_an_index_shows_it():
    assert not was_told(STORE, OLD)
    assert not was_told(STORE, NEW)
    assert was_told(Index(removed=[OLD]), OLD)
    assert not was_told(Index(releases=[OLD], removed=[OLD]), OLD)
    # so many were removed since that an index does not remember it
    assert was_told(Index(removed=[NEW] * REMOVED_KEPT), OLD)


def test_an_index_is_read_as_it_was_written():
    assert read_index(STORE.to_bytes()) == STORE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        STORE.to_bytes()[:-10],
        STORE.to_bytes().replace(b'"form":1', b'"form":0'),
        STORE.to_bytes().replace(MID.encode(), b"../../etc"),
        STORE.to_bytes().replace(b'"at"', b'"more":1,"at"'),
    ],
)
def test_a_damaged_index_is_refused(content):
    with pytest.raises(
        StoreAway, match=r"^index\.json in the store of releases is damaged\. Remove the object"
    ):
        read_index(content)


def test_an_index_of_a_later_version_is_not_to_be_removed():
    later = STORE.to_bytes().replace(b'"form":1', b'"form":2').replace(b'"at"', b'"more":1,"at"')
    with pytest.raises(
        StoreAway, match=r"was written by a later version of Segment Desk\. Upgrade this host\.$"
    ):
        read_index(later)
