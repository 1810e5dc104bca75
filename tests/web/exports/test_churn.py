"""The file of Churn: who is listed, cluster by cluster, without those who opted out; guarded and logged."""

from __future__ import annotations

import pytest

from services.releases import read_current
from services.serving.churn.people import answer, rows_by_loss
from services.serving.release.loaded import Loaded
from services.site.customers.opt_outs import OptOuts
from services.site.people.roles import Role
from tests.releases.tiny import make_tiny_release
from tests.web.exports.test_customers import ROUTE, rows_in
from tests.web.people import guarded

COSTS = "contact=0.8&offer=5&success=0.12&margin=0.3"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    models, folder = tmp_path_factory.mktemp("models"), tmp_path_factory.mktemp("state")
    make_tiny_release(models, 30)
    return guarded(models, folder), Loaded(models, read_current(models))


def test_the_file_is_the_list_and_an_opt_out_leaves_it(site):
    made, release = site
    found = answer(release, {})
    rows = rows_by_loss(release, found, by_cluster=True)
    ids = [release.id_of(row) for row in rows]
    exporter = made.signed_in(Role.EXPORTER)
    exported = rows_in(exporter.get(f"{ROUTE}?{COSTS}"))
    assert [row["customer_id"] for row in exported] == ids
    for row, place in zip(exported, rows, strict=True):
        assert float(row["expected_loss"]) == pytest.approx(float(row["churn"]) * float(row["usual_spend"]))
        assert float(row["expected_loss"]) == pytest.approx(found.scores.loss[place])
        assert (row["band_customers"], int(row["band_left"])) == ("60", 6 * int(found.scores.band[place]))
    OptOuts(made.state).add([ids[0]], "ana", ids[0])
    answered = exporter.get(f"{ROUTE}?{COSTS}")
    assert [row["customer_id"] for row in rows_in(answered)] == ids[1:]
    assert "-without-1-opted-out.csv" in answered.headers["Content-Disposition"]
    logged = made.audit.listed(what="export")[0]
    assert (logged.rows, logged.release) == (len(ids) - 1, release.id)
    assert COSTS in str(logged)


def test_viewers_get_no_file_and_what_cannot_be_followed_is_refused(site):
    made, _release = site
    assert made.signed_in(Role.VIEWER).get(f"{ROUTE}?{COSTS}").status_code == 403
    exporter = made.signed_in(Role.EXPORTER)
    for odd in ("success=12", "band=3-4", "fifth=0", "contact=1&sort=churn:desc", "contact=1&from=release"):
        assert exporter.get(f"{ROUTE}?{odd}").status_code == 400
