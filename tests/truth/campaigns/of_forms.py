"""What Campaigns claims of an audience before it is saved."""

from __future__ import annotations

import re
from datetime import timedelta

import numpy as np

from layouts import words
from tests.truth.campaigns.audience import Audience, enough, power_of_rate
from tests.truth.campaigns.permuted import found
from tests.truth.claims import Checked, Kind, count, share, short

#: How far shares of trials that are drawn anew may be from those said: four deviations and a little.
NEAR = 0.1


def pounds(text: str) -> float:
    """Read money."""
    return float(re.sub("[£,]", "", text).replace("−", "-"))


def near(said: float, drawn: float, by: float = NEAR) -> bool:
    """Whether what was drawn anew is what was said, as far as chance allows."""
    return abs(said - drawn) <= by


def _of(text: str) -> float:
    """Read a share."""
    if text.startswith("under"):
        return 0.0
    return 1.0 if text.startswith("over") else float(text.removesuffix(" %")) / 100


def _view(audience: Audience, told: str) -> Checked:
    names = {each.id: each.name for each in audience.entries}
    yield "view", told, f"Segment {names[audience.named]}" if audience.named else "All customers"


def _sizes(audience: Audience, treated: str, every: str, held: str, out: str = "0") -> Checked:
    yield "groups", (count(treated), count(held)), audience.sizes
    yield "customers", count(every), len(audience.rows)
    yield "opted out", count(out), audience.out


def _rate(audience: Audience) -> float:
    past = audience.past()
    if past is None or not past.weight.any():
        return 0.5
    return float(np.average(past.spent > 0, weights=past.weight))


def _base(audience: Audience, people: str, bought: str, first: str, last: str, money: str) -> Checked:
    past = audience.past()
    yield "customers", count(people), int((past.weight > 0).sum())
    yield "rate", bought, share(_rate(audience))
    yield "from", first, words.date(past.start.date())
    days = [at.date() for _, at, _ in audience.facts.orders if past.start <= at < past.end]
    end = min((past.end - timedelta(seconds=1)).date(), audience.last)
    yield "until", last, words.date(end)
    yield "holds all orders", max(days, default=end) <= end, True
    yield "revenue", money, words.money(float(np.average(past.spent, weights=past.weight)))


def _no_base(audience: Audience) -> Checked:
    past = audience.past()
    yield "no period", past is None or not past.weight.any(), True


def _smallest(audience: Audience, to: str, start: str, more: str) -> Checked:
    base, rise = _rate(audience), float(more) / 100
    yield "base", start, share_1(base)
    yield "sum", abs(_of(to) - base - rise) < 0.0011, True
    yield "four in five", near(power_of_rate(base, rise, audience.sizes), 0.8, 0.06), True


def share_1(part: float) -> str:
    """Write a share with a decimal."""
    return words.share(part, 1).replace("\u00a0", " ")


def none_shows(audience: Audience, base: float) -> Checked:
    """Hold that no rise from a rate gets its verdict four times in five."""
    seen = [power_of_rate(base, rise, audience.sizes) for rise in np.linspace(0, 1 - base, 20).tolist()]
    yield "nothing shows", max(seen) < 0.84, True


def _worth(audience: Audience, people: str, revenue: str, days: str, point: str, periods: str) -> Checked:
    known = audience.worth()
    yield "customers", count(people), len(audience.rows)
    yield "days", count(days), audience.days
    if known is None:
        yield "known", revenue, None
        return
    for said, (value, low, high) in zip((revenue, point), known[:2], strict=True):
        yield "about", said, f"{short(value)} ({short(low)} to {short(high)})"
    yield "periods", count(periods), known[2]


def _no_worth(audience: Audience, people: str, days: str) -> Checked:
    yield "customers", count(people), len(audience.rows)
    yield "days", count(days), audience.days
    yield "worth", audience.worth(), None


def _smallest_money(audience: Audience, money: str) -> Checked:
    pool, size = audience.pool(), min(len(audience.rows), 1_000)
    tried = pounds(money) * (len(audience.rows) / size) ** 0.5
    drawn = (found(pool, size, audience.share, effect=tried) > 0).mean()
    yield "four in five", near(0.8, float(drawn)), True


def _trials(
    audience: Audience,
    trials: str,
    people: str,
    wrong: str,
    part: str,
    money: str,
    power: str,
    told: str = "",
) -> Checked:
    pool, size = audience.pool(), min(len(audience.rows), 1_000)
    yield "size", count(people), size
    yield "share", part, share_1(count(wrong) / count(trials))
    drawn = (found(pool, size, audience.share) != 0).mean()
    yield "wrong", near(count(wrong) / count(trials), float(drawn), 0.045), True
    drawn = (found(pool, size, audience.share, effect=pounds(money)) > 0).mean()
    yield "found", near(_of(power), float(drawn)), True
    of_buyer = float((pool.chance * pool.spent).sum() / pool.chance[pool.spent > 0].sum())
    ordering = pounds(money) / of_buyer
    yield "by orders", bool(told), ordering < 1
    if told:
        drawn = (found(pool, size, audience.share, ordering=ordering) > 0).mean()
        yield "found by orders", near(_of(told), float(drawn)), True


def _no_trials(audience: Audience, _trials: str, people: str) -> Checked:
    size = min(len(audience.rows), 1_000)
    yield "size", count(people), size
    random = np.random.default_rng(3)
    pool, bad = audience.pool(), 0
    for _ in range(400):
        paid = pool.spent[random.choice(len(pool.spent), size, p=pool.chance)] > 0
        held = random.random(size) < audience.share
        sizes = int((~held).sum()), int(held.sum())
        bad += not min(sizes) or not enough(
            (int(paid[~held].sum()), int(paid[held].sum())), sizes, rate=False
        )
    yield "often too few", bad / 400 > 0.15, True


FORMS = [
    Kind("campaigns", *each)
    for each in (
        ("view", "{t}", _view),
        ("form", "{n} of {n} customer(s) would get the campaign; {n} would be held out.", _sizes),
        ("form", "{n} of {n} customer(s) would get the campaign; {n} would be held out. {n} opted out and "
                 "{t} excluded.",
         lambda a, *t: _sizes(a, *t[:4])),
        ("form", "Of {n} customer(s) in the same segments earlier, {p} bought between {t} and {t}, for {m} "
                 "per "
                 "customer (segments weighted as in this audience).", _base),
        ("form", "This release has no earlier month of such customers, {t}", lambda a, _: _no_base(a)),
        ("form", "Smallest effect that would show (in four out of five campaigns): a purchase rate of {p} "
                 "instead "
                 "of {p}, {d} points more. A smaller effect would usually be missed.", _smallest),
        ("form", "Groups this small cannot show any effect, {t}", lambda a, _: none_shows(a, _rate(a))),
        ("worth", "What is it worth?", lambda _: iter(())),
        ("worth", "Without a campaign these {n} customers can be expected to spend about {t} in {n} days. "
                  "Each "
                  "percentage point more buyers in the campaign group is worth about {t}. The ranges (95 "
                  "%) are "
                  "based on how much such customers’ spend changed over the last {n} periods of that length.",
                   _worth),
        ("worth", "What these {n} customers would spend anyway is not known: too few earlier periods of "
                  "{n} days "
                  "are known for such customers, or {t}", lambda a, *t: _no_worth(a, *t[:2])),
        ("worth", "What this {n} customer would spend anyway is not known: too few earlier periods of {n} "
                  "days "
                  "are known for such customers, or {t}", lambda a, *t: _no_worth(a, *t[:2])),
        ("worth", "Smallest effect on revenue that would show (in four out of five campaigns): every "
                  "customer in "
                  "the campaign group spends {m} more.", _smallest_money),
        *(("worth", "In {n} trials on your own past customers (audiences of {n} customer(s)) in which the "
                    "campaign "
                    "changed nothing, the verdict on revenue still saw an effect in {n} ({p}). When every "
                    "customer "
                    "in the campaign group spent {m} more, it was found in {p} of the same number of trials"
                    + more, _trials)
          for more in (".", "; when the same amount came from extra orders by a few customers, in {p}.")),
        ("worth", "In {n} trials on your own past customers, audiences of {n} customer(s) often had too few "
                  "customers or buyers for a verdict on revenue. {t}", lambda a, *t: _no_trials(a, *t[:2])),
    )
]  # fmt: skip
