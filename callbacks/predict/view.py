"""From an address to the numbers and words of an answer; the browser builds the page from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from layouts import words
from layouts.customers.words import UNITS
from layouts.parts import borders, caution, refusal
from layouts.plain import plain
from layouts.predict import answer as view
from layouts.predict import findings
from layouts.predict import words as said
from services.core.language.messages import _, plural
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.core.text.numbers_plain import plain_text
from services.core.vocabulary import AXES, Axis
from services.serving.predictions.predict import linked_value, typed_value
from services.serving.predictions.rows_answers import MOST_BYTES, MOST_ROWS
from services.serving.predictions.what_if import Answer, answer, person, tracks

if TYPE_CHECKING:
    from services.core.text.numbers_typed import Notation
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]

LONGEST_SEARCH = 20_000
LONGEST_SHOWN = 64


def show(release: Loaded, search: Any, unnamed: bool = False) -> Shown:
    """Return the form and the answer for an address, or what stands in the answer's place.

    Parameters
    ----------
    release : Loaded
    search : object
        The address's query: ``recency``, ``frequency``, ``monetary`` by
        ``services.core.text.numbers_plain``, and ``customer`` whose values fill in for those left out.

    unnamed : bool
        Whether a customer was to be started from, and none was named.

    Returns
    -------
    dict
        ``state``: components in the answer's place; empty when there is an answer. ``data``: the texts of
        the fields and their values, what was refused, tracks, and the answer or None.
    """
    asked, customer = _question(search)
    customer = "" if unnamed else customer
    row = release.row_of(customer) if customer else None
    if not asked and row is None:
        return _form(release, {}, _medians(release), {}, customer, asked=False)
    texts = asked if row is not None else dict.fromkeys(AXES, "") | asked
    values, errors = _read(texts, linked_value)
    own = person(release, row).values if row is not None else {}
    return _form(release, texts, {**own, **values}, errors, customer)


def ask(release: Loaded, search: Any, typed: Any) -> tuple[str | None, Shown]:
    """Return the address and the answer for what stands in the fields.

    Parameters
    ----------
    release : Loaded
    search : object
        The address's query; the customer it starts from stays.
    typed : object
        The texts of the three fields, by ``services.core.text.numbers_typed``.

    Returns
    -------
    search : str or None
        The query of the same question; None where a text was refused, beside its field.
    shown : dict
        As :func:`show` returns it.
    """
    customer = _question(search)[1]
    customer = customer if customer and release.row_of(customer) is not None else None
    given = typed if isinstance(typed, list) and len(typed) == len(AXES) else [""] * len(AXES)
    texts = {
        axis: text[:LONGEST_SHOWN] if isinstance(text, str) else ""
        for axis, text in zip(AXES, given, strict=True)
    }
    values, errors = _read(texts, typed_value)
    shown = _form(release, texts, values, errors, customer)
    if errors:
        return None, shown
    named = {"customer": customer} if customer else {}
    return query_with({axis: plain_text(values[axis]) for axis in AXES} | named, search), shown


def query_with(asked: Mapping[str, str], search: Any) -> str:
    """Return an address's query that asks for these; the release that another asks for is kept."""
    release = query_of(str(search or "")[:LONGEST_SEARCH]).get("release", [""])[-1]
    query = urlencode([*asked.items(), *([("release", release)] if release else [])])
    return f"?{query}" if query else ""


def _form(
    release: Loaded,
    texts: Mapping[Axis, str],
    values: dict[Axis, float],
    errors: dict[Axis, str],
    customer: str | None,
    *,
    asked: bool = True,
) -> Shown:
    """Return the form: its fields show values so that they can be typed, and refused texts as they came."""
    row = release.row_of(customer) if customer else None
    unknown = None
    if customer is not None and row is None:
        named = customer.strip()[:LONGEST_SHOWN]
        if named:
            unknown = _("No customer {customer} in this release.", customer=named)
        else:
            unknown = _("Type the ID of a customer.")
    state = None if asked else view.nobody() if unknown else view.before()
    found = answer(release, values, row) if asked and not errors else None
    if asked and not found:
        state = view.refused()
    painted = found.tracks if found else tracks(release, values) if not errors else None
    start = person(release, row) if row is not None else None
    written = words.written()
    data = {
        "texts": [texts[axis] if axis in errors else written.write(values[axis]) for axis in AXES],
        "values": [values.get(axis) for axis in AXES],
        "refused": [axis in errors for axis in AXES],
        "errors": _lines(release, values, errors),
        "customer_refused": unknown is not None,
        "customer_error": plain(refusal(unknown)),
        "started": plain(
            view.started(start.customer_id if start else None, start is not None and start.values != values)
        ),
        "tracks": _painted(painted) if painted else None,
        "answer": _answer(release, found, start.customer_id if start else None) if found else None,
    }
    return {"state": plain([state] if state else []), "data": data}


def starts_from(release: Loaded, search: Any) -> list[str]:
    """Return the id of the customer whose values an address starts from, as typed where nobody has it."""
    customer = (_question(search)[1] or "").strip()
    row = release.row_of(customer) if customer else None
    return [customer if row is None else release.id_of(row)] if customer else []


def slide(release: Loaded, typed: Any) -> Shown | None:
    """Return the values of what stands in the fields, and their tracks where all three can be read.

    Parameters
    ----------
    release : Loaded
    typed : object
        The texts of the three fields.
    """
    if not isinstance(typed, list) or len(typed) != len(AXES):
        return None
    values, errors = _read(dict(zip(AXES, typed, strict=True)), typed_value)
    return {
        "texts": typed,
        "values": [values.get(axis) for axis in AXES],
        "tracks": None if errors else _painted(tracks(release, values)),
    }


def parts(release: Loaded) -> Shown:
    """Return what the form says of its release, and the parts from which the browser builds answers."""
    axes, unit, written = release.overview.axes, _unit(release), words.written()
    columns = _(
        "Columns {recency}, {frequency} and {spend}.", recency="recency", frequency=unit, spend="spend"
    )
    most = plural("Up to {n} row.", "Up to {n} rows.", MOST_ROWS, n=words.number(MOST_ROWS))
    return {
        "sub": _(
            "Segment and cluster of a customer with these values. Data to {day}; nothing is stored.",
            day=words.date(release.manifest.data_to),
        ),
        "labels": {"recency": _("Recency"), "frequency": UNITS[unit](), "monetary": _("Spend")},
        "hints": {axis: said.hint(axis, axes[axis]) for axis in AXES},
        "units": {"recency": _("days"), "frequency": said.COUNTED[unit]()},
        "rows_hint": f"{columns} {most}",
        "parts": {
            "unit": unit,
            "limits": {"bytes": MOST_BYTES},
            "written": [written.decimal, written.group, written.higher],
            "ends": [[axes[axis].min, axes[axis].max] for axis in AXES],
            "segments": view.clusters_as_segments(release.clusters)
            if release.preset.segments.kind == "clusters"
            else view.segments(release.segments),
            "clusters": view.clusters(release.clusters),
        },
    }


def _question(search: Any) -> tuple[dict[Axis, str], str | None]:
    """Return the values an address asks for, by axis, and the customer it starts from."""
    if not isinstance(search, str):
        return {}, None
    query = query_of(search[:LONGEST_SEARCH])
    # values that contradict each other are refused beside their field, as the one text that they are not
    asked = {name: ", ".join(dict.fromkeys(values)) for name, values in query.items()}
    return {axis: asked[axis] for axis in AXES if axis in asked}, asked.get("customer")


def _read(
    texts: Mapping[Axis, Any], read: Callable[[Axis, Any, Notation], float]
) -> tuple[dict[Axis, float], dict[Axis, str]]:
    """Return the values that can be read, and a sentence for each of the others."""
    values: dict[Axis, float] = {}
    errors: dict[Axis, str] = {}
    for axis, text in texts.items():
        try:
            values[axis] = read(axis, text, words.written())
        except Refusal as refused:
            errors[axis] = str(refused)
    return values, errors


def _lines(release: Loaded, values: dict[Axis, float], errors: dict[Axis, str]) -> list[Any]:
    """Return the line below each field: what it takes, or that its value makes the answer a guess."""
    if errors:
        return [plain(refusal(errors.get(axis))) for axis in AXES]
    axes = release.overview.axes
    return [plain(caution(said.beyond(axis, values[axis], axes[axis]))) for axis in AXES]


def _medians(release: Loaded) -> dict[Axis, float]:
    """Return the medians of all customers, which is where the form begins; days and orders are whole."""
    axes = release.overview.axes
    return {axis: round(axes[axis].median, 2 * (axis == "monetary")) for axis in AXES}


def _painted(found: dict[Axis, Any]) -> list[Any]:
    return [[[part.first, part.last, part.segment] for part in found[axis]] for axis in AXES]


def _answer(release: Loaded, found: Answer, start: str | None) -> Shown:
    prediction, unit, scoring = found.prediction, _unit(release), release.overview.scoring
    names = [segment.name for segment in release.segments]
    ranked = sorted(enumerate(prediction.distances), key=lambda pair: pair[1])
    return {
        "segment": found.segment,
        "score": said.score(prediction, scoring.best if scoring else None),
        "sentence": said.sentence(found, release.preset.segments.kind, scoring, names, unit),
        "cluster": found.cluster,
        "margin": said.margin(prediction, len(ranked)),
        "inside": said.inside(prediction.in_range),
        "fine": all(prediction.in_range.values()),
        "changes_finding": findings.changes_finding(found.changes),
        "changes": [
            [AXES.index(change.axis), change.direction, change.value, change.segment]
            for change in found.changes
        ],
        "distances_finding": findings.distances_finding(
            [release.clusters[cluster].name for cluster, _far in ranked[:2]],
            [distance for _place, distance in ranked[:2]],
        ),
        "distances": ranked,
        "notes": borders.notes(
            prediction.margin, prediction.second.name if len(ranked) > 1 else None, found.far, unit
        ),
        "crossings": borders.crossings(found.crossings, len(ranked), unit),
        "people_finding": findings.people_finding(found, names, start),
        "people": [
            [each.customer_id, each.segment, each.cluster, *each.values.values(), each.distance]
            for each in found.people
        ],
    }


def _unit(release: Loaded) -> str:
    return release.overview.axes["frequency"].unit
