"""Every fault that a release can have is refused by name, before anything of it runs."""

from __future__ import annotations

import json
import os
import pickle
import shutil

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

from services.core.refusals import ReleaseUnusable
from services.releases import activate, list_releases, open_release, read_current
from services.releases.checks.contents import check_contents
from tests.releases.forging import edit_manifest, forge, forge_column, forge_overview
from tests.releases.tiny import make_tiny_release

EVERY_KIND = (
    "manifest.json", "scaler.pkl", "model.pkl", "lookup.sqlite", "overview.json", "customers/recency.npy",
    "rules/lift.npy", "itemsets/items.npy",
)  # fmt: skip


def refused(models, release_id, *words):
    """Opening and activating refuse in one sentence with the release and ``words``; the pointer stays."""
    before = read_current(models)
    with pytest.raises(ReleaseUnusable) as fault:
        open_release(models, release_id)
    with pytest.raises(ReleaseUnusable):
        activate(models, release_id)
    assert read_current(models) == before
    for word in (release_id, *words):
        assert word in str(fault.value)


@pytest.mark.parametrize("name", EVERY_KIND)
def test_d1_a_missing_empty_or_truncated_file_is_refused(models, release_id, folder, name):
    content = (folder / name).read_bytes()
    for damaged in (b"", content[: len(content) // 2], content[:-2], content + b" x"):
        (folder / name).write_bytes(damaged)
        refused(models, release_id, name)
        assert not list_releases(models)[0].usable
    (folder / name).unlink()
    refused(models, release_id, name, "is missing")
    assert name in list_releases(models)[0].why_not


@pytest.mark.parametrize("name", EVERY_KIND[1:])
def test_d2_one_flipped_byte_is_refused(models, release_id, folder, name):
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    refused(models, release_id, name, "digest")


def test_d2_a_flipped_bit_in_the_manifests_list_of_files_is_refused(models, release_id, folder):
    path = folder / "manifest.json"
    content = path.read_bytes()
    start = content.index(b'"files"')
    for place in range(start, start + 400, 7):
        flipped = bytearray(content)
        flipped[place] ^= 1
        path.write_bytes(flipped)
        refused(models, release_id)


@pytest.mark.parametrize("name", ["scaler.pkl", "model.pkl", "overview.json", "customers/cluster.npy"])
def test_d3_a_file_of_another_run_is_refused(models, release_id, folder, name):
    other = make_tiny_release(models, customers=8, active=False)
    shutil.copy(folder.with_name(other) / name, folder / name)
    refused(models, release_id, name)


def test_d3_a_scaler_of_another_run_is_refused_at_publishing_with_any_digest(models, release_id, folder):
    other = make_tiny_release(models, customers=40, active=False)
    forge(folder, "scaler.pkl", (folder.with_name(other) / "scaler.pkl").read_bytes())
    with pytest.raises(ReleaseUnusable, match=r"cluster\.npy.*different runs"):
        check_contents(open_release(models, release_id))


def test_d4_a_scaler_of_another_form_is_refused(models, release_id, folder):
    with (folder / "scaler.pkl").open("rb") as file:
        pipeline = pickle.load(file)
    rows = np.array([[1.0, 2.0], [3.0, 5.0]])
    pipeline.steps = [("scale", StandardScaler().fit(rows))]
    forge(folder, "scaler.pkl", pickle.dumps(pipeline, 5))
    refused(models, release_id, "scaler.pkl", "recency, frequency, monetary")
    pipeline.steps = [("scale", StandardScaler().fit(np.array([[1.0, 2.0, 3.0], [3.0, 5.0, 8.0]])))]
    forge(folder, "scaler.pkl", pickle.dumps(pipeline, 5))
    refused(models, release_id, "scaler.pkl", "cannot scale")
    forge(folder, "scaler.pkl", pickle.dumps(StandardScaler().fit(rows), 5))
    refused(models, release_id, "scaler.pkl", "Pipeline")
    pipeline.steps = [("scale", StandardScaler())]
    forge(folder, "scaler.pkl", pickle.dumps(pipeline, 5))
    refused(models, release_id, "scaler.pkl")


def test_d4_a_scaler_whose_parameters_would_be_misread_is_refused(models, release_id, folder):
    with (folder / "scaler.pkl").open("rb") as file:
        pipeline = pickle.load(file)
    log = pipeline.named_steps["log"]
    log.transformers = [(f"log1p_{name}", step, columns) for name, step, columns in log.transformers]
    forge(folder, "scaler.pkl", pickle.dumps(pipeline, 5))
    refused(models, release_id, "scaler.pkl", "misread")


@pytest.mark.parametrize("other", ["0.24.2", None])
def test_d5_another_scikit_learn_is_refused_with_both_versions(models, release_id, folder, other):
    edit_manifest(folder, lambda m: m.update(libraries={"scikit-learn": other} if other else {}))
    refused(models, release_id, "manifest.json", f"scikit-learn {other}")
    assert not list_releases(models)[0].usable


class Gadget:
    """Unpickled without an allow-list, it leaves a file behind."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("name", ["scaler.pkl", "model.pkl"])
def test_d6_a_malicious_pickle_is_refused_and_does_not_run(models, release_id, folder, name, tmp_path):
    forge(folder, name, pickle.dumps(Gadget(tmp_path / "ran")))
    refused(models, release_id, name, "mkdir is not allowed")
    assert not (tmp_path / "ran").exists()


def test_d7_a_file_that_the_manifest_does_not_name_is_refused_unopened(models, release_id, folder, tmp_path):
    (folder / "extra.pkl").write_bytes(pickle.dumps(Gadget(tmp_path / "ran")))
    refused(models, release_id, "extra.pkl", "not named in the manifest")
    (folder / "extra.pkl").unlink()
    edit_manifest(folder, lambda m: m["files"].pop("model.pkl"))
    refused(models, release_id, "manifest.json", "model.pkl")
    assert not (tmp_path / "ran").exists()


def test_d8_k_names_and_centres_that_disagree_are_refused(models, release_id, folder):
    edit_manifest(folder, lambda m: m.update(k=3))
    refused(models, release_id, "overview.json", "3 clusters")
    edit_manifest(folder, lambda m: m.update(k=2))
    forge_overview(folder, lambda o: o["clusters"][1].update(name=o["clusters"][0]["name"]))
    refused(models, release_id, "overview.json", "name")
    forge_overview(folder, lambda o: o["clusters"][1].update(name="Another"))
    forge_overview(folder, lambda o: o["k"].update(chosen=5))
    refused(models, release_id, "overview.json", "chose")


@pytest.mark.parametrize(
    ("centres", "words"),
    [
        ([[0.0, 0.0, np.nan], [1.0, 1.0, 1.0]], "not a finite number"),
        ([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], "two equal centres"),
        ([[1.0, 1.0], [2.0, 2.0]], "shape"),
        ([[1.0, 1.0, 1.0]], "shape"),
    ],
)
def test_d8_impossible_centres_are_refused(models, release_id, folder, centres, words):
    kmeans = KMeans(2)
    kmeans.cluster_centers_ = np.array(centres)
    forge(folder, "model.pkl", pickle.dumps(kmeans, 5))
    refused(models, release_id, "model.pkl", words)


def test_d10_links_are_refused_wherever_they_lead(models, release_id, folder, tmp_path):
    content = shutil.copy(folder / "scaler.pkl", tmp_path / "outside.pkl")
    (folder / "scaler.pkl").unlink()
    (folder / "scaler.pkl").symlink_to(content)
    refused(models, release_id, "scaler.pkl", "link")
    shutil.move(folder, tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    refused(models, release_id, "its folder", "link")


def test_d10_a_deleted_release_and_a_path_are_refused(models, release_id, folder):
    shutil.rmtree(folder)
    with pytest.raises(ReleaseUnusable, match=rf"{release_id}.*cannot be found"):
        open_release(models, release_id)
    for path in ("../template", "/etc", f"{release_id}/..", "x" * 1000):
        with pytest.raises(ReleaseUnusable, match="is not a release id"):
            open_release(models, path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_d10_a_file_that_may_not_be_read_is_refused(models, release_id, folder):
    (folder / "model.pkl").chmod(0)
    refused(models, release_id, "model.pkl", "Permission denied")


def test_d10_a_file_that_cannot_be_read_is_refused(models, release_id, folder):
    (folder / "model.pkl").unlink()
    (folder / "model.pkl").mkdir()
    refused(models, release_id, "model.pkl", "is missing")


@pytest.mark.parametrize("content", [b"", b"../../etc/passwd", b"\xff\xfe", b"x" * 100_000])
def test_d10_a_damaged_pointer_is_said_and_activating_repairs_it(models, release_id, content):
    (models / "CURRENT").write_bytes(content)
    with pytest.raises(ReleaseUnusable, match="CURRENT"):
        read_current(models)
    assert not list_releases(models)[0].active
    activate(models, release_id)
    assert read_current(models) == release_id


def test_a_manifest_must_have_exactly_its_fields_in_their_kinds(models, release_id, folder):
    original = json.loads((folder / "manifest.json").read_text())
    wrong = {
        "customers": "6",
        "unknown": 1,
        "seed": 1.5,
        "id": "20200101T000000Z-000000",
        "made_at": "2026-11-21",
    }
    for field, value in [*wrong.items(), ("rows", original["rows"] | {"kept": 1})]:
        (folder / "manifest.json").write_text(json.dumps(original | {field: value}))
        refused(models, release_id, "manifest.json")
    older = {
        "options",
        "revenue",
        "unreadable",
        "statuses",
        "layout",
    }  # releases from before have none of these
    for field in original.keys() - older:
        (folder / "manifest.json").write_text(json.dumps({k: v for k, v in original.items() if k != field}))
        refused(models, release_id, "manifest.json")


def test_a_column_of_another_kind_or_length_is_refused(models, release_id, folder):
    for name, values in {
        "customers/recency.npy": np.arange(6, dtype="f8"),
        "customers/r.npy": np.zeros((6, 1), "i1"),
        "customers/snapshot_segment.npy": np.zeros((6, 3), "i2"),
        "rules/antecedents.npy": np.zeros((2, 5), "i4"),
        "customers/frequency.npy": np.arange(5, dtype="i4"),
    }.items():
        before, manifest = (folder / name).read_bytes(), (folder / "manifest.json").read_bytes()
        forge_column(folder, name, values)
        refused(models, release_id)
        (folder / name).write_bytes(before)
        (folder / "manifest.json").write_bytes(manifest)
    assert open_release(models, release_id).id == release_id


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("customers/customer_id.npy", np.array([b"b", b"a", b"c", b"d", b"e", b"f"])),
        ("customers/customer_id.npy", np.array([b"a", b"a", b"c", b"d", b"e", b"f"])),
        ("customers/monetary.npy", np.array([1.0, 2, 3, 4, 5, np.nan])),
        ("customers/cluster.npy", np.array([0, 1, 0, 1, 0, 1], "i2")),
        ("customers/cluster.npy", np.full(6, 2, "i2")),
        ("customers/country.npy", np.full(6, 2, "i2")),
        ("customers/order_recency.npy", np.zeros(6, "i4")),
        ("rules/antecedents.npy", np.full((2, 3), 2, "i4")),
        ("itemsets/scope.npy", np.array([1], "i2")),
    ],
)
def test_contents_that_contradict_each_other_are_never_published(models, release_id, folder, name, values):
    forge_column(folder, name, values)
    with pytest.raises(ReleaseUnusable, match=name):
        check_contents(open_release(models, release_id))


def test_a_verdict_on_a_rule_is_yes_no_or_cannot_tell(models, release_id, folder):
    edit_manifest(
        folder, lambda m: m["files"].update({"rules/held_up.npy": dict(m["files"]["rules/lift.npy"])})
    )
    forge_column(folder, "rules/held_up.npy", np.array([-1, 1], "i1"))
    check_contents(open_release(models, release_id))
    forge_column(folder, "rules/held_up.npy", np.array([0, 2], "i1"))
    with pytest.raises(ReleaseUnusable, match="held_up"):
        check_contents(open_release(models, release_id))
