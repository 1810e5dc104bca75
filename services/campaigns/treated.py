"""Who gets the campaign of an audience: the only way its customers leave the site."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from services.serving.loaded import Loaded
from services.site.audiences import Member


def treated_rows(release: Loaded, members: Sequence[Member]) -> npt.NDArray[np.int32]:
    """Return the rows of who is treated, in the members' order.

    Who is held out is left out, and who is not in the release, or no longer.

    Parameters
    ----------
    release : Loaded
    members : sequence of Member
    """
    rows = (release.row_of(member.customer_id) for member in members if not member.held_out)
    return np.array([row for row in rows if row is not None], dtype=np.int32)
