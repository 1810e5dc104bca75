"""Who gets the campaign of an audience: the only way its customers leave the site."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from services.campaigns.reachable import Reachable, reachable
from services.serving.release.loaded import Loaded
from services.site.customers.audiences import Member
from services.site.customers.opt_outs import OptOuts


def treated(release: Loaded, members: Sequence[Member], opt_outs: OptOuts) -> Reachable:
    """Return the rows of who is treated, in the members' order, and how many opted out since.

    Who is held out is left out, and who is not in the release, or no longer.

    Parameters
    ----------
    release : Loaded
    members : sequence of Member
    opt_outs : OptOuts

    Raises
    ------
    StateUnusable
    """
    wanted = np.array([member.customer_id.encode() for member in members if not member.held_out], dtype="S")
    ids = release.customers["customer_id"]
    places = np.minimum(np.searchsorted(ids, wanted), release.count - 1)
    return reachable(release, places[ids[places] == wanted].astype(np.int32), opt_outs)
