"""What an audience is worth and what trials say of it, before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callbacks.audiences.view import typed
from callbacks.shared.remembered import remembered
from layouts.audiences import parts
from layouts.plain import plain
from services.campaigns.saving import planned
from services.campaigns.selection import SAVE, selected
from services.campaigns.trying import mix_of, rehearsed
from services.campaigns.worth import worth
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.serving.release.expected import expected_spend
from services.serving.release.stake import total_at_stake
from services.site.customers.opt_outs import OptOuts

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]


def rehearse(
    services: Services,
    release: Loaded,
    search: str | None,
    values: Shown,
    by_contacts: ByContacts | None = None,
) -> Any:
    """Return what an audience is worth and what trials say of it; nothing where the form says what is wrong.

    Parameters
    ----------
    services : Services
    release : Loaded
    search : str or None
        The address's query.
    values : dict
        Days and share as they stand in the form; the answer is the same whatever the name.
    by_contacts : ByContacts, optional
        As of ``services.campaigns.selection.selected``.
    """
    query = query_of(search)
    if SAVE not in query:
        return []
    try:
        selection = selected(release, query, OptOuts(services.state), by_contacts)
        plan = planned(release, selection, typed(values))
    except Refusal:
        return []
    asked = release, selection.rows, plan.days, plan.share
    key = ("rehearsal", release.id, mix_of(release, selection.rows), f"{plan.days}", f"{plan.share}")
    known = remembered(services, key, lambda: parts.rehearsal(plan, worth(*asked), rehearsed(*asked)))
    # summed anew: audiences of the same mix are remembered together, but spend differently
    sums = expected_spend(release, selection.rows), total_at_stake(release, selection.rows)
    return [*known, *plain(parts.expected(*sums))]
