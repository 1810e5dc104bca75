"""The published sample that models of value are held against."""

from __future__ import annotations

import pandas as pd
import pytest

from services.core.value.base import Base, Money, base_at

#: The last day that the papers fitted to: 39 weeks. The 39 after them are in the file, too.
END = pd.Timestamp("1997-09-30")


@pytest.fixture(scope="session")
def cdnow_bought(real_data) -> Money:
    """All money of the sample, days counted from the last one that is fitted to."""
    rows = pd.read_csv(real_data / "cdnow_sample.txt", sep=r"\s+", header=None)
    day = (pd.to_datetime(rows[2].astype(str)) - END).dt.days
    return Money(rows[1].to_numpy("int64"), day.to_numpy("int64"), rows[4].to_numpy("float64"))


@pytest.fixture(scope="session")
def cdnow_base(cdnow_bought) -> Base:
    """Fader, Hardie and Lee's: 39 weeks of 2,357 customers, purchases of a day merged."""
    return base_at(cdnow_bought, 0, unit=7)


@pytest.fixture(scope="session")
def cdnow(cdnow_base):
    return cdnow_base.histories
