"""What the names of clusters and their rules in words claim of the members."""

from __future__ import annotations

import re
from statistics import median

import numpy as np

from tests.truth.claims import Checked, count, share
from tests.truth.clusters.facts import ClusterFacts

_OF = {"last order": 0, "number of orders": 1, "number of lines": 1, "spend": 2}


def _place(f: ClusterFacts, axis: int, inside: np.ndarray) -> float:
    """Return the share of all customers below the median of some, ties by half."""
    value, all_ = median(f.raw[inside, axis]), f.raw[:, axis]
    return float(((all_ < value).sum() + (all_ <= value).sum()) / (2 * len(all_)))


def _means(f: ClusterFacts, told: str, inside: np.ndarray) -> bool | None:
    """Return whether a meaning of a word is true of some customers; None where it is not known."""
    often = f.raw[inside, 1]
    once, twice = float((often <= 1).mean()), float((often <= 2).mean())
    on = next((_place(f, _OF[each], inside) for each in _OF if f"median {each}" in told), None)
    if on is None and "ordered" not in told:
        return None
    tests = {
        "at least 90 % of them ordered once": once >= 0.9,
        "at least 90 % of them ordered once or twice": twice >= 0.9,
        "more than one in ten of them ordered once, and more than one in ten 3 times or more": once > 0.1
        and twice < 0.9,
    }
    if told in tests:
        return tests[told]
    at = on or 0.0
    ends = {
        "is among the top 5 % of all customers": at >= 0.95,
        "is among the top fifth of all customers": at >= 0.8,
        "is in the lowest third of all customers": at <= 1 / 3,
        "is neither in the lowest third of all customers nor in the top fifth": 1 / 3 < at < 0.8,
        "is above the lowest third of all customers": at > 1 / 3,
        "is among the most recent third of all customers": at <= 1 / 3,
        "is longer ago than that of nine in ten customers": at >= 0.9,
        "is longer ago than that of two thirds of all customers": at >= 2 / 3,
        "is in the middle third of all customers": 1 / 3 < at < 2 / 3,
    }
    extra = {
        "at least three in four of them ordered 3 times or more": 1 - twice >= 0.75,
        "at least 90 % of them ordered more than once": 1 - once >= 0.9,
        "and at least 3": median(often) >= 3,
    }
    rest = re.sub(r"(and )?their median (last order|number of orders|number of lines|spend) ", "", told)
    parts = [part for part in re.split(", ", rest) if part]
    known = ends | extra
    return all(known[part] for part in parts) if all(part in known for part in parts) else None


def name(f: ClusterFacts, told: str) -> Checked:
    said, _, before = told.partition(" Formerly “")
    if before:
        yield (
            "formerly",
            before,
            f"{f.entries[f.letters.index(f.where[0])].formerly}”, which no longer fits.",
        )
    whole = f.where[2:].partition(": Name")[0].lower()
    found = re.findall(r"“(.*?)”: (.*?)(?:; (?=“)|\.$)", said)
    yield "words of the name", [word for word, _ in found if word.lower() not in whole], []
    for word, means in found:
        if re.search("among the .* clusters with the same name|no median sets it apart", means):
            return  # told apart by their order alone
        yield word, _means(f, means, f.own), True


_AMOUNT = r"£([\d,]+(?:\.\d\d)?)"
_RANGES = {
    r"last order at most ([\d,]+) days? ago": (0, lambda a: (None, a)),
    r"last order ([\d,]+) to ([\d,]+) days? ago": (0, lambda a, b: (a, b)),
    r"last order ([\d,]+) days? ago or more": (0, lambda a: (a, None)),
    r"last order ([\d,]+) days? ago": (0, lambda a: (a, a)),
    r"at most ([\d,]+) (?:order|line)s?": (1, lambda a: (None, a)),
    r"([\d,]+) to ([\d,]+) (?:order|line)s?": (1, lambda a, b: (a, b)),
    r"([\d,]+) (?:order|line)s? or more": (1, lambda a: (a, None)),
    r"([\d,]+) (?:order|line)s?": (1, lambda a: (a, a)),
    rf"spent {_AMOUNT} or less": (2, lambda a: (None, a)),
    rf"spent over {_AMOUNT}, up to {_AMOUNT}": (2, lambda a, b: (a + 1e-9, b)),
    rf"spent over {_AMOUNT}": (2, lambda a: (a + 1e-9, None)),
}


def matched(f: ClusterFacts, told: str) -> np.ndarray | None:
    """Return who fits a rule in words; None where it is not understood."""
    found = np.zeros(len(f.labels), bool)
    for box in (told[:1].lower() + told[1:]).split("; or "):
        fits, rest = np.ones(len(found), bool), box if box != "any customer" else ""
        while rest:
            for written, (axis, ends) in _RANGES.items():
                if match := re.match(rf"{written}(?:, |$)", rest):
                    low, high = ends(*(float(each.replace(",", "")) for each in match.groups()))
                    fits &= (low is None or f.raw[:, axis] >= low) & (high is None or f.raw[:, axis] <= high)
                    rest = rest[match.end() :]
                    break
            else:
                return None
        found |= fits
    return found


def rule(f: ClusterFacts, told: str, right: str, of: str, covers: str) -> Checked:
    found = matched(f, told)
    yield "understood", found is not None, True
    if found is not None:
        yield "matches", count(of), int(found.sum())
        yield "right", count(right), int((found & f.own).sum())
        yield "covers", covers, share(int((found & f.own).sum()), int(f.own.sum()))
