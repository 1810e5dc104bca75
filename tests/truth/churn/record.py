"""What Churn claims of earlier days: how its chances did, counted anew from the orders."""

from __future__ import annotations

from datetime import date, timedelta

from layouts import words
from tests.truth.churn.facts import ChurnFacts
from tests.truth.claims import Checked, Kind, count, share


def _text(written: str) -> str:
    return written.replace("\u00a0", " ")


def _day(day: date | str) -> str:
    return words.date(day if isinstance(day, str) else day.isoformat())


def _sub(facts: ChurnFacts, days: str, seen: str, until: str, release: str, preset: str) -> Checked:
    last = max(at.date() for _, at, _ in facts.orders)
    told = date.fromisoformat(facts.told.seen)
    yield "knows all orders", told >= last, True
    yield "days", (int(days), seen, until), (90, _day(told), _day(told + timedelta(days=90)))
    manifest = facts.release.manifest
    yield "of", (release, preset), (manifest.id, manifest.preset)


def _counted(facts: ChurnFacts) -> list[tuple[int, int]]:
    found = [facts.happened(date.fromisoformat(each.day)) for each in facts.told.cuts]
    return found if facts.exact else [(each.customers, each.left) for each in facts.told.cuts]


def _mean(facts: ChurnFacts) -> tuple[str, str]:
    """The share predicted and the share that left over all earlier days."""
    held, cuts = _counted(facts), facts.told.cuts
    people = sum(of for of, _ in held)
    predicted = sum(each.predicted * of for each, (of, _) in zip(cuts, held, strict=True))
    return share(predicted, people), share(sum(left for _, left in held), people)


def _bands(facts: ChurnFacts, predicted: str, happened: str, off: str, bands: str) -> Checked:
    yield "means", (predicted, happened), _mean(facts)
    held = [each for each in facts.told.bands if each.customers]
    far = [each for each in held if abs(each.left / each.customers - each.predicted) > 0.05]
    yield "off", off, words.small(len(far)) if far else "no"
    yield "bands", bands, words.small(len(held))


def _scores(facts: ChurnFacts, scores: str, days: str) -> Checked:
    yield "scores", count(scores), sum(of for of, _ in _counted(facts))
    yield "days", days, words.listing([_day(each.day) for each in facts.told.cuts])


def _worst(facts: ChurnFacts, points: str) -> Checked:
    off = [
        abs(100 * (left / of - each.predicted))
        for each, (of, left) in zip(facts.told.cuts, _counted(facts), strict=True)
    ]
    yield "worst", points, words.number(max(off), 1)


def _last(facts: ChurnFacts, day: str, brier: str, base: str, slope: str) -> Checked:
    cut, (of, left) = facts.told.cuts[-1], _counted(facts)[-1]
    yield "day", day, _day(cut.day)
    yield "brier", (brier, slope), (words.number(cut.brier, 3), _text(words.number(cut.slope, 2)))
    yield "base", base, words.number(left / of * (1 - left / of), 3)
    served = next(each for each in cut.scores if each.model == facts.told.served)
    yield "of the served model", round(served.brier - cut.brier, 12), 0.0


def _served(facts: ChurnFacts, name: str, day: str) -> Checked:
    names = {each.id: each.name for each in facts.told.models}
    yield "served", name, names[facts.told.served]
    yield "day", day, _day(facts.told.cuts[-1].day)


def _cut_row(facts: ChurnFacts, row: str) -> Checked:
    day, people, predicted, happened, _, auc = row.split(" | ")
    cut = next(each for each in facts.told.cuts if words.date_short(each.day) == day)
    of, left = _counted(facts)[facts.told.cuts.index(cut)]
    yield "people", count(people), of
    yield "shares", (predicted, happened), tuple(_text(words.share(x, 1)) for x in (cut.predicted, left / of))
    served = next(each.auc for each in cut.scores if each.model == facts.told.served)
    yield "auc", auc, words.number(served, 3)


def _band_row(facts: ChurnFacts, row: str) -> Checked:
    low, *_ = row.split("–")
    band = next(each for each in facts.told.bands if each.begin == int(low))
    _, scores, predicted, happened, _ = row.split(" | ")
    yield "scores", count(scores), band.customers
    told = (band.predicted, band.left / band.customers)
    yield "shares", (predicted, happened), tuple(_text(words.share(each, 1)) for each in told)


def _record(facts: ChurnFacts, off: str, left: str, predicted: str) -> Checked:
    yield "means", (predicted, left), _mean(facts)
    held, cuts = _counted(facts), facts.told.cuts
    people = sum(of for of, _ in held)
    mean = sum(each.predicted * of for each, (of, _) in zip(cuts, held, strict=True)) / people
    yield "off", off, words.number(abs(100 * (sum(left for _, left in held) / people - mean)), 1)


def _flagged(facts: ChurnFacts, percent: str, day: str, people: str, left: str, missed: str) -> Checked:
    at = facts.told.thresholds[facts.threshold or 0]
    yield "threshold", (percent, day), (share((facts.threshold or 0) / 100), _day(facts.told.cuts[-1].day))
    yield "flagged", (count(people), count(left)), (at.customers, at.left)
    yield "missed", count(missed), _counted(facts)[-1][1] - at.left


def _confusion(facts: ChurnFacts, row: str) -> Checked:
    head, left, stayed = row.split(" | ")
    at, (of, all_left) = facts.told.thresholds[facts.threshold or 0], _counted(facts)[-1]
    flagged = (at.left, at.customers - at.left)
    rest = (all_left - at.left, of - all_left - flagged[1])
    yield "row", (count(left), count(stayed)), rest if head.startswith("under") else flagged


RECORD = [
    Kind("churn", *each)
    for each in (
        ("sub", "Who may not order in the {n} days after {t}, until {t}. Release {t}, preset {t}.", _sub),
        ("calibration_finding", "Predicted {p} on average, happened {p}; {v} of {v} bands were off by "
         "more than 5 points.", _bands),
        ("calibration_finding", "Predicted {p} on average, happened {p}; {v} of {v} bands was off by "
         "more than 5 points.", _bands),
        ("calibration_note", "{n} scores of customers at the end of {t}, each made only with what was "
         "known then.{u}", _scores),
        ("cuts_finding", "The mean prediction was off by up to {d} points.", _worst),
        ("cuts_note", "On {t} the Brier score was {t} (lower is better; giving everybody the same "
         "chance: {t}) and the slope of the calibration line {t} (1 is right; below it the chances are too "
         "extreme).", _last),
        ("models_finding", "{t} is in use. Scores are of {t}.", _served),
        ("cuts: row", "{t}", _cut_row),
        ("calibration_table: row", "{t}", _band_row),
        (r"Record, \d+ earlier days?", "{x} points off | {p} did not order, {p} predicted", _record),
        ("confusion", "With a threshold of {p} on {t}, {n} customer(s) would have been contacted, of "
         "whom {n} did not order; {n} who did not order would have been missed.", _flagged),
        ("confusion: row", "{t}", _confusion),
    )
]  # fmt: skip
