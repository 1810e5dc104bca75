"""Verdicts of campaigns and what an audience is worth, tried on customers whose later spend is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.evidence.shares import percent
from services.campaigns.past import last_period, narrows, periods, spent_before
from services.campaigns.trying import USUAL_DAYS, tried
from services.core.campaigns.effects import FEWEST_CUSTOMERS
from services.core.campaigns.expecting import FEWEST_CHANGES, expected
from services.core.campaigns.trials import Pool, simulate
from services.serving.release.loaded import Loaded
from services.training.options import TrainOptions
from services.training.run import train

SIZES, SHARES, DRAWS = (300, 1_000, 3_000), (0.1, 0.2, 0.5), 500


def section(file: Path, folder: Path) -> str:
    """Try campaigns of three sizes and three holdouts on a file of transactions, and past expectations."""
    models = folder / "campaigns"
    release = Loaded(models, train(file, models, TrainOptions()).id)
    rows = [
        "| customers | held out | false verdicts | coverage | smallest effect | power | by orders |",
        "|---|---|---|---|---|---|---|",
        *(_row(release, size, share) for size in SIZES for share in SHARES),
    ]
    return "\n\n".join(["## Campaigns", _CLAIM, "\n".join(rows), _narrower(release), _expectations(release)])


_CLAIM = (
    "Of campaigns without effect, the verdict on revenue sees one in twenty; 95 of 100 intervals hold the "
    "true difference; four of five campaigns with the smallest effect announced are seen to work. "
    f"{DRAWS} audiences of past customers each, with four holdouts drawn as the product draws them, were "
    f"judged by the product’s test, with fewer permutations, on their spend in the {USUAL_DAYS} days after a "
    "past cut. The power is that of four times as many others, in which every treated customer spends that "
    "much more, and beside it that of as much money from further orders of a few."
)


def _row(release: Loaded, size: int, share: float) -> str:
    found = tried(release, size, share, DRAWS)
    figures = (found.false_verdicts, found.coverage, found.power, found.power_by_orders)
    wrong, coverage, power, orders = ("–" if each is None else percent(each) for each in figures)
    smallest = "–" if found.smallest_effect is None else f"{found.smallest_effect:.2f}"
    return f"| {size:,} | {percent(share, 0)} | {wrong} | {coverage} | {smallest} | {power} | {orders} |"


def _narrower(release: Loaded) -> str:
    past = last_period(release, USUAL_DAYS)
    if past is None:
        return "There is no earlier month, so nothing can be said of spend before the start."
    before = spent_before(release, past)
    everybody = np.full(len(past.rows), 1 / len(past.rows))
    wide, narrow = (
        simulate(Pool(past.spent, before, everybody, adjust), 1_000, 0.2, 100).width or 0.0
        for adjust in (False, True)
    )
    used = "is" if narrows(past, before) else "is not"
    return (
        f"Allowing for spend before the start makes the interval of 1,000 customers with 20 % held out "
        f"{narrow:.2f} wide instead of {wide:.2f}, so it {used} done."
    )


def _expectations(release: Loaded) -> str:
    """Count how many expectations of a segment's next period held, each made from those before it."""
    known = periods(release, USUAL_DAYS)
    held = []
    for segment in range(-1, len(release.segments)):
        means, spreads, sizes = [], [], []
        for past in known:
            spent = past.spent[past.segment == segment] if segment >= 0 else past.spent
            if len(spent) >= FEWEST_CUSTOMERS and spent.any():
                means.append(float(spent.mean()))
                spreads.append(float(spent.std()) / means[-1])
                sizes.append(len(spent))
        for place in range(FEWEST_CHANGES + 1, len(means)):
            found = expected(means[:place], spreads[place - 1] / sizes[place] ** 0.5)
            if found is not None:
                held.append(found.low <= means[place] <= found.high)
    return (
        f"What an audience would spend anyway: of {len(held)} expectations of all customers and of each "
        f"segment, made from the periods before, {sum(held)} ranges held what was spent next."
    )
