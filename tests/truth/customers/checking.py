"""Whether what the pages of a release's customers say is true."""

from __future__ import annotations

from services.serving.release.loaded import Loaded
from tests.truth.claims import check
from tests.truth.customers.of_cards import CARDS
from tests.truth.customers.of_head import HEAD
from tests.truth.customers.of_offers import OFFERS
from tests.truth.customers.of_peers import PEERS
from tests.truth.customers.of_rhythm import RHYTHM
from tests.truth.customers.of_value import VALUE
from tests.truth.customers.person import Person
from tests.truth.customers.rendered import pages
from tests.truth.rendered import Said

KINDS = [*HEAD, *RHYTHM, *VALUE, *CARDS, *PEERS, *OFFERS]


def page_faults(
    release: Loaded, told: list[Said] | None = None, people: dict[str, Person] | None = None
) -> list[str]:
    """Return a line for each sentence of customers' pages that the release's arrays do not bear out.

    Parameters
    ----------
    release : Loaded
    told : list of Said, optional
        What the pages say; as they are rendered of about a dozen customers where absent.
    people : dict, optional
        Customers of this release counted before, by query; takes those counted now.
    """
    people = {} if people is None else people
    found = []
    for said in pages(release) if told is None else told:
        if said.search not in people:
            people[said.search] = Person(release, said.search)
        if said.text:
            found += check(said, people[said.search], KINDS)
    return found
