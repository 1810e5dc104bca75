"""What Campaigns says of audiences: of the form before they are saved, and of what came of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode

from callbacks.audiences.view import described, typed
from layouts.audiences import list_words, parts
from layouts.audiences import words as said
from layouts.plain import plain
from services.campaigns.measuring import measured
from services.campaigns.revenue import revenue_of
from services.campaigns.saving import first_day, planned, seed_of
from services.campaigns.selection import selected
from services.campaigns.standings import standing
from services.campaigns.treated import treated
from services.campaigns.trying import rehearsed
from services.campaigns.worth import worth
from services.core.campaigns.holdout import held_out
from services.serving.release.loaded import Loaded
from services.site.customers.audiences import Audience, Draft, Member
from tests.campaigns.listed import Listed
from tests.truth.rendered import Said, text_of, texts, walk

DAY = timedelta(days=1)


def audiences(release: Loaded) -> list[str]:
    """Return queries of audiences: everybody, the largest and the smallest segment, somebody opted out."""
    held = sorted((each for each in release.segments if each.customers), key=lambda each: -each.customers)
    out = release.id_of(0)
    asked = [
        {"days": "30", "share": "20"},
        {"days": "14", "share": "50", "segment": held[0].id, "out": out},
        {"days": "30", "share": "20", "segment": held[-1].id},
    ]
    return [f"?{urlencode({'save': 'segments', **each})}" for each in asked]


def forms(release: Loaded, wanted: list[str]) -> list[Said]:
    """Return what the form says of audiences before they are saved."""
    return [said for search in wanted for said in _form(release, search)]


def _form(release: Loaded, search: str) -> Iterator[Said]:
    asked = parse_qs(search.lstrip("?"))
    start = first_day(release)
    end = start + (int(asked["days"][0]) - 1) * DAY
    values = {"name": "Spring", "owner": "Ana", "share": asked["share"][0]}
    values |= {"starts_on": start.isoformat(), "ends_on": end.isoformat()}
    selection = selected(release, asked, Listed(*asked.get("out", [])))  # type: ignore[arg-type]
    if not len(selection.rows):
        return
    plan = planned(release, selection, typed(values))
    yield Said("campaigns", "view", described(release, selection), search)
    for text in texts(plain(parts.preview(plan))):
        yield _said("form", text, search)
    rows = selection.rows, plan.days, plan.share
    for text in texts(plain(parts.rehearsal(plan, worth(release, *rows), rehearsed(release, *rows)))):
        yield _said("worth", text, search)


def campaign(release: Loaded, search: str) -> tuple[Audience, list[Member]]:
    """Make up an audience as if it had been saved; ``start`` and ``end`` are days before the data's end."""
    asked = parse_qs(search.lstrip("?"))
    last, share = release.manifest.data_to.date(), int(asked["share"][0]) / 100
    selection = selected(release, asked, Listed())  # type: ignore[arg-type]
    ids = [release.id_of(row) for row in selection.rows.tolist()]
    out = held_out((each.encode() for each in ids), seed_of("Spring"), share).tolist()
    # somebody who is not in the release any more
    members = [*map(Member, ids, out), Member("gone", False)]
    draft = Draft(
        name="Spring", seed=seed_of("Spring"), owner="Ana", playbook="", source="segments",
        query=selection.query, described=described(release, selection), release=release.id,
        as_of=release.manifest.as_of.isoformat(), starts_on=last - int(asked["start"][0]) * DAY,
        ends_on=last - int(asked["end"][0]) * DAY, holdout_share=share,
    )  # fmt: skip
    made = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    return Audience(1, draft, made, len(members) - sum(out), sum(out)), members


def verdicts(release: Loaded, wanted: list[str]) -> list[Said]:
    """Return what Campaigns says of campaigns that have been: planned, running or ended."""
    return [said for search in wanted for said in _verdict(release, search)]


def _verdict(release: Loaded, search: str) -> Iterator[Said]:
    audience, members = campaign(release, search)
    result = measured(release, audience, members)
    revenue = revenue_of(release, audience, members, result)
    shown = plain(parts.opened(audience, result, revenue))
    for part in walk(shown):
        look = str(part["props"].get("className"))
        if part["type"] == "P" and (text := text_of(part)):
            yield _said("verdict", text, search)
        elif "sd-finding" in look:
            yield _said("verdict", text_of(part), search)
    rows = [
        [text_of(cell) for cell in row["props"]["children"]] for row in walk(shown) if row["type"] == "Tr"
    ]
    if rows:
        yield _said("groups", json.dumps(rows[1:]), search)
    facts = [text_of(each) for each in walk(shown) if each["type"] in ("Dt", "Dd")]
    yield _said("facts", json.dumps(dict(zip(facts[::2], facts[1::2], strict=True))), search)
    yield _said("state", said.STAGES[result.stage](), search)
    short = standing(audience, result)
    in_list = f"{list_words.of_result(short)} | {list_words.of_difference(short)}"
    yield _said("in short", in_list, search)
    first = members[0]
    yield _said("file", _of_file(release, members, Listed()), search)
    if not first.held_out:
        yield _said("file without one", _of_file(release, members, Listed(first.customer_id)), search)


def _of_file(release: Loaded, members: list[Member], listed: Listed) -> str:
    found = treated(release, members, listed)  # type: ignore[arg-type]
    return said.of_file(len(found.rows), found.left_out)


def _said(where: str, text: str, search: str) -> Said:
    return replace(Said("campaigns", where, "", search), text=text.replace("\u00a0", " ").strip())
