"""Every colour that Python names stands in tokens.css, for both themes."""

from __future__ import annotations

import re

import pytest

from layouts import palette
from layouts.parts import charts as theme
from services.core.presets import shipped
from tests.running import ROOT

TOKENS = (ROOT / "assets" / "tokens.css").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r'^(?::root,\n)?\[data-bs-theme="(\w+)"\] \{(.*?)^\}', TOKENS, re.S | re.M))


def names_in(value: object) -> set[str]:
    return set(re.findall(r"var\((--[\w-]+)\)", str(value)))


@pytest.mark.parametrize("which", ["light", "dark"])
def test_both_themes_hold_every_colour_that_is_named(which):
    defined = set(re.findall(r"(--[\w-]+):", BLOCKS[which]))
    used = names_in(
        [
            [palette.segment(name) for name in (*palette.STANDARD, *palette.ALIASES, None)],
            [palette.cluster(colour) for colour in range(1, 27)],
            palette.SEQUENTIAL,
            palette.DIVERGING,
            theme.template(),
        ]
    )
    assert used <= defined
    assert {f"--seg-{name}" for name in palette.STANDARD} == {n for n in defined if n.startswith("--seg-")}


def test_style_sheets_name_no_colour_of_their_own():
    found = {}
    for sheet in (ROOT / "assets").rglob("*.css"):
        text = re.sub(r'url\("[^"]*"\)', "", sheet.read_text("utf-8"))
        if sheet.name != "tokens.css" and (colours := re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(", text)):
            found[sheet.name] = colours
    assert not found


def test_style_sheets_name_no_token_that_neither_they_nor_tokens_css_nor_a_script_sets():
    set_elsewhere = {
        "--sd-icon",
        *(f"--sd-{side}" for side in "xywh"),
    }  # by layouts, and by waiting/shapes.js
    for sheet in (ROOT / "assets").rglob("*.css"):
        text = sheet.read_text("utf-8")
        defined = set(re.findall(r"^\s*(--[\w-]+):", TOKENS + text, re.M))
        used = {n for n in names_in(text) if re.match(r"--(sd|seg|cluster|seq|div)-", n)}
        assert used <= defined | set_elsewhere, sheet.name


SURFACES = ("page", "surface", "sunken", "hover", "raised")
READ = [
    *((text, surface) for text in ("ink", "ink-2", "muted", "accent-ink") for surface in SURFACES),
    ("on-accent", "accent"),
    ("accent-ink", "accent-soft"),
    *(
        (mood, ground)
        for mood in ("positive", "negative", "warning")
        for ground in ("page", "surface", f"{mood}-soft")
    ),
]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("which", ["light", "dark"])
def test_every_text_can_be_read_on_every_ground_that_it_stands_on(which):
    colours = dict(re.findall(r"--sd-([\w-]+): (#[0-9a-f]{6});", BLOCKS[which]))
    found = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in READ}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("which", ["light", "dark"])
def test_what_a_chart_draws_stands_out_from_its_card(which):
    colours = dict(re.findall(r"(--(?:seg|cluster|sd)-[\w-]+): (#[0-9a-f]{6});", BLOCKS[which]))
    drawn = [name for name in colours if name.startswith(("--seg-", "--cluster-")) or name == "--sd-bar"]
    assert len(drawn) == len(palette.STANDARD) + palette.CLUSTERS + 1
    found = {name: round(contrast(colours[name], colours["--sd-surface"]), 2) for name in drawn}
    assert {name: ratio for name, ratio in found.items() if ratio < 3} == {}


@pytest.mark.parametrize("preset", shipped().values(), ids=lambda preset: preset.id)
def test_no_two_segments_of_a_preset_share_a_colour(preset):
    colours = [palette.segment(group.id) for group in preset.segments.groups]
    assert len(set(colours)) == len(colours)
    assert "var(--sd-bar)" not in colours


def test_a_segment_of_ones_own_takes_the_colour_its_release_gives_and_a_known_one_keeps_its_own():
    assert palette.segment("my-own", 4) == palette.cluster(4)
    assert palette.segment("lost", 4) == palette.segment("lost")
    assert palette.segment("my-own") == palette.segment(None) == "var(--sd-bar)"
