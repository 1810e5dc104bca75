"""The sections of a digest: figures of a release in the sentences that its pages say of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from callbacks.digests import words as said
from callbacks.digests.told import Link, Section, address
from layouts import words
from layouts.audiences.money_words import of_stake
from layouts.audiences.words import of_rate
from layouts.movement import words as movement_words
from layouts.segments.alerts import newcomers, nothing, sentence
from layouts.segments.words import of_risk
from layouts.status.words import of_data, of_newer, of_release
from services.campaigns.measuring import measured, stage
from services.campaigns.standings import standing
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.churn.people import why_not as why_no_loss
from services.serving.customers.rhythm import why_none as why_no_rhythm
from services.serving.lists.filters import Filters
from services.serving.movement.address import answer
from services.serving.movement.moments import flows
from services.serving.movement.moments import why_not as why_no_movement
from services.serving.movement.totals import totals
from services.serving.release.stake import total_at_stake
from services.serving.segments.alerts import changes_of
from services.serving.segments.view import view
from services.site.customers.audiences import Audience, Audiences

if TYPE_CHECKING:
    from services.campaigns.measuring import Result
    from services.core.drift import Shift
    from services.serving.release.loaded import Loaded
    from services.site.state import State
    from services.watching.facts import Facts

MOST_CAMPAIGNS = 5
"""How many campaigns are told of; of the others it is said how many they are."""
LATE = ("overdue", "silent")


def changed(release: Loaded) -> Section:
    """Tell which segments grew or shrank, how many are new, how many moved, and why."""
    found, previous = changes_of(release), release.overview.previous
    sentences = []
    if previous is not None:
        since = words.day_and_month(release.overview.snapshots[previous].as_of)
        sentences = [sentence(each, since) for each in found.notable] or [nothing(found, since)]
    if found.windows is not None and (new := newcomers(found.windows)):
        sentences.append(new)
    if reason := why_no_movement(release):
        return Section(_("What changed"), [*sentences, reason], [_everybody(release)])
    told = answer(release, {})
    asked, total = told.asked, totals(told.moved, flows(told.moved), told.asked)
    days = movement_words.head(asked.start.key, asked.end.key, release.manifest.preset, release.id)
    sentences += [days, movement_words.of_flows(total.moved, total.of, total.largest, asked.by)]
    if total.moved:
        sentences.append(movement_words.of_causes(total.causes))
    moved = Link(_("See who moved, and why"), address("/movement", release.id, asked.pairs))
    return Section(_("What changed"), sentences, [moved, _everybody(release)])


def at_risk(release: Loaded) -> Section:
    """Tell how much revenue is at risk, and who is overdue."""
    links = []
    risky = [each.id for each in release.segments if each.at_risk]
    if risky:
        sentences = [of_risk(view(release, Filters(), "segment")) or said.nobody_at_risk()]
        links.append(Link(_("See who is at risk"), address("/", release.id, [("segment", risky)])))
    else:
        sentences = [said.no_risk()]
    if reason := why_no_rhythm(release):
        sentences.append(reason)
    else:
        late, silent = (Filters(rhythm=states).mask(release) for states in (LATE, LATE[1:]))
        spent = float(release.customers["monetary"][late].sum())
        sentences.append(said.overdue(int(late.sum()), int(silent.sum()), release.count, spent))
        whom = address("/", release.id, [("rhythm", LATE)])
        links.append(Link(_("See who is overdue or silent"), whom))
    return Section(_("At risk and overdue"), sentences, links)


def expected_loss(release: Loaded) -> Section:
    """Tell how much of the usual spend of all customers is expected to be lost."""
    total = total_at_stake(release, np.arange(release.count))
    link = Link(_("See who is worth contacting"), address("/churn", release.id))
    if total is None:
        return Section(_("Expected loss"), [why_no_loss(release)], [])
    return Section(_("Expected loss"), [of_stake(total)], [link])


def campaigns(release: Loaded, state: State, since: date) -> Section:
    """Tell of campaigns that are running, and of those that ended after a day."""
    store = Audiences(state)
    started = [each for each in store.listed() if each.started and not each.archived]
    shown = [each for each in started if _told(release, each, since)]
    every = Link(_("See all campaigns"), address("/audiences", release.id))
    sentences, links = [], []
    for each in shown[:MOST_CAMPAIGNS]:
        members = store.members(each.id)
        try:
            result = measured(release, each, members)
        except Refusal as refused:  # a table of customers: it is the same of all
            return Section(_("Campaigns"), [str(refused)], [every])
        sentences.append(_of_campaign(each, result))
        path = address("/audiences", release.id, [("audience", str(each.id))])
        links.append(Link(_("See “{name}”", name=each.draft.name), path))
    if len(shown) > MOST_CAMPAIGNS:
        sentences.append(said.more_campaigns(len(shown) - MOST_CAMPAIGNS))
    if not sentences:
        sentences.append(said.no_campaign_since(since) if started else said.no_campaign())
    return Section(_("Campaigns"), sentences, [*links, every])


def data(facts: Facts, problem: str | None, retrain_at: Shift, release: Loaded | None) -> Section:
    """Tell how old the data is, and whether a newer release waits to be published.

    Parameters
    ----------
    facts : Facts
    problem : str or None
        What the site says of the active release, if it cannot be used.
    retrain_at : {"some", "large"}
    release : Loaded or None
        What the digest tells of.
    """
    rows = [of_release(facts, problem), *of_data(facts, set()), *of_newer(facts, retrain_at)]
    comes_from = _("See where it comes from")
    links = [] if release is None else [Link(comes_from, address("/data", release.id))]
    return Section(_("Data"), [f"{row.name}: {row.sentence}" for row in rows], links)


def _everybody(release: Loaded) -> Link:
    return Link(_("See all segments"), address("/", release.id))


def _of_campaign(audience: Audience, result: Result) -> str:
    name, stands = audience.draft.name, standing(audience, result)
    if stands.stage != "running":
        return said.ended(name, of_rate(result))
    days = (audience.draft.ends_on - audience.draft.starts_on).days + 1
    return said.running(name, stands.day, days, of_rate(result))


def _told(release: Loaded, audience: Audience, since: date) -> bool:
    reached = stage(release, audience)
    return reached == "running" or (reached == "ended" and audience.draft.ends_on > since)
