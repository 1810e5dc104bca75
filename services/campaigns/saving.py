"""From a view to a saved audience: the holdout drawn, what could be shown, what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from services.campaigns.baseline import Baseline, baseline
from services.campaigns.selection import Selection
from services.campaigns.worth import worth
from services.core.campaigns.detecting import smallest_rate_effect
from services.core.campaigns.holdout import DEFAULT_SHARE, SHARES, held_out
from services.core.language.messages import _, plural
from services.core.refusals import Refusal
from services.core.text.numbers_typed import BRITISH, Notation
from services.serving.release.loaded import Loaded
from services.site.customers.audiences import Audiences, Draft, Member
from services.site.people.audit import tame

LONGEST = {"name": 80, "owner": 80, "playbook": 300}
MOST_DAYS = 366
_LONGEST_QUERY, _LONGEST_WORDS = 2000, 600
_AND = " · "


@dataclass(frozen=True)
class Typed:
    """The form as it was filled in.

    Attributes
    ----------
    name, owner, playbook, starts_on, ends_on : str
    share : str
        Of customers held out, in per cent.
    written : Notation
        How the site's people write numbers.
    """

    name: str
    owner: str
    playbook: str
    starts_on: str
    ends_on: str
    share: str
    written: Notation = BRITISH


@dataclass(frozen=True)
class Plan:
    """What saving would make of a view.

    Attributes
    ----------
    held_out : ndarray of bool, shape (n_customers,)
        Of the view's customers, in their order.
    opted_out : int
        How many more are in the view, and want no campaigns: in neither group.
    share : float
    starts_on, ends_on : date
    base : Baseline or None
        What such customers did lately; None where it is not known.
    rate_effect : float or None
        Smallest rise of the purchase rate that would show; at a rate of a half where no base is known.
    """

    held_out: npt.NDArray[np.bool_]
    opted_out: int
    share: float
    starts_on: date
    ends_on: date
    base: Baseline | None
    rate_effect: float | None

    @property
    def days(self) -> int:
        """How long the campaign would take."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def treated(self) -> int:
        """How many customers the campaign would reach."""
        return len(self.held_out) - self.holdout

    @property
    def holdout(self) -> int:
        """How many would be left out."""
        return int(self.held_out.sum())


def planned(release: Loaded, selection: Selection, typed: Typed) -> Plan:
    """Draw the holdout and work out what could show.

    Raises
    ------
    Refusal
        Naming the field that cannot be used.
    """
    if not len(selection.rows):
        if selection.left_out:
            raise Refusal(_("Everyone in this view has opted out, so there is nothing to save."), "save")
        raise Refusal(_("Nobody is in this view, so there is nothing to save."), "save")
    share = _share(typed)
    starts_on, ends_on = _days(release, typed)
    drawn = held_out((bytes(each) for each in _ids(release, selection)), seed_of(typed.name), share)
    holdout = int(drawn.sum())
    base = baseline(release, selection.rows, (ends_on - starts_on).days + 1)
    smallest = smallest_rate_effect(base.rate if base else 0.5, len(drawn) - holdout, holdout)
    return Plan(drawn, selection.left_out, share, starts_on, ends_on, base, smallest)


def save(
    audiences: Audiences,
    release: Loaded,
    selection: Selection,
    typed: Typed,
    described: str,
    *,
    started: bool = True,
) -> int:
    """Save a view's customers as an audience and return its id.

    Parameters
    ----------
    audiences : Audiences
    release : Loaded
    selection : Selection
    typed : Typed
    described : str
        The view in words.
    started : bool
        Whether its campaign runs on its days; else it stays a draft.

    Raises
    ------
    Refusal
        Naming the field that cannot be used.
    """
    texts = {name: line(getattr(typed, name), name) for name in LONGEST}
    plan = planned(release, selection, typed)
    if not plan.treated or not plan.holdout:
        raise Refusal(_too_few(plan), "save")
    if len(selection.query) > _LONGEST_QUERY:
        raise Refusal(_("This view has too many filters to be saved. Use fewer."), "save")
    expected = worth(release, selection.rows, plan.days, plan.share)
    draft = Draft(
        **texts,
        seed=seed_of(texts["name"]),
        source=selection.source,
        query=selection.query,
        described=tame(described)[:_LONGEST_WORDS],
        release=release.id,
        as_of=release.manifest.as_of.isoformat(),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        holdout_share=plan.share,
        spend_anyway=expected.revenue.value if expected else None,
        point_worth=expected.point.value if expected else None,
    )
    ids = _ids(release, selection).tolist()
    members = [
        Member(each.decode(), left_out) for each, left_out in zip(ids, plan.held_out.tolist(), strict=True)
    ]
    return audiences.add(draft, members, started=started)


def _too_few(plan: Plan) -> str:
    customers = len(plan.held_out)
    if plan.treated:
        return _(
            "With so few customers ({n}), nobody would be held out, so there would be nothing to compare. "
            "Choose a view with more customers.",
            n=customers,
        )
    return _(
        "With so few customers ({n}), nobody would be in the campaign group, so there would be nothing to "
        "compare. Choose a view with more customers.",
        n=customers,
    )


def first_day(release: Loaded) -> date:
    """Return the first day after a release's data: a campaign begins then at the earliest."""
    return release.manifest.data_to.date() + timedelta(days=1)


def usual_playbook(release: Loaded, selection: Selection) -> str:
    """Return what is done with the segment that over half of a view's customers are in, or with every one.

    Where that differs, what is done with each, the largest first, as far as the field has room for it.
    """
    stand = release.customers["segment"][selection.rows]
    counts = np.bincount(stand[stand >= 0], minlength=1)
    places = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    segments = [release.segments[place] for place in places]
    alike = len({segment.playbook for segment in segments}) == 1
    if alike or (segments and 2 * counts[places[0]] > len(selection.rows)):
        return segments[0].playbook
    several = [f"{segment.name}: {segment.playbook}" for segment in segments]
    whole = _AND.join(several)
    while several and len(whole) > LONGEST["playbook"]:
        several.pop()
        whole = _AND.join([*several, _("Others: see Playbooks")])
    return whole


def days_from(release: Loaded, draft: Draft) -> tuple[date, date]:
    """Return a draft's days; as many later ones where the release's data reaches into them."""
    start = max(draft.starts_on, first_day(release))
    return start, start + (draft.ends_on - draft.starts_on)


def seed_of(name: str) -> str:
    """Return what a holdout is drawn by: the name, so that saved again it leaves out the same people."""
    return " ".join(name.casefold().split())[: LONGEST["name"]]


def _ids(release: Loaded, selection: Selection) -> npt.NDArray[np.bytes_]:
    return release.customers["customer_id"][selection.rows]


def line(typed: str, field: str) -> str:
    """Return what was typed into a field of one line, as it is kept.

    Parameters
    ----------
    typed : str
    field : {"name", "owner", "playbook"}
        The last one may stay empty.

    Raises
    ------
    Refusal
        Naming the field.
    """
    kept = " ".join(typed.split())
    if not kept and field != "playbook":
        nameless = field == "name"
        said = _("Give the audience a name.") if nameless else _("Type who is responsible for it.")
        raise Refusal(said, field)
    if len(kept) > LONGEST[field] or not kept.isprintable():
        said = plural(
            "Use at most {n} character, none of them invisible.",
            "Use at most {n} characters, none of them invisible.",
            LONGEST[field],
        )
        raise Refusal(said, field)
    return kept


def _share(typed: Typed) -> float:
    low, high = SHARES
    try:
        share = typed.written.read(typed.share, "%") / 100
    except Refusal:
        raise Refusal(
            _(
                "Type the share to hold out as a number between {low} and {high} %, such as {example}.",
                low=f"{100 * low:g}",
                high=f"{100 * high:g}",
                example=typed.written.write(12.5),
            ),
            "share",
        ) from None
    if not low <= share <= high:
        raise Refusal(
            _(
                "Hold out between {low} and {high} % of customers; {usual} % is usual.",
                low=f"{100 * low:g}",
                high=f"{100 * high:g}",
                usual=f"{100 * DEFAULT_SHARE:g}",
            ),
            "share",
        )
    return share


def _days(release: Loaded, typed: Typed) -> tuple[date, date]:
    found = {}
    for field in ("starts_on", "ends_on"):
        try:
            found[field] = date.fromisoformat(getattr(typed, field).strip())
        except ValueError:
            raise Refusal(_("Give a day, such as 2026-01-31."), field) from None
    start, end = found["starts_on"], found["ends_on"]
    if start < (first := first_day(release)):
        raise Refusal(
            _(
                "Start on {day} or later: these customers were chosen by their orders up to the day before, "
                "so those orders cannot also count as a result.",
                day=first.isoformat(),
            ),
            "starts_on",
        )
    if not 0 <= (end - start).days < MOST_DAYS:
        raise Refusal(_("End on the first day or later, within a year of it."), "ends_on")
    return start, end
