"""Saved views: kept as they were seen, refused by a sentence, and each change in the log."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from services.core.refusals import NotFound, Refusal
from services.site.backup import backup, restore
from services.site.people.audit import Audit
from services.site.state import State
from services.site.state.tables import views as table
from services.site.views import LONGEST_NAME, LONGEST_QUERY, MOST_OF_TEAM, MOST_OWN, Views, name_of


def log_of(state):
    return [(each.who, each.subject, each.result) for each in Audit(state).listed(what="view")]


def names(views):
    return [view.name for view in views.listed()]


def test_everybody_sees_their_own_views_and_the_teams_by_name(state):
    ana, ben = Views(state, "ana"), Views(state, "ben")
    made = ana.add("  Lapsed \t Germans ", "/", "segment=lost&country=Germany", shared=False)
    ana.add("élan", "/churn", "", shared=True)
    ben.add("Big baskets", "/baskets", "min_lift=2", shared=False)
    assert (made.name, made.address) == ("Lapsed Germans", "/?segment=lost&country=Germany")
    assert ana.listed()[0] == made
    assert (names(ana), names(ben)) == (["Lapsed Germans", "élan"], ["Big baskets", "élan"])
    assert [view.address for view in ben.listed()] == ["/baskets?min_lift=2", "/churn"]
    assert log_of(state) == [
        ("ben", "3", "saved"),
        ("ana", "2", "saved for everybody"),
        ("ana", "1", "saved"),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (" \t ", "Give the view a name first"),
        ("x" * (LONGEST_NAME + 1), "80 characters at most; this one has 81"),
        ("a\u202eb", "cannot be seen"),
        ("a\0b", "cannot be seen"),
        ("\u200d", "cannot be seen"),
    ],
)
def test_a_name_that_says_nothing_or_hides_something_is_refused(state, typed, said):
    with pytest.raises(Refusal, match=said):
        Views(state, "ana").add(typed, "/", "", shared=False)
    assert (names(Views(state, "ana")), log_of(state)) == ([], [])


@pytest.mark.parametrize("name", ["לקוחות שקטים", "عملاء", "می‌خواهم", "👩‍💻 desk", "x" * LONGEST_NAME])
def test_names_of_any_script_are_kept_as_they_are(state, name):
    assert Views(state, "ana").add(name, "/", "", shared=False).name == name
    assert name_of("e\u0301lan") == "élan"


def test_a_name_is_given_once_to_one_person_and_once_to_the_team_however_it_is_spelt(state):
    ana, ben = Views(state, "ana"), Views(state, "ben")
    for shared in (False, True):
        ana.add("Lapsed", "/", "", shared=shared)
    with pytest.raises(Refusal, match="You already have a view “Lapsed”"):
        ana.add("lapsed ", "/churn", "", shared=False)
    with pytest.raises(Refusal, match="There is already a view for everybody, “Lapsed”"):
        ben.add("LAPSED", "/", "", shared=True)
    ben.add("Lapsed", "/", "", shared=False)
    other = ana.add("Other", "/", "", shared=False)
    with pytest.raises(Refusal, match="You already have"):
        ana.rename(other.id, "Other", "LAPSED")
    ana.rename(other.id, "Other", "OTHER")
    assert names(ana) == ["Lapsed", "Lapsed", "OTHER"]


def test_what_is_pressed_twice_is_done_once(state):
    ana = Views(state, "ana")
    first, again = (ana.add("Lapsed", "/", "segment=lost", shared=True) for _press in range(2))
    assert again == first
    assert log_of(state) == [("ana", "1", "saved for everybody")]
    for _press in range(2):
        assert ana.rename(first.id, "Lapsed", "Gone").name == "Gone"
    assert [result for *_, result in log_of(state)] == ["renamed", "saved for everybody"]
    for path, query in (("/churn", "segment=lost"), ("/", "")):  # the name of another view
        with pytest.raises(Refusal, match="There is already a view for everybody, “Gone”"):
            ana.add("Gone", path, query, shared=True)
    with pytest.raises(Refusal, match="There is already a view for everybody, “Gone”"):
        Views(state, "ben").add("Gone", "/", "segment=lost", shared=True)
    assert names(ana) == ["Gone"]


def test_one_more_than_fits_is_refused(state, monkeypatch):
    monkeypatch.setattr("services.site.views.MOST_OWN", 2)
    monkeypatch.setattr("services.site.views.MOST_OF_TEAM", 1)
    ana = Views(state, "ana")
    ana.add("a", "/", "", shared=True)
    for name in "bc":
        ana.add(name, "/", "", shared=False)
    with pytest.raises(Refusal, match="You have 2 saved views, and no more fit"):
        ana.add("d", "/", "", shared=False)
    with pytest.raises(Refusal, match="There are 1 saved views for everybody"):
        Views(state, "ben").add("d", "/", "", shared=True)
    assert 0 < MOST_OWN <= MOST_OF_TEAM


def test_an_address_that_is_too_long_is_refused(state):
    ana = Views(state, "ana")
    ana.add("a", "/", "x" * LONGEST_QUERY, shared=False)
    with pytest.raises(Refusal, match=r"4,001 characters, and at most 4,000 can be saved"):
        ana.add("b", "/", "x" * (LONGEST_QUERY + 1), shared=False)


def test_a_view_is_renamed_and_deleted_by_who_saved_it_or_an_admin(state):
    ana, ben = Views(state, "ana"), Views(state, "ben")
    admin = Views(state, "root", keeps_all=True)
    shared, own = ana.add("Ours", "/", "", shared=True), ana.add("Mine", "/", "", shared=False)
    for change in (lambda: ben.rename(shared.id, "Ours", "Yours"), lambda: ben.delete(shared.id, "Ours")):
        with pytest.raises(Refusal, match="Only the person who saved this view, or an admin"):
            change()
    for who in (ben, admin):  # nobody else learns that it is there
        with pytest.raises(NotFound, match="not there any more"):
            who.delete(own.id, "Mine")
    admin.rename(shared.id, "Ours", "Everybody’s")
    ana.delete(own.id, "Mine")
    admin.delete(shared.id, "Everybody’s")
    assert names(ana) == []
    assert log_of(state)[:3] == [("root", "1", "deleted"), ("ana", "2", "deleted"), ("root", "1", "renamed")]
    assert not ben.may_change(shared)


def test_what_somebody_else_changed_meanwhile_is_left_as_it_is(state):
    ana = Views(state, "ana")
    made = ana.add("Old", "/", "", shared=True)
    Views(state, "root", keeps_all=True).rename(made.id, "Old", "New")
    with pytest.raises(Refusal, match="Somebody renamed this view to “New” meanwhile"):
        ana.delete(made.id, "Old")
    ana.delete(made.id, "New")
    with pytest.raises(NotFound, match="it has been deleted"):
        ana.rename(made.id, "New", "Newer")
    assert [result for *_, result in log_of(state)] == ["deleted", "renamed", "saved for everybody"]


def test_two_people_who_save_the_same_name_at_once_get_one_view(tmp_path):
    states = [State(tmp_path), State(tmp_path)]

    def save(number):
        try:
            Views(states[number], f"ana{number}").add("Same", "/", "", shared=True)
        except Refusal as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(save, range(2)))
    assert (told[0], told[1].startswith("There is already a view for everybody, “Same”")) == ("", True)
    for each in states:
        each.close()


def test_a_backup_carries_views(state, tmp_path):
    Views(state, "ana").add("Lapsed", "/", "segment=lost&table=segment-map", shared=True)
    backup(state, tmp_path / "site.backup")
    other = State(tmp_path / "other")
    restore(other, tmp_path / "site.backup", "root")
    with other.reading() as connection:
        (row,) = connection.execute(select(table)).all()
    assert (row.owner, row.name, row.shared) == ("ana", "Lapsed", True)
    assert row.query == "segment=lost&table=segment-map"
    assert [view.name for view in Views(other, "ben").listed()] == ["Lapsed"]
    other.close()
