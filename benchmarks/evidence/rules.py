"""Rules between products: whether chance makes findings, and whether strong rules stay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.evidence.shares import percent
from benchmarks.evidence.swapping import swapped
from services.core import presets
from services.core.rules.chance import Chance
from services.releases.reading import open_release
from services.training.ledger.transactions import Ledger, read_ledger
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.rules.bits import counts_of
from services.training.rules.held_back import held_back, moments_of
from services.training.rules.mining import Mined, mine
from services.training.rules.scope_baskets import Scope, ScopeBaskets, baskets_of
from services.training.run import train

DRAWS = 20
SUPPORTS = (0.01, 0.005)
STRONG = 5
SEED = 20111209


def section(file: Path, folder: Path) -> str:
    """Shuffle the ledger, and mine what comes out as the ledger itself is mined."""
    scratch = folder / "ledger"
    scratch.mkdir()
    options, progress = TrainOptions(), Progress()
    now = datetime.now(UTC)
    ledger = read_ledger([file], presets.load(options.preset), options, scratch, progress, None, now)
    real = whole(ledger)
    moments = moments_of(ledger)
    later = held_back(moments)
    late = np.zeros(len(moments), bool) if later is None else moments >= later.first
    draws = np.random.default_rng(SEED)
    shuffled = swapped(real.whole, draws, 20)
    found: dict[float, list[Mined]] = {support: [] for support in SUPPORTS}
    met = []
    frequent = pairs(mine(real, min_support=SUPPORTS[-1]))
    for _ in range(DRAWS):
        shuffled = swapped(shuffled, draws, 5)
        met.append(counts_of(shuffled, frequent))
        given = ScopeBaskets(shuffled, shuffled[~late], shuffled[late], real.owners)
        for support in SUPPORTS:
            found[support].append(mine(given, min_support=support))
    lines = [
        "## Rules between products",
        "",
        f"{DRAWS} shuffled ledgers: what {real.whole.shape[0]:,} baskets hold is dealt out anew by curveball "
        "trades; how many products each holds and how popular each product is stay. Nothing in them is more "
        f"than chance. Pairs are counted once, both directions together; strong is a lift over {STRONG}.",
        "",
        "| Support | Pairs of chance | Median lift | Findings | Held up | Strong rules, real | Findings |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(_line(support, found[support], mine(real, min_support=support)) for support in SUPPORTS),
        "",
        _computed(real, frequent, np.array(met)),
        "",
        _released(file, folder / "models"),
    ]
    return "\n".join(lines)


def whole(ledger: Ledger) -> ScopeBaskets:
    """Return everybody's baskets, with those before and after the day from which some are held back."""
    moments = moments_of(ledger)
    later = held_back(moments)
    return baskets_of(Scope("all", "All"), ledger.baskets, moments, later.first if later else None)


def pairs(found: Mined) -> np.ndarray:
    """Return the columns of the frequent pairs, shape (n_pairs, 2)."""
    both = [sorted(items) for items in found.itemsets["items"] if len(items) == 2]
    return np.array(both, np.int64).reshape(-1, 2)


def _line(support: float, by_chance: list[Mined], real: Mined) -> str:
    rules = [found.rules for found in by_chance]
    total = sum(len(each) for each in rules)
    lifts = np.concatenate([each["lift"] for each in rules])
    findings, held = (
        sum(int((each[name] == 1).sum()) for each in rules) / max(total, 1) for name in ("finding", "held_up")
    )
    strong = real.rules[real.rules["lift"] > STRONG]
    shares = f"{percent(findings, 2)} | {percent(held)}"
    return (
        f"| {percent(support)} | {total // 2:,} | {_middle(lifts):.2f} | {' | '.join(shares)} "
        f"| {len(strong):,} | {_share(strong['finding'])} |"
    )


def _middle(values: np.ndarray) -> float:
    return float(np.median(values)) if len(values) else float("nan")


def _share(marks: np.ndarray) -> str:
    return percent(float(np.mean(marks))) if len(marks) else "none"


def _computed(real: ScopeBaskets, frequent: np.ndarray, met: np.ndarray) -> str:
    """Say how far the computed expectation is from the mean of the draws."""
    expected = Chance(real.whole).expected(frequent)
    if not len(frequent):
        return "No pair of the ledger itself is frequent."
    off = met.sum() / (expected.sum() * len(met)) - 1
    # with 20 draws a mean is known to one part in sqrt(20 * expected)
    apart = (met.mean(axis=0) - expected) / np.sqrt(expected / len(met))
    near = percent(float(np.mean(np.abs(apart) < 2)), 0)
    return (
        f"Lift by chance is computed, not drawn: over the {len(frequent):,} pairs of the ledger itself the "
        f"draws meet {percent(off, 2, signed=True)} as often as computed, and {near} of the single "
        "pairs lie within two standard errors of their mean."
    )


def _released(file: Path, models: Path) -> str:
    """Say what the rules of a default release rest on, over all of its groups."""
    release = open_release(models, train(file, models, TrainOptions()).id)
    rules = release.rules
    share = rules["largest_count"] / rules["count"]
    strong = rules["lift"] > STRONG
    if not len(share):
        return "The default release has no rules."
    finding, groups = rules["finding"], len(np.unique(rules["scope"]))
    most = percent(float(share.max()), 0)
    return (
        f"The default release has {len(share):,} rules in {groups} groups of baskets: none with fewer than "
        f"{rules['customers'].min()} customers, none with more than {most} of its baskets from "
        f"one. Of the {strong.sum():,} with a lift over {STRONG}, {_share(finding[strong])} are findings, of "
        f"everybody's invoices {_share(finding[strong & (rules['scope'] == 0)])}."
    )
