"""What the tab Playbooks shows: plain functions, values in, components out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callbacks.shared.remembered import remembered
from layouts import words
from layouts.plain import plain
from layouts.playbooks import cards
from layouts.playbooks import frame as view
from layouts.playbooks import versions as versioning
from services.core.findings import LEAST_PEOPLE
from services.core.language.messages import _, plural
from services.core.parameters import odd_on_page, with_values
from services.core.refusals import NotFound, ReleaseUnusable
from services.core.text.addresses import query_of
from services.serving.playbooks.plans import KINDS, Group, Kind, group, groups
from services.serving.segments.view import read_grouping
from services.site.people.roles import Action
from services.site.versions.playbooks import TEXTS, SavedPlaybooks, Written

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded
    from services.web.access.asking import Asking

Shown = dict[str, Any]


def show(services: Services, release_id: str | None, search: str | None, who: Asking) -> Shown:
    """Return the page for an address.

    Parameters
    ----------
    services : Services
    release_id : str or None
    search : str or None
        ``?segment=at-risk`` or ``?cluster=c1`` for one group, ``?group=cluster`` for the list of clusters.
    who : Asking
    """
    try:
        release = services.releases.at(release_id)
    except ReleaseUnusable as fault:
        return _page(cards=plain(view.nothing(str(fault))))
    asked = query_of(search, blanks=True)
    kind, wanted, ignored = asked_for(release, with_values(asked))
    odd = odd_on_page(asked, ("group", *KINDS))
    ignored = [*(each.noted for each in odd), *ignored]
    shown = _one(services, release, wanted, who) if wanted else _list(services, release, kind)
    return shown | {"notes": plain(cards.notes(ignored)), "caveat": caveat()}


def asked_for(release: Loaded, query: dict[str, list[str]]) -> tuple[Kind, Group | None, list[str]]:
    """Read from an address which groups are listed, or which one is shown, and what was ignored."""
    for kind in KINDS:
        if kind in query:
            try:
                return kind, group(release, kind, query[kind][-1]), []
            except NotFound as fault:
                return kind, None, [str(fault)]
    listed, odd = read_grouping(query)
    return listed, None, [each.noted for each in odd]


def _list(services: Services, release: Loaded, kind: Kind) -> Shown:
    written = SavedPlaybooks(services.state).latest(release.preset.id, kind)
    unit = release.overview.axes["frequency"].unit
    found = groups(release, kind)
    key = ("playbooks", release.id, kind, repr(sorted(written.items())))
    shown = remembered(
        services,
        key,
        lambda: (
            [cards.group_card(each, written.get(each.id), unit) for each in found] or [view.no_segments()]
        ),
    )
    n, day = words.number(len(found)), words.date(release.manifest.data_to)
    sub = (
        plural(
            "{n} segment on {day}, a plan for each.",
            "{n} segments on {day}, a plan for each.",
            len(found),
            n=n,
            day=day,
        )
        if kind == "segment"
        else plural(
            "{n} cluster on {day}, a plan for each.",
            "{n} clusters on {day}, a plan for each.",
            len(found),
            n=n,
            day=day,
        )
    )
    return _page(sub=sub, switch=plain(cards.switch(kind)), cards=shown)


def _one(services: Services, release: Loaded, found: Group, who: Asking) -> Shown:
    versions = SavedPlaybooks(services.state).versions(found.subject(release.preset.id))
    latest: Written | None = versions[0] if versions else None
    unit = release.overview.axes["frequency"].unit
    texts = cards.texts_of(found, latest)
    name, day = found.figures.name, words.date(release.manifest.data_to)
    return _page(
        sub=_("The segment “{name}” on {day}.", name=name, day=day)
        if found.kind == "segment"
        else _("The cluster “{name}” on {day}.", name=name, day=day),
        crumb=plain(cards.crumb(found)),
        cards=plain(cards.group_card(found, latest, unit, alone=True)),
        versions=plain(versioning.listed(versions, may_change=who.may(Action.PLAYBOOKS))),
        form_hidden=False,
        fields_hidden=not who.may(Action.PLAYBOOKS),
        author_hidden=who.name is not None,
        suggest_hidden=services.settings.language_model is None or found.few,
        signed=view.signed(who.name, may_change=who.may(Action.PLAYBOOKS)),
        base={"kind": found.kind, "id": found.id, "seen": latest.version if latest else 0},
        **{name: texts[name] for name in TEXTS},
    )


def _page(**given: Any) -> Shown:
    empty: Shown = {name: [] for name in ("crumb", "switch", "notes", "caveat", "versions", "signed")}
    hidden = {"form_hidden": True, "fields_hidden": True, "author_hidden": True, "suggest_hidden": True}
    return empty | hidden | dict.fromkeys(TEXTS, "") | {"sub": view.SUB(), "base": None} | given


def caveat() -> str:
    """Say what is told of a group beside its figures."""
    return plural(
        "What a group buys and when it orders is shown only where a test against all other customers finds a "
        "difference, with {n} customer or more behind it; “2.1 times as often” compares with those other "
        "customers’ orders. The products named are ones that sell in the coming six weeks of the year.",
        "What a group buys and when it orders is shown only where a test against all other customers finds a "
        "difference, with {n} customers or more behind it; “2.1 times as often” compares with those other "
        "customers’ orders. The products named are ones that sell in the coming six weeks of the year.",
        LEAST_PEOPLE,
    )
