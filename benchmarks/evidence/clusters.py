"""Names of clusters over four cuts of one ledger: is every word true of the members, and are ids kept?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.vocabulary import AXES
from services.releases import open_release
from services.releases.overview.groups import Cluster
from services.serving.clusters.report import report_of
from services.serving.release.loaded import Loaded
from services.training.options import TrainOptions
from services.training.run import train

Values = npt.NDArray[np.float64]
BACK = (9, 6, 3)  # months before the last one: for the public ledger the ends of February, May and August


@dataclass(frozen=True)
class _Seen:
    """A cluster's members and everybody, raw values by the first letter of the axis."""

    own: Mapping[str, Values]
    everybody: Mapping[str, Values]

    def place(self, axis: str) -> float:
        """Share of all customers below the members' median, ties by half."""
        median, of = np.median(self.own[axis]), self.everybody[axis]
        return float((of < median).mean() + (of == median).mean() / 2)

    def often(self, begin: float) -> bool:
        """Whether the median frequency is at a place or above, and at least 3."""
        return self.place("f") >= begin and float(np.median(self.own["f"])) >= 3

    def ordered(self, least: int, most: float = np.inf) -> float:
        """Share of the members with so many orders."""
        return float(((self.own["f"] >= least) & (self.own["f"] <= most)).mean())


#: The same words in other forms.
FORMS: Mapping[str, str] = {"one-time": "one order", "regular": "steady regulars", "infrequent": "few orders"}
#: The tests of the words, written anew from their sentences.
TESTS: Mapping[str, Callable[[_Seen], bool]] = {
    "one order": lambda of: of.ordered(1, 1) >= 0.9,
    "one or two orders": lambda of: of.ordered(1, 2) >= 0.9,
    "very frequent": lambda of: of.often(0.95),
    "frequent": lambda of: of.often(0.8),
    "steady regulars": lambda of: of.ordered(3) >= 0.75 and of.place("f") > 1 / 3,
    "repeat": lambda of: of.ordered(2) >= 0.9 and of.place("f") > 1 / 3,
    "few orders": lambda of: of.place("f") <= 1 / 3,
    "one-off and repeat": lambda of: of.ordered(1, 1) > 0.1 and of.ordered(3) > 0.1,
    "top spenders": lambda of: of.place("m") >= 0.95,
    "big spenders": lambda of: of.place("m") >= 0.8,
    "medium spenders": lambda of: 1 / 3 < of.place("m") < 0.8,
    "small spenders": lambda of: of.place("m") <= 1 / 3,
    "recent": lambda of: of.place("r") <= 1 / 3,
    "not long ago": lambda of: 1 / 3 < of.place("r") < 2 / 3,
    "long ago": lambda of: of.place("r") >= 2 / 3,
    "very long ago": lambda of: of.place("r") >= 0.9,
}


def untrue_words(release: Loaded) -> list[tuple[Cluster, list[str]]]:
    """Return each cluster with the words of its name that are untrue; of a preset that counts orders."""
    everybody = {axis[0]: np.asarray(release.customers[axis], dtype=np.float64) for axis in AXES}
    report = report_of(release)
    assert report is not None
    found = []
    for place, (cluster, profile) in enumerate(
        zip(release.clusters, report["profiles"]["clusters"], strict=True)
    ):
        inside = np.asarray(release.customers["cluster"]) == place
        seen = _Seen({axis: values[inside] for axis, values in everybody.items()}, everybody)
        words = [each["word"].lower().removesuffix(" buyers") for each in profile["named"]]
        found.append((cluster, [word for word in words if not TESTS[FORMS.get(word, word)](seen)]))
    return found


def retrained(file: Path, models: Path, cuts: list[datetime | None]) -> Iterator[Loaded]:
    """Train the preset Standard on one file as of each cut, one release after the other."""
    for cut in cuts:
        yield Loaded(models, train(file, models, TrainOptions(preset="standard", as_of=cut)).id)


def section(file: Path, folder: Path) -> str:
    """Return the table of names over four cuts as Markdown."""
    whole = train(file, folder / "clusters-whole", TrainOptions(preset="standard"))
    last = pd.Timestamp(open_release(folder / "clusters-whole", whole.id).manifest.as_of)
    first = last.normalize().replace(day=1)
    cuts = [(first - pd.DateOffset(months=back)).to_pydatetime() for back in BACK]
    rows, words, wrong, seen, kept = [], 0, 0, {}, 0
    for release in retrained(file, folder / "clusters-cuts", [*cuts, None]):
        report = report_of(release)
        assert report is not None
        words += sum(len(each["named"]) for each in report["profiles"]["clusters"])
        for cluster, untrue in untrue_words(release):
            wrong += len(untrue)
            kept += seen.setdefault(cluster.id, cluster.colour) == cluster.colour
            rows.append(
                f"| {release.manifest.as_of:%Y-%m-%d} | {cluster.id} | {cluster.colour} | {cluster.name} "
                f"| {cluster.customers:,} | {', '.join(untrue) or '–'} | {cluster.formerly or '–'} |"
            )
    head = (
        "| as of | id | colour | name | customers | untrue words | formerly |\n|---|---|---|---|--:|---|---|"
    )
    return (
        "## Names of clusters\n\n"
        "Claimed: each word of a cluster's name is true of its members, and a cluster that is found again "
        "keeps its id and colour. Tried by training the preset Standard as of four days, in a row, "
        f"and asking each word's test of the raw values: {wrong} of {words} words are untrue, and {kept} of "
        f"{len(rows)} clusters have the colour that their id had first.\n\n{head}\n" + "\n".join(rows)
    )
