"""Whether what a release's tabs say is true."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from services.serving.release.loaded import Loaded
from tests.truth.baskets.facts import BasketFacts
from tests.truth.baskets.page import BASKETS
from tests.truth.churn.facts import ChurnFacts
from tests.truth.churn.money import MONEY
from tests.truth.churn.record import RECORD
from tests.truth.claims import check
from tests.truth.clusters.facts import ClusterFacts
from tests.truth.clusters.measures import MEASURED
from tests.truth.clusters.profiles import PROFILES
from tests.truth.cohorts.facts import CohortFacts
from tests.truth.cohorts.page import COHORTS
from tests.truth.customers.checking import page_faults
from tests.truth.facts import Facts
from tests.truth.of_movement import MOVEMENT
from tests.truth.of_playbooks_and_data import DATA, PLAYBOOKS
from tests.truth.of_segments import SEGMENTS
from tests.truth.rendered import sentences
from tests.truth.said import Said
from tests.truth.sums import uneven

KINDS = [*SEGMENTS, *MOVEMENT, *PLAYBOOKS, *DATA, *MEASURED, *PROFILES, *BASKETS, *MONEY, *RECORD, *COHORTS]

OWN: dict[str, Callable[[Loaded, str], Facts]] = {
    "clusters": ClusterFacts,
    "baskets": BasketFacts,
    "churn": ChurnFacts,
    "cohorts": CohortFacts,
}


#: What was counted of views of a release, by query and kind.
Known = dict[tuple[str, str | None], Facts]


def faults(release: Loaded, told: list[Said] | None = None, known: Known | None = None) -> list[str]:
    """Return a line for each sentence of a release that its arrays do not bear out.

    Parameters
    ----------
    release : Loaded
    told : list of Said, optional
        What its tabs say; as they are rendered, with the sums of the release itself, where absent.
    known : dict, optional
        What was counted of this release before, and takes what is counted now.
    """
    if told is None:
        return [*uneven(release), *page_faults(release), *faults(release, sentences(release))]
    known = {} if known is None else known
    found = []
    for said in told:
        search, kind = said.search, None
        if said.tab == "playbooks":
            kind, _, wanted = said.where.partition(":")
            search = urlencode({"of": wanted})
        elif said.tab in ("movement", "data") or said.where == "alerts":
            kind = "segment"
        elif said.tab in OWN:
            kind = said.tab
        key = (search, kind)
        if key not in known:
            known[key] = OWN[said.tab](release, search) if said.tab in OWN else Facts(release, search, kind)
        found += check(said, known[key], KINDS)
    return found
