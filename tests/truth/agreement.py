"""Figures of one release in every place that tells them: the commands, the API and the tabs."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from click.testing import CliRunner
from flask.testing import FlaskClient

from callbacks.baskets.view import show as show_baskets
from callbacks.clusters.wiring import show_served
from callbacks.customers.wiring import show as show_customer
from callbacks.segments.view import show as show_segments
from layouts import words
from layouts.plain import plain
from services.cli import main
from services.serving.release.loaded import Loaded
from services.serving.release.receipts import train_receipt
from services.serving.rules.address import view_at
from services.serving.rules.find import find
from tests.truth.rendered import Said, sentences, text_of, texts, walk

#: What is told, by whom, as it is written where the fewest digits stand.
Told = Iterator[tuple[str, str, str]]
API = "/api/v1"
_PAGE = 1_000


def disagreements(told: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return a line for each figure that two places write differently, or that one place alone tells."""
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for what, where, value in told:
        places[what][where] = value.replace("\u00a0", " ")
    return [
        f"{what}: {said}" for what, said in places.items() if len(set(said.values())) > 1 or len(said) == 1
    ]


def told_everywhere(release: Loaded, models: Path, client: FlaskClient) -> Told:
    """Return every figure that is told in several places, with where and how.

    Parameters
    ----------
    release : Loaded
        The active one.
    models : Path
        Its folder.
    client : FlaskClient
        Of a site over it, which may read everything.
    """
    yield from _commands(release, models)
    yield from _api(release, client)
    yield from _tabs(release)


def _sizes(
    where: str, kind: str, name: str, customers: int, revenue: float, total: tuple[int, float]
) -> Told:
    yield f"customers of {kind} {name}", where, words.number(customers)
    yield f"revenue of {kind} {name}", where, words.money_sum(revenue)
    yield f"share of customers of {kind} {name}", where, words.share(customers / total[0])
    yield f"share of revenue of {kind} {name}", where, words.share(revenue / total[1])


def _commands(release: Loaded, models: Path) -> Told:
    def run(*asked: str) -> Any:
        ran = CliRunner().invoke(main, [asked[0], "--json", "--models", str(models), *asked[1:]])
        assert ran.exit_code == 0, ran.output
        return json.loads(ran.stdout)

    (entry,) = (each for each in run("releases") if each["id"] == release.id)
    yield "customers", "releases", words.number(entry["customers"])
    yield "clusters", "releases", f"{entry['k']}"
    rules, all_rules = run("rules"), run("rules", "--unpruned")
    yield "rules", "rules", words.number(len(rules))
    yield "findings", "rules", words.number(sum(bool(each["finding"]) for each in rules))
    yield "all rules", "rules", words.number(len(all_rules))
    yield "first rule", "rules", json.dumps(rules[:1])
    # what ``train --json`` prints
    receipt = train_receipt(release)
    total = receipt["customers"], float(receipt["revenue"])
    yield "customers", "train", words.number(total[0])
    yield "revenue", "train", words.money_sum(total[1])
    yield "all rules", "train", words.number(receipt["rules"])
    yield "rows", "train", words.number(receipt["rows"]["kept"])
    for name, customers in receipt["segments"].items():
        yield f"customers of segment {name}", "train", words.number(customers)
    for each in receipt["clusters"]:
        yield from _sizes(
            "train", "cluster", each["name"], each["customers"], each["monetary"] * each["customers"], total
        )
    for row in {0, release.count // 2, release.count - 1}:
        yield f"customer {row}", "customer", _of_customer(run("customer", "--", release.id_of(row)))


def _of_customer(told: dict[str, Any]) -> str:
    figures = words.number(told["recency"]), words.number(told["frequency"]), words.money(told["monetary"])
    return json.dumps([*figures, told["segment"], told["cluster"]["name"], words.number(told["margin"], 2)])


def _api(release: Loaded, client: FlaskClient) -> Told:
    def ask(address: str) -> Any:
        answer = client.get(f"{API}/{address}")
        assert answer.status_code == 200, answer.text
        return answer

    (entry,) = (each for each in ask("releases").json if each["id"] == release.id)
    yield "customers", "API releases", words.number(entry["customers"])
    rules: list[dict[str, Any]] = []
    total_rules = int(ask("rules?limit=1").headers["X-Total-Count"])
    while len(rules) < total_rules:
        rules += ask(f"rules?limit={_PAGE}&offset={len(rules)}").json
    yield "rules", "API rules", words.number(total_rules)
    yield "findings", "API rules", words.number(sum(bool(each["finding"]) for each in rules))
    yield "first rule", "API rules", json.dumps(rules[:1])
    unpruned = ask("rules?limit=1&unpruned=1").headers["X-Total-Count"]
    yield "all rules", "API rules", words.number(int(unpruned))
    yield from _people(release, ask)
    for row in {0, release.count // 2, release.count - 1}:
        one = client.get(f"{API}/customers/{release.id_of(row)}").json
        yield f"customer {row}", "API customer", _of_customer(one)


def _people(release: Loaded, ask: Callable[[str], Any]) -> Told:
    """Return what the API tells of segments, and what its customers add up to."""
    people: list[dict[str, Any]] = []
    while len(people) < release.count:
        people += ask(f"customers?limit={_PAGE}&offset={len(people)}").json
    total = len(people), sum(each["monetary"] for each in people)
    yield "customers", "API customers", words.number(total[0])
    yield "revenue", "API customers", words.money_sum(total[1])
    segments = ask("segments").json
    for each in segments:
        if each["customers"]:
            yield from _sizes(
                "API segments", "segment", each["name"], each["customers"], each["revenue"], total
            )
            yield f"median of {each['name']}", "API segments", words.money_sum(each["median_monetary"])
        wanted = ask(f"customers?segment={each['id']}&limit=1").headers["X-Total-Count"]
        yield f"customers of segment {each['name']}", "API count", words.number(int(wanted))
    groups: dict[str, Callable[[dict[str, Any]], str | None]] = {
        "segment": lambda each: each["segment"], "cluster": lambda each: each["cluster"]["name"]
    }  # fmt: skip
    for kind, of in groups.items():
        for name in {of(each) for each in people if of(each)}:
            spent = [each["monetary"] for each in people if of(each) == name]
            yield from _sizes("API customers", kind, str(name), len(spent), sum(spent), total)
            yield f"median of {name}", "API customers", words.money_sum(median(spent))
    states = [each["rhythm"]["state"] for each in people if each["rhythm"]]
    for state in set(states):
        wanted = ask(f"customers?rhythm={state.replace(' ', '-')}&limit=1").headers["X-Total-Count"]
        yield f"customers {state}", "API count", words.number(int(wanted))
        yield f"customers {state}", "API customers", words.number(states.count(state))
    if states:
        yield (
            "customers late",
            "API customers",
            words.number(states.count("overdue") + states.count("silent")),
        )
        yield "customers silent", "API customers", words.number(states.count("silent"))


def _tabs(release: Loaded) -> Told:
    for kind in ("segment", "cluster"):
        yield from _groups(release, kind)
    for said in sentences(release):
        figure = said.text.split(" | ")[0]
        if said.tab == "data":
            name = {"Customers": "customers", "Rows used": "rows"}.get(said.where)
            name = "revenue" if said.where.startswith("Revenue") else name
            if name:
                yield name, "Data", figure
        elif said.tab == "playbooks" and (size := _SIZE.match(said.text)):
            kind, _, wanted = said.where.partition(":")
            entries = release.segments if kind == "segment" else release.clusters
            name = next(each.name for each in entries if each.id == wanted)
            yield from _of_size("Playbooks", kind, name, size)
        elif said.where == "Overdue or silent" and not said.search.strip("?"):
            yield from _late(said)
        elif said.where == "Changed segment" and not said.search.strip("?"):
            yield "changed segment", said.tab, figure
    asked = view_at(release, "?")
    found = re.findall(
        r"[\d,]+", text_of(show_baskets(release, asked, find(release, asked.filters), None)["found"])
    )
    yield "rules", "Baskets", found[0]
    for where, name, value in _of_clusters(release):
        yield name, where, value
    for row in {0, release.count // 2, release.count - 1}:
        head = show_customer(release, [release.id_of(row)])
        figures = [text_of(head["values"][axis]) for axis in ("recency", "frequency", "monetary")]
        figures[0] = figures[0].removesuffix("s").removesuffix("day")
        cluster, margin = text_of(head["cluster"])[1:], head["margin"].split(",")[0]
        yield f"customer {row}", "page", json.dumps([*figures, text_of(head["segment"]), cluster, margin])


def _late(said: Said) -> Told:
    """Return both figures of a card: ``431 customers | …; 120 silent`` or ``431 | 120 silent, …``."""
    late, base = said.text.split(" | ")
    yield "customers late", said.tab, late.split(" ")[0]
    yield "customers silent", said.tab, base.split("; ")[-1].split(" ")[0]


def _groups(release: Loaded, kind: str) -> Told:
    told = show_segments(release, f"?group={kind}")["data"]
    entries = release.segments if kind == "segment" else release.clusters
    total = told["customers"], told["revenue"]
    yield "customers", "Segments", words.number(total[0])
    yield "revenue", "Segments", words.money_sum(total[1])
    for each, entry in zip(told["groups"], entries, strict=True):
        if each["customers"]:
            yield from _sizes("Segments", kind, entry.name, each["customers"], each["revenue"], total)
            yield f"median of {entry.name}", "Segments", words.money_sum(each["medians"]["monetary"])


_SIZE = re.compile(
    r"([\d,]+) customers?, (.+? %) of all, (?:with|bring)s? (.+? %) of the revenue, (£[\d,]+)\."
)


def _of_size(where: str, kind: str, name: str, size: re.Match[str]) -> Told:
    for what, value in zip(
        ("customers", "share of customers", "share of revenue", "revenue"), size.groups(), strict=True
    ):
        yield f"{what} of {kind} {name}", where, value


def _of_clusters(release: Loaded) -> Iterator[tuple[str, str, str]]:
    """Return what the tab Clusters says of its groups."""
    shown = plain(show_served(release))
    yield "Clusters", "customers", shown["sub"].split(" ")[0]
    yield "Clusters", "clusters", shown["sub"].split(" in ")[1].split(" ")[0]
    names = iter(release.clusters)
    for card in walk(shown["served"]):
        if card["type"] == "Section":
            for size in filter(None, map(_SIZE.match, texts(card))):
                for name, _, value in _of_size("Clusters", "cluster", next(names).name, size):
                    yield "Clusters", name, value
