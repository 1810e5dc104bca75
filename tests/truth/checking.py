"""Whether what a release's tabs say is true."""

from __future__ import annotations

from urllib.parse import urlencode

from services.serving.release.loaded import Loaded
from tests.truth.claims import check
from tests.truth.customers.checking import page_faults
from tests.truth.facts import Facts
from tests.truth.of_playbooks_and_data import DATA, PLAYBOOKS
from tests.truth.of_segments import MOVEMENT, SEGMENTS
from tests.truth.rendered import Said, sentences
from tests.truth.sums import uneven

KINDS = [*SEGMENTS, *MOVEMENT, *PLAYBOOKS, *DATA]


def faults(release: Loaded, told: list[Said] | None = None) -> list[str]:
    """Return a line for each sentence of a release that its arrays do not bear out.

    Parameters
    ----------
    release : Loaded
    told : list of Said, optional
        What its tabs say; as they are rendered, with the sums of the release itself, where absent.
    """
    if told is None:
        return [*uneven(release), *page_faults(release), *faults(release, sentences(release))]
    known: dict[tuple[str, str | None], Facts] = {}
    found = []
    for said in told:
        search, kind = said.search, None
        if said.tab == "playbooks":
            kind, _, wanted = said.where.partition(":")
            search = urlencode({"of": wanted})
        elif said.tab in ("movement", "data") or said.where == "alerts":
            kind = "segment"
        key = (search, kind)
        if key not in known:
            known[key] = Facts(release, search, kind)
        found += check(said, known[key], KINDS)
    return found
