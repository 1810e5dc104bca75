"""What an edited preset would do: nobody moves without an edit, and training agrees with the preview."""

from __future__ import annotations

import numpy as np
import pytest

from services.core import presets
from services.core.features import fit_transform, parameters
from services.core.presets.toml import to_toml
from services.core.refusals import Refusal
from services.serving.presets.preview import _standardising, preview, scale_for, segmentation_on, values_for
from services.serving.release.loaded import Loaded
from services.training.options import TrainOptions
from services.training.run import train
from tests.serving.shops import shop
from tests.training.test_run import ledger, write

KINDS = ["standard", "quartile", "ten-segment", "four-group"]


def edited(name="standard", *, cuts=None, cells=()):
    """A shipped preset with fixed cut points and cells of the map given to another segment."""
    preset = presets.load(name)
    segments = preset.segments
    if cells:
        grid = [list(row) for row in segments.grid]
        for row, column, segment in cells:
            grid[row - 1][column - 1] = segment
        segments = segments.model_copy(update={"grid": tuple(map(tuple, grid))})
    scoring = preset.scoring and preset.scoring.model_copy(update={"edges": cuts or {}})
    return preset.model_copy(update={"id": "ours", "scoring": scoring, "segments": segments})


@pytest.mark.parametrize("name", KINDS)
def test_without_an_edit_nobody_moves(name):
    release = shop(name)
    seen = preview(release, release.preset)
    assert (seen.moved, seen.moved_revenue, seen.flows) == (0, 0.0, [])
    assert [part.customers for part in seen.parts if part.id] == [
        (segment.customers,) * 2 for segment in release.segments
    ]


def test_a_cell_given_away_moves_exactly_its_customers():
    release = shop()
    columns = release.customers
    buying = np.floor((columns["f"] + columns["m"].astype(float)) / 2 + 0.5)
    row, column = max(
        {(int(r), int(b)) for r, b in zip(columns["r"], buying, strict=True)},
        key=lambda cell: ((columns["r"] == cell[0]) & (buying == cell[1])).sum(),
    )
    inside = (columns["r"] == row) & (buying == column)
    was = release.preset.segments.grid[row - 1][column - 1]
    becomes = "lost" if was != "lost" else "champions"
    seen = preview(release, edited(cells=[(row, column, becomes)]))
    (flow,) = seen.flows
    assert (seen.parts[flow.before].id, seen.parts[flow.after].id) == (was, becomes)
    assert flow.customers == seen.moved == inside.sum() == seen.cells[row - 1, column - 1]
    assert flow.revenue == pytest.approx(columns["monetary"][inside].sum())


def test_flows_add_up_to_the_difference_of_every_segment():
    seen = preview(shop(), edited(cuts={"frequency": (1, 2, 5, 8), "monetary": (20, 60, 90, 200)}))
    assert seen.moved == sum(flow.customers for flow in seen.flows) > 0
    for place, part in enumerate(seen.parts):
        gone = sum(flow.customers for flow in seen.flows if flow.before == place)
        come = sum(flow.customers for flow in seen.flows if flow.after == place)
        assert part.customers[1] - part.customers[0] == come - gone
    assert sum(part.revenue[1] for part in seen.parts) == pytest.approx(seen.revenue)


def test_empty_and_large_classes_are_warned_of():
    seen = preview(shop(), edited(cuts={"recency": (1000, 1000, 2000, 3000)}))
    assert seen.sizes["recency"] == {1: 0, 2: 0, 3: 0, 4: 0, 5: 40}
    warned = [(score, share) for axis, score, share in seen.warnings if axis == "recency"]
    assert warned == [(1, 0), (2, 0), (3, 0), (4, 0), (5, 1)]


def test_who_falls_below_every_threshold_is_in_no_segment():
    release = shop("ten-segment")
    groups = release.preset.segments.groups[:3]
    preset = release.preset.model_copy(
        update={"segments": release.preset.segments.model_copy(update={"groups": groups})}
    )
    seen = preview(release, preset)
    nobody = seen.parts[-1]
    assert nobody.id is None
    assert nobody.customers == (0, sum(part.customers[0] for part in seen.parts[3:-1]))


@pytest.mark.parametrize("other", [name for name in KINDS if name not in ("quartile", "standard")])
def test_another_preset_is_previewed_as_a_training_would_place_everybody(other):
    counted_in_lines = shop("quartile")
    trained, seen = shop(other), preview(counted_in_lines, presets.load(other))
    after = {part.id: part.customers[1] for part in seen.parts}
    assert {segment.id: segment.customers for segment in trained.segments} == {
        name: after[name] for name in (segment.id for segment in trained.segments)
    }


def test_what_a_release_does_not_hold_is_refused():
    with pytest.raises(Refusal, match="counts lines of invoices"):
        preview(shop("ten-segment"), presets.load("quartile"))
    strict = presets.load("standard").model_copy(update={"cleaning": presets.Cleaning(price=True)})
    with pytest.raises(Refusal, match="keeps different lines"):
        preview(shop("standard"), strict)


def test_cut_points_of_the_release_are_those_found_anew():
    release = shop()
    fixed = edited(cuts={"recency": (10, 20, 30, 40)})
    found = scale_for(release, fixed, values_for(release, fixed))
    assert found.edges == release.scale.edges | {"recency": (10, 20, 30, 40)}


def test_the_means_of_the_base_are_those_of_scikit_learn():
    release, preset = shop("quartile"), presets.load("four-group")
    values = values_for(release, preset)
    raw = np.stack([np.asarray(values[axis], float) for axis in values], axis=1)
    ours, theirs = _standardising(raw, preset), parameters(fit_transform(raw, list(preset.clusters.features)))
    assert np.allclose(ours(raw), theirs(raw), atol=1e-12)


@pytest.mark.parametrize(
    "preset",
    [
        edited(
            cuts={"frequency": (1, 2, 5, 8), "recency": (7, 30, 90, 250)},
            cells=[(4, 1, "hibernating"), (2, 3, "lost")],
        ),
        edited("quartile", cuts={"monetary": (100, 200.5, 300)}),
    ],
    ids=["grid", "rules"],
)
@pytest.mark.usefixtures("little_evidence")
def test_training_places_every_customer_as_the_preview_did(tmp_path, preset):
    preset = presets.parse(to_toml(preset), "edited").model_copy(update={"version": 3})
    (tmp_path / "ours.toml").write_text(to_toml(preset), encoding="utf-8")
    lines = write(tmp_path / "ledger.csv", ledger())

    def trained(name):
        manifest = train(lines, tmp_path / "models", TrainOptions(preset=name, k=3))
        return Loaded(tmp_path / "models", manifest.id)

    before = trained("standard" if preset.scoring.classes == 5 else "quartile")
    seen = preview(before, preset)
    after = trained(str(tmp_path / "ours.toml"))
    assert after.preset == preset
    assert after.manifest.preset_definition["version"] == 3
    foreseen, raw = segmentation_on(before, preset)
    placed = [preset.segments.groups[at].id for at in foreseen.segment(raw)]
    assert placed == [after.segments[at].id for at in after.customers["segment"]]
    was = [before.segments[at].id for at in before.customers["segment"]]
    assert seen.moved == sum(old != new for old, new in zip(was, placed, strict=True)) > 0
    assert after.scale == foreseen.scale
