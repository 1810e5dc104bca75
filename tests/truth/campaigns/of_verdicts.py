"""What Campaigns claims of a campaign that has been: planned, running or ended."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import numpy as np

from layouts import words
from tests.truth.campaigns.audience import (
    Audience,
    Period,
    Trial,
    cut,
    enough,
    narrows,
    newcombe,
    power_of_rate,
)
from tests.truth.campaigns.of_forms import near, none_shows, pounds, share_1
from tests.truth.campaigns.permuted import found, more_extreme
from tests.truth.claims import Checked, Kind, count

DAY = timedelta(days=1)


def _groups(audience: Audience) -> tuple[tuple[int, int], tuple[int, int], tuple[float, float]]:
    """Return buyers, customers and revenue of the campaign group and the holdout."""
    spent = audience.spent(audience.starts, audience.ends + DAY)
    sides = [
        [row in spent and spent[row] for row in audience.rows[part].tolist()]
        for part in (~audience.held, audience.held)
    ]
    buyers = tuple(sum(each is not False for each in side) for side in sides)
    revenue = tuple(sum(float(each) for each in side) for side in sides)
    return buyers, audience.sizes, revenue


def _compared(audience: Audience) -> tuple[str, str, tuple[float, float, float]]:
    buyers, sizes, _ = _groups(audience)
    difference, low, high = newcombe(buyers, sizes)
    rates = [share_1(count_ / size) for count_, size in zip(buyers, sizes, strict=True)]
    told = f"{rates[0]} of the campaign group bought, {rates[1]} of the holdout"
    figures = f"{words.change(100 * difference, 1)} points (95 % interval {words.change(100 * low, 1)} to "
    return told, f"{figures}{words.change(100 * high, 1)})", (difference, low, high)


def _stage(audience: Audience) -> str:
    return (
        "Planned"
        if audience.last < audience.starts
        else "Done"
        if audience.last >= audience.ends
        else "Running"
    )


def _verdict(audience: Audience) -> str:
    """Return the verdict on the purchase rate."""
    buyers, sizes, _ = _groups(audience)
    _, low, high = _compared(audience)[2]
    if not enough(buyers, sizes, rate=True):
        return "too few"
    return "worked" if low > 0 else "harm" if high < 0 else "cannot tell"


def _so_far(audience: Audience, told: str) -> Checked:
    rates, figures, _ = _compared(audience)
    few = _verdict(audience) == "too few"
    yield "rates", told, rates if few else f"{rates}; difference {figures}"
    yield "stage", _stage(audience), "Running"


def _cannot_tell(audience: Audience, told: str, least: str) -> Checked:
    rates, figures, _ = _compared(audience)
    yield "rates", told, f"{rates}; difference {figures}"
    yield "verdict", (_stage(audience), _verdict(audience)), ("Done", "cannot tell")
    buyers, sizes, _ = _groups(audience)
    base = buyers[1] / sizes[1]
    if match := re.fullmatch(r"With groups like these we could only detect ([\d.]+) points or more\.", least):
        yield "four in five", near(power_of_rate(base, float(match[1]) / 100, sizes), 0.8, 0.06), True
    else:
        yield "least", least, "No increase could be detected with groups like these."
        yield from none_shows(audience, base)


def _judged(said: str):
    def check(audience: Audience, told: str) -> Checked:
        rates, figures, _ = _compared(audience)
        yield "rates", told, rates if said == "too few" else f"{rates}; difference {figures}"
        yield "verdict", (_stage(audience), _verdict(audience)), ("Done", said)

    return check


def _nothing_yet(audience: Audience, last: str) -> Checked:
    yield "stage", _stage(audience), "Planned"
    yield "last day", last, words.date(audience.last)


def _in_short(audience: Audience, told: str) -> Checked:
    stage = _stage(audience)
    if stage == "Planned":
        yield "in short", told, "– | –"
        return
    _, _, (difference, low, high) = _compared(audience)
    verdict = _verdict(audience)
    said = {"worked": "Worked", "harm": "Harmed", "cannot tell": "Cannot tell", "too few": "Too few"}[verdict]
    middle, least, most = (words.change(100 * each, 1) for each in (difference, low, high))
    figures = "–" if verdict == "too few" else f"{middle} points ({least} to {most})"
    yield "in short", told, f"{'Too early' if stage == 'Running' else said} | {figures}"


def _judging(audience: Audience) -> tuple[np.ndarray, float, int, np.ndarray | None, Trial]:
    """Return what counts, the cut, who is above it, the spend before where it is allowed for, and a pool."""
    spent = audience.spent(audience.starts, audience.ends + DAY)
    paid = np.array([spent.get(row, 0.0) for row in audience.rows.tolist()])
    earlier = audience.spent(datetime.min, audience.starts)
    before = np.array([earlier.get(row, 0.0) for row in audience.rows.tolist()])
    past = _everybody(audience)
    adjust = past is not None and narrows(past)
    counts, most = cut(paid)
    pool = Trial(paid, before, np.full(len(paid), 1 / len(paid)), adjust)
    return counts, most, int((paid > most).sum()), before if adjust else None, pool


def _everybody(audience: Audience) -> Period | None:
    return audience.past(datetime.combine(audience.starts, datetime.min.time()))


def _revenue(audience: Audience, said: str):
    counts, _, _, before, _ = _judging(audience)
    difference, low, high = (pounds(each.replace("+", "")) for each in re.findall(r"[+−]?£[\d,.]+", said)[:3])
    known = [np.ones(len(counts)), (~audience.held).astype(float)]
    if before is not None:
        known.append(np.sqrt(before))
    slope = np.linalg.lstsq(np.stack(known, axis=1), counts, rcond=None)[0][1]
    yield "difference", f"{difference:.2f}", f"{slope:.2f}"
    for end, side in ((low, 0), (high, 1)):
        held = audience.held[:, None]
        less = (counts - end * ~audience.held)[:, None]
        chance = more_extreme(
            less, held, audience.share, before[:, None] if before is not None else None, 4_000
        )
        yield "end of the interval", near(0.025, float(chance[side][0]), 0.012), True


def _revenue_unsure(audience: Audience, told: str, least: str) -> Checked:
    yield from _revenue(audience, told)
    low, high = (pounds(each.replace("+", "")) for each in re.findall(r"[+−]?£[\d,.]+", told)[1:3])
    yield "holds nothing", low <= 0 <= high, True
    if match := re.fullmatch(r"With groups like these we could only detect (£[\d,.]+) or more\.", least):
        pool, size = _judging(audience)[4], len(audience.rows)
        drawn = (found(pool, size, audience.share, effect=pounds(match[1])) > 0).mean()
        yield "four in five", near(0.8, float(drawn)), True
    else:
        yield "least", least, "Groups this small cannot show any difference."


def _revenue_sure(way: int):
    def check(audience: Audience, told: str) -> Checked:
        yield from _revenue(audience, told)
        low, high = (pounds(each.replace("+", "")) for each in re.findall(r"[+−]?£[\d,.]+", told)[1:3])
        yield "way", low > 0 if way > 0 else high < 0, True

    return check


def _revenue_too_few(audience: Audience) -> Checked:
    buyers, sizes, _ = _groups(audience)
    yield "too few", enough(buyers, sizes, rate=False), False


def _counting(audience: Audience, who: str, over: str, as_: str, rest: str = "") -> Checked:
    _, most, above, before, _ = _judging(audience)
    yield "above", count(who), above
    yield "cut", (over, as_), (words.money(most), words.money(most))
    yield "allows", bool(rest), before is not None


def _allows(audience: Audience) -> Checked:
    _, _, above, before, _ = _judging(audience)
    yield "allows", before is not None, True
    yield "nobody above", above, 0


def _gone(_audience: Audience, people: str) -> Checked:
    yield "gone", count(people), 1  # as campaigns_rendered.campaign makes it up


def _data_to(audience: Audience, stage: str, last: str) -> Checked:
    yield "stage", stage, _stage(audience)
    yield "last day", last, words.date(audience.last)


def _table(audience: Audience, told: str) -> Checked:
    buyers, sizes, revenue = _groups(audience)
    for row, many, size, money in zip(json.loads(told), buyers, sizes, revenue, strict=True):
        rate, total, each = share_1(many / size), words.money_sum(money), words.money(money / size)
        yield "group", row[1:], [words.number(size), words.number(many), rate, total, each]


def _facts(audience: Audience, told: str) -> Checked:
    facts, (treated, held) = json.loads(told), audience.sizes
    first, last = (words.date_short(each) for each in (audience.starts, audience.ends))
    yield "period", facts["Period"], f"{first} – {last}"
    yield (
        "customers",
        facts["Customers"],
        f"{words.number(treated + 1)} in the campaign group, {held:,} held out",
    )


def _file(audience: Audience, people: str, out: str = "0") -> Checked:
    yield "treated", count(people), audience.sizes[0] - count(out)


_FIGURES = "revenue per customer, campaign minus holdout, {t}"
VERDICTS = [
    Kind("campaigns", *each)
    for each in (
        ("verdict", "So far {t}. The verdict is given after the last day; {t}",
         lambda a, t, _: _so_far(a, t)),
        ("verdict", "Cannot tell: " + _FIGURES + ", which could be chance alone. {t}", _revenue_unsure),
        ("verdict", "The campaign worked: " + _FIGURES + ".", _revenue_sure(1)),
        ("verdict", "The campaign did harm: " + _FIGURES + ".", _revenue_sure(-1)),
        ("verdict", "Cannot tell: {t}, which could be chance alone. {t}", _cannot_tell),
        ("verdict", "Cannot tell, too few customers or buyers: {t}.", _judged("too few")),
        ("verdict", "The campaign worked: {t}.", _judged("worked")),
        ("verdict", "The campaign did harm: {t}.", _judged("harm")),
        ("verdict", "Nothing to compare yet: the data ends on {t}, before the first day.", _nothing_yet),
        ("verdict", "Cannot tell: one of the groups has fewer than two customers in this release, {t}",
         lambda a, _: iter([("few", min(a.sizes) < 2, True)])),
        ("verdict", "Revenue per customer: cannot tell, too few customers or buyers.", _revenue_too_few),
        ("verdict", "{n} customer(s) who spent more than {m} {t} as {m}, so that a few large orders do not "
                    "decide "
                    "the result.", lambda a, n, m, _, o: _counting(a, n, m, o)),
        ("verdict", "{n} customer(s) who spent more than {m} {t} as {m}, so that a few large orders do not "
                    "decide "
                    "the result. The result allows for {t}",
                     lambda a, n, m, _, o, r: _counting(a, n, m, o, r)),
        ("verdict", "The result allows for {t}", lambda a, _: _allows(a)),
        ("verdict", "{n} customer(s) of the audience {t} not in this release and {t} excluded here.",
         lambda a, n, *_: _gone(a, n)),
        ("verdict", "{t}; data up to {t}. What is meant by verdict and interval.", _data_to),
        ("groups", "{t}", _table),
        ("facts", "{t}", _facts),
        ("state", "{t}", lambda a, t: iter([("state", t, _stage(a))])),
        ("in short", "{t}", _in_short),
        ("file", "{n} customer(s) who get{t}the campaign; the holdout is not included.",
         lambda a, n, _: _file(a, n)),
        ("file without one", "{n} customer(s) who get{t}the campaign; the holdout is not included. {n} "
                             "opted out and "
                             "is excluded.", lambda a, n, _, o: _file(a, n, o)),
    )
]  # fmt: skip
