"""Presets are data: the shipped ones load, a wrong one is refused with a sentence."""

from importlib.resources import files

import pytest

from services.core import presets
from services.core.refusals import NotFound, Refusal

STANDARD = (files(presets) / "standard.toml").read_text("utf-8")


def test_the_shipped_presets_are_listed_with_the_default_first():
    assert list(presets.shipped()) == ["standard", "quartile", "ten-segment"]


def test_an_unknown_preset_names_those_there_are():
    with pytest.raises(NotFound, match="standard, quartile, ten-segment"):
        presets.load("quintile")


def test_a_file_of_the_users_own_is_read(tmp_path):
    own = tmp_path / "ours.toml"
    own.write_text(STANDARD.replace('id = "standard"', 'id = "ours"', 1))
    assert presets.load(str(own)).id == "ours"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("classes = 5", "classes = 1"), "scoring.classes"),
        (("classes = 5", "classes = 4"), "the grid must be 4 by 4"),
        (('"champions"],\n    ["new"', '"champion"],\n    ["new"'), "must name the same segments"),
        (('frequency = "orders"', 'frequency = "visits"'), "rfm.frequency"),
        (('"recency", "log1p_frequency"', '"log1p_frequency", "recency"'), "in this order"),
        (("[clusters]", "[clusters"), "not valid TOML"),
        (("seed = 42", 'seed = 42\ncolour = "red"'), "clusters.colour"),
    ],
)
def test_a_wrong_preset_is_refused_where_it_is_wrong(tmp_path, change, sentence):
    own = tmp_path / "ours.toml"
    changed = STANDARD.replace(*change)
    assert changed != STANDARD
    own.write_text(changed)
    with pytest.raises(Refusal, match=sentence):
        presets.load(str(own))
