"""Presets are data: the shipped ones load, a wrong one is refused with a sentence."""

from importlib.resources import files

import pytest

from services.core import presets
from services.core.presets.places import line_of
from services.core.refusals import NotFound, Refusal

STANDARD = (files(presets) / "standard.toml").read_text("utf-8")


def test_the_shipped_presets_are_listed_with_the_default_first():
    assert list(presets.shipped()) == [
        "standard", "four-group", "quartile", "six-persona", "ten-cluster", "ten-segment",
    ]  # fmt: skip


def test_an_unknown_preset_names_those_there_are():
    with pytest.raises(NotFound, match=r"standard, four-group, quartile, .*, ten-segment"):
        presets.load("quintile")


def test_a_file_of_the_users_own_is_read(tmp_path):
    own = tmp_path / "ours.toml"
    own.write_text(STANDARD.replace('id = "standard"', 'id = "ours"', 1))
    assert presets.load(str(own)).id == "ours"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("classes = 5", "classes = 1"), "line 14: scoring.classes: "),
        (("classes = 5", "classes = 4"), "the grid must be 4 by 4"),
        (
            ('"champions"],\n    ["new"', '"champion"],\n    ["new"'),
            "line 17: segments: the grid and the list",
        ),
        (('frequency = "orders"', 'frequency = "visits"'), "line 7: rfm.frequency: "),
        (('"recency", "log1p_frequency"', '"log1p_frequency", "recency"'), "in this order"),
        (("[clusters]", "[clusters"), r"not valid TOML: .*line 8\d"),
        (("seed = 42", 'seed = 42\ncolour = "red"'), "line 90: clusters.colour: there is no such setting"),
        (('name = "Loyal"\n', ""), r"line 33: segments.groups.1.name: is missing"),
        (('[scoring]\nclasses = 5\nbest = "high"\n', ""), "of the kind grid need a table"),
        (('kind = "grid"', 'kind = "clusters"'), "line 17: segments: .* which makes its own"),
        (('best = "high"', 'best = "high"\nedges.recency = [9, 30, 20, 90]'), "line 16: .*20 comes after 30"),
        (
            ('best = "high"', 'best = "high"\nedges = { monetary = [9, 30] }'),
            "line 16: .*need 4 cut points, and m",
        ),
        (
            ('best = "high"', 'best = "high"\nedges.recency = [-1, 2, 3, 4]'),
            "line 16: .*greater than or equal to 0",
        ),
        (
            ('best = "high"', 'best = "high"\nedges.orders = [1, 2, 3, 4]'),
            "line 16: .*'recency', 'frequency' or",
        ),
        (
            ('best = "high"', 'best = "high"\n[scoring.edges]\nfrequency = [1, 2, 3, inf]'),
            "line 17: .*finite",
        ),
        (('id = "standard"', 'id = "standard"\nversion = 0'), "line 2: version: "),
        (('returns = "match"', 'returns = "keep"'), "line 11: cleaning.returns: .*'match' or 'ignore'"),
    ],
)
def test_a_wrong_preset_is_refused_where_it_is_wrong(tmp_path, change, sentence):
    own = tmp_path / "ours.toml"
    changed = STANDARD.replace(*change)
    assert changed != STANDARD
    own.write_text(changed)
    with pytest.raises(Refusal, match=sentence):
        presets.load(str(own))


def test_a_preset_that_is_no_text_is_refused(tmp_path):
    own = tmp_path / "ours.toml"
    own.write_bytes(STANDARD.encode("utf-16"))
    with pytest.raises(Refusal, match=r"ours\.toml is not UTF-8 text"):
        presets.load(str(own))


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("segments", "kind"), 16),
        (("segments", "groups", 0, "when", "r"), 20),
        (("segments", "groups", 1, "playbook"), 22),
        (("clusters", "features", 0), 25),
        (("rfm", "frequency"), 4),
        (("unheard-of",), None),
    ],
)
def test_the_line_of_a_setting_or_of_the_table_around_it_is_found(place, line):
    text = """id = "a"
# [comment]

rfm.frequency = "orders"
source = \"\"\"
two
lines\"\"\"

[cleaning] # optional
price = false

[scoring]
classes = 5

[segments]
kind = "rules"

[[segments.groups]]
id = "x"
when = { r = 1 }

[[segments.groups]]

[clusters]
features = [
    "recency",
]
"""
    assert line_of(text, place) == line


def test_cut_points_may_be_fixed_by_axis_and_equal_ones_leave_a_score_to_nobody():
    text = STANDARD.replace('best = "high"', 'best = "high"\nedges = { frequency = [1, 1, 3, 9.5] }')
    assert presets.parse(text, "ours").scoring.edges == {"frequency": (1, 1, 3, 9.5)}


def test_standard_matches_returns_and_what_studies_gave_ignores_them():
    found = {name: preset.cleaning.returns for name, preset in presets.shipped().items()}
    assert found.pop("standard") == "match"
    assert set(found.values()) == {"ignore"}


def test_a_preset_from_before_there_was_a_choice_ignores_returns():
    before = STANDARD.replace('returns = "match"\n', "")
    assert presets.parse(before, "ours").cleaning.returns == "ignore"
