"""The overview of a release is read strictly; forms from before it had a number are still read."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.core.refusals import ReleaseUnusable
from services.releases import open_release
from services.releases.overview.model import SCHEMA, Overview
from services.releases.overview.reading import read_overview
from tests.releases.forging import forge_overview

BEFORE = Path(__file__).parent / "overview_before_numbers.json"  # of a training on 29 November 2026
LATER = ("outliers", "since", "rules_later", "baskets_missing")
LATER_OF_SCOPES = ("group", "baskets_of", "from", "to", "earlier_baskets", "later_baskets")


def later_than_the_number(stored):
    """Fill in what came later than the number."""
    stored["glance"]["returns"]["matched"] = None
    stored["outliers"]["unfit"] = None
    for cluster in stored["clusters"]:
        cluster["formerly"] = None


@pytest.fixture
def before(tmp_path):
    """The overview of a real training from before overviews had a number, to change and to read."""
    stored = json.loads(BEFORE.read_text())

    def read(change=lambda stored: None):
        change(stored)
        (tmp_path / "overview.json").write_text(json.dumps(stored))
        return stored, read_overview(tmp_path, "20261129T120000Z-abcdef")

    return read


def test_a_release_trained_before_overviews_had_a_number_says_all_it_said(before):
    stored, read = before()
    assert "schema_version" not in stored
    later_than_the_number(stored)
    unknown = dict.fromkeys(("left_out", "rhythm", "newcomers"))
    assert read.as_fields() == stored | unknown | {"schema_version": SCHEMA}
    assert read.rule_scopes[-1].baskets_of == "customers"
    assert read.outliers.compared.with_outliers.sizes == stored["outliers"]["compared"]["with"]["sizes"]


def test_what_the_oldest_releases_lack_is_read_as_not_known(before):
    def older(stored):
        for name in LATER:
            del stored[name]
        for scope in stored["rule_scopes"]:
            for name in LATER_OF_SCOPES:
                del scope[name]
        for part, name in (("segments", "colour"), ("segments", "at_risk"), ("snapshots", "cut_points")):
            for entry in stored[part]:
                del entry[name]

    stored, read = before(older)
    assert [getattr(read, name) for name in LATER] == [None] * 4
    assert {scope.baskets_of for scope in read.rule_scopes} == {"invoices"}
    assert [scope.group for scope in read.rule_scopes] == [scope["id"] for scope in stored["rule_scopes"]]
    assert {scope.first_day for scope in read.rule_scopes} == {None}
    assert {segment.colour for segment in read.segments} == {None}
    assert {snapshot.cut_points for snapshot in read.snapshots} == {None}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda o: o["segments"][0].pop("revenue"), "segments.0.revenue"),
        (lambda o: o["clusters"][1].update(customers="12"), "clusters.1.customers"),
        (lambda o: o["clusters"][1].update(customers=-1), "clusters.1.customers"),
        (lambda o: o.update(colour_of_the_week="blue"), "colour_of_the_week"),
        (lambda o: o["grid"]["cells"].append([1, 2]), "grid.cells.25"),
        (lambda o: o["glance"].update(hours=[[0] * 24] * 6), "glance.hours"),
        (lambda o: o.pop("snapshots"), "is not as expected"),
        (lambda o: o.update(rule_scopes={}), "rule_scopes"),
    ],
)
def test_what_is_missing_unknown_or_of_another_kind_is_named_with_what_to_do(before, change, named):
    with pytest.raises(ReleaseUnusable) as refused:
        before(change)
    sentence = str(refused.value)
    assert "overview.json" in sentence
    assert named in sentence
    assert "Activate another release or train again." in sentence


def test_the_first_form_knew_nothing_of_what_the_rules_took(before):
    stored, _read = before()
    _, read = before(lambda stored: stored.update(schema_version=1))
    assert read.left_out is None
    later_than_the_number(stored)
    unknown = dict.fromkeys(("left_out", "rhythm", "newcomers"))
    assert read.as_fields() == stored | unknown | {"schema_version": SCHEMA}


@pytest.mark.parametrize("version", [SCHEMA + 1, 0.5, "1", None, []])
def test_an_overview_of_another_program_is_refused_by_name(before, version):
    with pytest.raises(
        ReleaseUnusable, match=r"overview\.json.*another version of Segment Desk.*train again"
    ):
        before(lambda stored: stored.update(schema_version=version))


def test_a_new_overview_has_its_number_and_is_held_to_it(folder, models, release_id):
    assert json.loads((folder / "overview.json").read_text())["schema_version"] == SCHEMA
    assert open_release(models, release_id).overview.clusters[0].letter == "A"
    forge_overview(
        folder, lambda o: o.pop("since")
    )  # what a release from before may lack, one of now may not
    with pytest.raises(ReleaseUnusable, match="since"):
        open_release(models, release_id)


def test_an_overview_is_not_changed_once_it_is_read(before):
    _, read = before()
    with pytest.raises(ValidationError):
        read.clusters = []
    assert Overview.of(read.as_fields()) == read
