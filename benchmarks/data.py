"""The file the benchmark runs on, and longer copies of it."""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.processes import ROOT
from services.training.sample import write_sample

REAL = "online_retail.csv.gz"


@dataclass(frozen=True)
class Data:
    """A file of transactions, and how it is called in what is printed."""

    path: Path
    name: str


def find(folder: Path) -> Data:
    """Return the public data set of REAL_DATA_DIR where it is, else the sample, written to ``folder``."""
    real = Path(os.environ.get("REAL_DATA_DIR") or ROOT.parent / "shared" / "data") / REAL
    if real.is_file():
        return Data(real.resolve(), f"{REAL} (UCI Online Retail)")
    sample = folder / "sample.csv.gz"
    write_sample(sample)
    return Data(sample, "the built-in sample")


def write_copies(source: Path, target: Path, times: int, invoice: str, customer: str) -> int:
    """Write a file ``times`` as long: every copy has invoices and customers of its own.

    Parameters
    ----------
    source, target : Path
        ``source`` is comma-separated, ``.gz`` or plain; ``target`` is plain.
    times : int
    invoice, customer : str
        Names of the columns.

    Returns
    -------
    int
        Rows written.
    """
    rows = 0
    with target.open("w", encoding="latin-1", newline="") as output:
        writer = csv.writer(output)
        for copy in range(times):
            with _open(source) as file:
                reader = csv.reader(file)
                header = next(reader)
                places = (header.index(invoice), header.index(customer))
                if copy == 0:
                    writer.writerow(header)
                for row in _renamed(reader, places, f"{copy}" if copy else ""):
                    writer.writerow(row)
                    rows += 1
    return rows


def _renamed(rows: Iterator[list[str]], places: tuple[int, ...], suffix: str) -> Iterator[list[str]]:
    for row in rows:
        for place in places:
            if row[place]:
                row[place] += suffix
        yield row


def _open(path: Path) -> IO[str]:
    # latin-1 keeps every byte as it is, whatever the encoding.
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="latin-1", newline="")
    return path.open(encoding="latin-1", newline="")
