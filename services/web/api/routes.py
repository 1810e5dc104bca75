"""The addresses of ``/api/v1``. A body is what the command line prints; release and next page are headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import orjson
from flask import Flask, Response, g, request
from werkzeug.routing import PathConverter

from services.campaigns.contract import as_contract as campaign_entries
from services.campaigns.reachable import reachable
from services.core.filters import CONTACTS, PARAMETERS
from services.core.parameters import texts_of
from services.core.refusals import NotFound, Refusal, ReleaseUnusable
from services.releases import is_release_id
from services.serving.cohorts import address as cohorts
from services.serving.cohorts.contract import as_contract as cohort_entries
from services.serving.customers import profile as customers
from services.serving.lists.by_contacts import read_contacts
from services.serving.lists.filters import Filters, check_known
from services.serving.lists.listing import rows_of
from services.serving.predictions import predict as predictions
from services.serving.release.receipts import release_entry, segment_entries
from services.serving.rules import find as rules
from services.serving.rules.sets import counted
from services.site.customers.audiences import Audiences
from services.site.customers.opt_outs import OptOuts
from services.site.pushes.queue import Queue
from services.web.access.asking import seen_contacts
from services.web.access.parameters import understood
from services.web.api import asked
from services.web.api.document import OPERATIONS, ROOT, document

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.release.loaded import Loaded

_LINE = orjson.OPT_APPEND_NEWLINE | orjson.OPT_SERIALIZE_NUMPY


class CustomerId(PathConverter):
    """A customer's id in an address: any characters, slashes and line breaks too."""

    regex = r"[\s\S]+"
    part_isolating = False


def install(server: Flask, services: Services) -> None:
    """Add the HTTP API to ``server``."""
    server.url_map.converters["customer_id"] = CustomerId
    for each in OPERATIONS:
        view = partial(_ANSWERS[each.name], services)
        server.add_url_rule(
            each.rule, f"api_{each.name}", view, methods=[each.method.upper()], merge_slashes=False
        )


def _health(services: Services) -> Response:
    asked.query_of(asked.Query)
    release = services.releases.current()
    reason = None if release else services.releases.problem or "No release is loaded."
    told = {"status": "ready" if release else "not ready", "release": release and release.id}
    return _answer(told | {"reason": reason}, release, status=200 if release else 503)


def _document(_services: Services) -> Response:
    asked.query_of(asked.Query)
    return Response(document(), mimetype="application/json")


def _releases(services: Services) -> Response:
    asked.query_of(asked.Query)
    return _answer([release_entry(summary) for summary in services.releases.listing()])


def _segments(services: Services) -> Response:
    release = _release(services, asked.query_of(asked.OfRelease))
    return _answer(segment_entries(release), release)


def _customer(services: Services, id: str) -> Response:
    release = _release(services, asked.query_of(asked.OfRelease))
    try:
        found = customers.profile(release, id)
    except NotFound as refusal:
        raise NotFound(str(refusal), "id") from None
    return _answer(customers.as_contract(release, found), release)


def _customers(services: Services) -> Response:
    query = asked.query_of(asked.Customers)
    release = _release(services, query)
    given = query.model_dump(exclude_unset=True, exclude={"release"})
    contacts = read_contacts(
        {name: given.get(name, ()) for name in CONTACTS}, release, seen_contacts(services)
    )
    for odd in contacts.left_out:
        raise Refusal(odd.refused, odd.name)
    values = {name: _frozen(getattr(query, name)) for name in PARAMETERS} | contacts.values
    filters = Filters(contacts.fitting, **values)
    check_known(filters, release)
    rows = reachable(release, rows_of(release, filters, query.sort), OptOuts(services.state)).rows
    page = rows[query.offset : query.offset + query.limit].tolist()
    portion = [(name, given.pop(name)) for name in asked.Page.model_fields if name in given]
    g.taken = (release.id, len(page), understood([*given.items(), *portion]))  # for the audit log
    found = [customers.as_contract(release, each) for each in customers.portion(release, page)]
    return _answer(found, release, _page_headers(release, query, len(rows)))


def _cohorts(services: Services) -> Response:
    query = asked.query_of(asked.Cohorts)
    release = _release(services, query)
    given = query.model_dump(exclude={"release"}, exclude_none=True)
    asked_for = {name: texts_of(value) for name, value in given.items()}
    found = cohorts.answer(release, asked_for, seen_contacts(services))
    return _answer(cohort_entries(found), release)


def _campaigns(services: Services) -> Response:
    query = asked.query_of(asked.Campaigns)
    release = _release(services, query)
    state = services.state
    return _answer(campaign_entries(release, Audiences(state), Queue(state), query.state), release)


def _predict(services: Services) -> Response:
    release = _release(services, asked.query_of(asked.OfRelease))
    given, many = asked.values_of()
    answers = predictions.predict_many(release, given) if many else [predictions.predict(release, given[0])]
    told = [predictions.as_contract(each, release) for each in answers]
    return _answer(told if many else told[0], release)


def _rules(services: Services) -> Response:
    query = asked.query_of(asked.Rules)
    release = _release(services, query)
    given = query.model_dump(exclude={"release", "limit", "offset", "item"})
    try:
        wanted = replace(rules.asked(release, **given), items=tuple(query.item))
    except NotFound as refusal:  # of a filter; the address itself is right
        raise Refusal(str(refusal), refusal.field) from None
    rows = rules.find(release, wanted)
    page = rows[query.offset : query.offset + query.limit].tolist()
    found = [rules.as_contract(release, row) for row in page]
    return _answer(found, release, _page_headers(release, query, counted(release, rows).rules))


_ANSWERS: dict[str, Callable[..., Response]] = {
    "health": _health,
    "openapi": _document,
    "releases": _releases,
    "segments": _segments,
    "cohorts": _cohorts,
    "campaigns": _campaigns,
    "customer": _customer,
    "customers": _customers,
    "predict": _predict,
    "rules": _rules,
}


def _release(services: Services, query: asked.OfRelease) -> Loaded:
    """Return the release that is asked for, by default the active one.

    Raises
    ------
    NotFound
        If it is not kept here.
    ReleaseUnusable
        If there is no active one.
    """
    if query.release is None:
        return services.releases.at(None)
    try:
        if is_release_id(query.release):
            return services.releases.at(query.release)
    except ReleaseUnusable:
        pass  # its sentence is for who has a page open
    raise NotFound(
        f"There is no release “{query.release[:60]}” that can be used; {ROOT}/releases lists them.",
        "release",
    )


def _answer(
    value: Any, release: Loaded | None = None, headers: dict[str, str] | None = None, status: int = 200
) -> Response:
    answer = Response(orjson.dumps(value, option=_LINE), status, headers, mimetype="application/json")
    if release:
        answer.headers["X-Release"] = release.id
    return answer


def _page_headers(release: Loaded, query: asked.Page, total: int) -> dict[str, str]:
    """Say how many there are, and where the next portion is: of the same release, whatever is active then."""
    headers = {"X-Total-Count": str(total)}
    after = query.offset + query.limit
    if after < total:
        given = query.model_dump(exclude_unset=True) | {"release": release.id, "offset": after}
        if given.get("unpruned") is not None:
            given["unpruned"] = int(given["unpruned"])
        headers["Link"] = f'<{request.path}?{urlencode(given, doseq=True)}>; rel="next"'
    return headers


def _frozen(value: Sequence[str] | float | None) -> Any:
    return tuple(dict.fromkeys(value)) if isinstance(value, list) else value
