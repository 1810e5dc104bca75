"""The customers of a page's view, as the page's own address names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt

from services.campaigns.reachable import reachable
from services.core.filters import BOUNDS, CHOICES, REPEATED
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.churn import asked as churn_asked
from services.serving.churn.people import Answer as AtRisk
from services.serving.churn.people import answer as at_risk
from services.serving.cohorts import address as cohorts
from services.serving.customers.bought import Product, buyers_of, product_named
from services.serving.lists.by_contacts import ByContacts, read_contacts
from services.serving.lists.filters import Filters, read_filters
from services.serving.lists.listing import rows_of
from services.serving.movement.address import KEYS, Answer, answer
from services.serving.release.loaded import Loaded
from services.serving.rules.buyers import BoughtRule, buyers, read_rule
from services.site.customers.audiences import Source
from services.site.customers.opt_outs import OptOuts

#: In an address: whose view is to be saved.
SAVE = "save"
#: Those of cohorts; what else narrows these is a choice of Segments, too.
COHORTS = tuple(key for key in cohorts.KEYS if key not in CHOICES)
#: What describes a view to be saved: parameters of one value, and those that may be repeated.
ONCE = (SAVE, *BOUNDS, "containing", *KEYS, *COHORTS, *churn_asked.KEYS, "buyers", "bought")
SEVERAL = (*REPEATED, "antecedent", "consequent")
_LONGEST = 64


@dataclass(frozen=True)
class Selection:
    """The customers of a view.

    Attributes
    ----------
    source : {"segments", "movement", "cohorts", "churn", "rule", "product"}
    query : str
        What makes the view, as its page writes it.
    rows : ndarray of int
        Their rows in the release, ascending, without those who opted out.
    left_out : int
        How many of the view opted out.
    filters : Filters
        Of Segments, of Churn, of a rule or of a product; of Movement and Cohorts, what is asked of contacts.
    containing : str
        Part of an id, on Segments.
    found : Answer or None
        Of Movement.
    cohort : services.serving.cohorts.address.Answer or None
        Of Cohorts.
    rule : BoughtRule or None
        Of a rule.
    at_risk : AtRisk or None
        Of Churn.
    product : Product or None
        Of who bought a product.
    """

    source: Source
    query: str
    rows: npt.NDArray[np.intp]
    left_out: int
    filters: Filters
    containing: str
    found: Answer | None
    rule: BoughtRule | None = None
    cohort: cohorts.Answer | None = None
    at_risk: AtRisk | None = None
    product: Product | None = None


def selected(
    release: Loaded,
    query: Mapping[str, Sequence[str]],
    opt_outs: OptOuts,
    by_contacts: ByContacts | None = None,
) -> Selection:
    """Return the customers of the view that an address describes.

    Parameters
    ----------
    release : Loaded
    query : mapping
        Keys to values, as ``services.core.text.addresses`` reads them.
    opt_outs : OptOuts
        Whose customers are left out.
    by_contacts : ByContacts, optional
        What contacts say; without it, who may not see them.

    Raises
    ------
    Refusal
        If there is no such view; if it is a flow, and the release knows one moment only; cohorts, and it has
        none, or they are of too few people; a rule or a product, and it knows no buyers; or of Churn, and it
        gives no chance. If something is asked of contacts that they do not say, or that who asks may not see:
        without it, there would be more customers than were meant.
    """
    for odd in read_contacts(query, release, by_contacts).left_out:
        raise Refusal(odd.refused)
    page = query.get(SAVE, ["segments"])[-1]
    if page not in get_args(Source):
        raise Refusal(
            _(
                "There is no view “{view}” that could be saved. Start on Segments, Movement, Cohorts, Churn, "
                "Baskets or Customers.",
                view=page[:60],
            )
        )
    if page == "churn":
        return _of_churn(release, query, opt_outs, by_contacts)
    if page == "rule":
        return _of_rule(release, query, opt_outs, by_contacts)
    if page == "product":
        return _of_product(release, query, opt_outs, by_contacts)
    if page == "cohorts":
        return _of_cohorts(release, query, opt_outs, by_contacts)
    if page == "movement":
        found = answer(release, query, by_contacts)
        asked: dict[str, Any] = {key: query[key][-1] for key in KEYS if key in query}
        asked |= {"from": found.asked.start.key, "to": found.asked.end.key}
        filters = found.asked.filters
        kept = urlencode([*asked.items(), *filters.pairs], doseq=True)
        left = reachable(release, np.flatnonzero(found.fits), opt_outs)
        return Selection("movement", kept, left.rows, left.left_out, filters, "", found)
    filters = read_filters(query, release, by_contacts).filters
    containing = query.get("containing", [""])[-1][:_LONGEST]
    parts = [filters.to_query(), urlencode({"containing": containing}) if containing else ""]
    rows = np.sort(rows_of(release, filters, "", containing)).astype(np.intp)
    left = reachable(release, rows, opt_outs)
    query_kept = "&".join(filter(None, parts))
    return Selection("segments", query_kept, left.rows, left.left_out, filters, containing, None)


def _of_cohorts(
    release: Loaded, query: Mapping[str, Sequence[str]], opt_outs: OptOuts, by_contacts: ByContacts | None
) -> Selection:
    """Return the customers of a cell, or of all cohorts that are counted."""
    found = cohorts.answer(release, query, by_contacts)
    if found.withheld:
        raise Refusal(found.withheld)
    left = reachable(release, np.flatnonzero(found.fits), opt_outs)
    kept, filters = urlencode(found.asked.pairs, doseq=True), found.asked.filters
    return Selection("cohorts", kept, left.rows, left.left_out, filters, "", None, cohort=found)


def _of_rule(
    release: Loaded, query: Mapping[str, Sequence[str]], opt_outs: OptOuts, by_contacts: ByContacts | None
) -> Selection:
    """Return the buyers of a rule's products; the filters of Segments narrow them."""
    rule = read_rule(release, query)
    filters = read_filters(query, release, by_contacts).filters
    left = reachable(release, np.flatnonzero(filters.mask(release) & buyers(release, rule)), opt_outs)
    asked = urlencode(
        {SAVE: "rule", "antecedent": rule.antecedents, "consequent": rule.consequents, "buyers": rule.buyers},
        doseq=True,
    )
    kept = "&".join(filter(None, (asked, filters.to_query())))
    return Selection("rule", kept, left.rows, left.left_out, filters, "", None, rule)


def _of_product(
    release: Loaded, query: Mapping[str, Sequence[str]], opt_outs: OptOuts, by_contacts: ByContacts | None
) -> Selection:
    """Return who bought a product; the filters of Segments narrow them."""
    product = product_named(release, query.get("bought", [""])[-1])
    filters = read_filters(query, release, by_contacts).filters
    bought = buyers_of(release, product)
    left = reachable(release, bought[filters.mask(release)[bought]], opt_outs)
    kept = "&".join(filter(None, (urlencode({"bought": product.name}), filters.to_query())))
    return Selection("product", kept, left.rows, left.left_out, filters, "", None, product=product)


def _of_churn(
    release: Loaded, query: Mapping[str, Sequence[str]], opt_outs: OptOuts, by_contacts: ByContacts | None
) -> Selection:
    """Return who is listed on Churn: whom contacting pays for, or a part of its map."""
    found = at_risk(release, query, by_contacts)
    left = reachable(release, np.flatnonzero(found.chosen), opt_outs)
    kept = urlencode(found.asked.pairs, doseq=True)
    filters = found.asked.filters
    return Selection("churn", kept, left.rows, left.left_out, filters, "", None, at_risk=found)
