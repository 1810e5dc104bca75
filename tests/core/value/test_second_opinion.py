"""The same models as another library fits them, where it is installed: see tests/requirements.txt."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

from services.core.value.bgnbd import fit_bgnbd
from services.core.value.gamma_gamma import fit_gamma_gamma
from tests.core.value.conftest import END

clv = pytest.importorskip("clvkit.clv", reason="clvkit is not installed")


@pytest.fixture(scope="module")
def theirs(cdnow_bought):
    from clvkit import CustomerBase

    log = pd.DataFrame(vars(cdnow_bought.within(-10_000, 0)))
    log = log.assign(customer_id=log["customer"], date=END + pd.to_timedelta(log["day"], "D"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of eight purchases of nothing, which we keep, too
        return CustomerBase.from_transactions(log, time_unit="W", collapse="D", observation_period_end=END)


@pytest.mark.parametrize(("name", "from_first"), [("BGNBD", False), ("MBGNBD", True)])
def test_both_libraries_find_the_same_laws_of_purchases(theirs, cdnow, name, from_first):
    found, model = fit_bgnbd(cdnow, from_first=from_first), getattr(clv, name)().fit(theirs)
    assert found.log_likelihood == pytest.approx(model.log_likelihood_, abs=1e-4)
    for parameter, value in found.parameters.items():
        assert value == pytest.approx(model.params_[parameter], rel=1e-4)


def test_both_libraries_find_the_same_law_of_spend(theirs, cdnow_base):
    found, model = fit_gamma_gamma(cdnow_base.x, cdnow_base.spend), clv.GammaGamma().fit(theirs)
    for parameter, value in found.parameters.items():
        assert value == pytest.approx(getattr(model, parameter), rel=1e-4)
