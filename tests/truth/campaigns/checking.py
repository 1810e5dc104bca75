"""Whether what Campaigns says of a release's audiences is true."""

from __future__ import annotations

from services.serving.release.loaded import Loaded
from tests.truth.campaigns.audience import Audience
from tests.truth.campaigns.of_forms import FORMS
from tests.truth.campaigns.of_verdicts import VERDICTS
from tests.truth.campaigns.rendered import audiences, forms, verdicts
from tests.truth.claims import check
from tests.truth.rendered import Said

KINDS = [*FORMS, *VERDICTS]
#: Campaigns that ended, one that runs and one that is planned, in days before the end of the data.
HELD = [
    f"?save=segments&share={share}&start={start}&end={end}"
    for share, start, end in ((20, 40, 10), (50, 100, 5), (20, 10, -10), (20, -2, -10))
]


def campaign_faults(
    release: Loaded, told: list[Said] | None = None, known: dict[str, Audience] | None = None
) -> list[str]:
    """Return a line for each sentence of Campaigns that the release's arrays and orders do not bear out.

    Parameters
    ----------
    release : Loaded
    told : list of Said, optional
        What it says; of several audiences, saved and not, where absent.
    known : dict, optional
        Audiences of this release counted before, by query; takes those counted now.
    """
    if told is None:
        told = [*forms(release, audiences(release)), *verdicts(release, HELD)]
    known = {} if known is None else known
    found = []
    for said in told:
        if said.search not in known:
            known[said.search] = Audience(release, said.search)
        found += check(said, known[said.search], KINDS)
    return found
