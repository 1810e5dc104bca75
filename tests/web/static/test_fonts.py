"""Inter, cut at install: small parts by what a page writes, and pages without it where it was not cut."""

from __future__ import annotations

import io
import re
from itertools import combinations

import pytest
from flask import Flask
from fontTools.ttLib import TTFont

from services.web.static import files, fonts
from tests.web.people import HTML

WRITTEN = {
    "basic": "Champions: £1,234.56 − 12 % “of” 9 × 2 → ₩₽€ ≥ 5…",
    "latin": "äöüßéçñłőřşȚ",
    "cyrillic": "Покупатели, ещё",
}


@pytest.fixture(scope="module")
def cut():
    """Each part, as browsers get it."""
    return {part: path.read_bytes() for part, path in zip(fonts.PARTS, fonts.make(), strict=True)}


def characters(part):
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", fonts.PARTS[part])
    return {code for first, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1)}


def test_each_part_holds_what_it_says_in_the_weights_of_pages_and_names_its_licence(cut):
    for part, content in cut.items():
        font = TTFont(io.BytesIO(content))
        held = set(font.getBestCmap())
        assert held <= characters(part)
        assert {ord(sign) for sign in WRITTEN[part] if sign != " " or part == "basic"} <= held | characters(
            "basic"
        )
        (weight,) = font["fvar"].axes
        assert (weight.axisTag, weight.minValue, weight.maxValue) == ("wght", *fonts.WEIGHTS)
        assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert len(cut["basic"]) < 18_000


def test_no_character_is_in_two_parts_so_that_a_browser_fetches_one():
    for one, other in combinations(fonts.PARTS, 2):
        assert not characters(one) & characters(other), (one, other)


def test_pages_name_the_first_part_and_the_style_sheet_all(client):
    text = client.get("/", headers=HTML).text
    (first,) = re.findall(r'<link rel="preload" href="(/vendor/inter-basic\.woff2\?m=\w+)" as="font"', text)
    answer = client.get(first, headers={"Accept-Encoding": "br, gzip"})
    assert (answer.mimetype, "Content-Encoding" in answer.headers) == ("font/woff2", False)
    sheet = client.get("/vendor/desk.css").text
    faces = re.findall(r"@font-face\{[^}]+\}", sheet)
    assert len(faces) == len(fonts.PARTS)
    assert all("font-display:swap" in face for face in faces)
    # beside the sheet itself, wherever the site is mounted
    named = [re.search(r"url\(([^)]+)\)", face)[1] for face in faces]
    assert first.removeprefix("/vendor/") in named
    assert {client.get(f"/vendor/{each}").status_code for each in named} == {200}
    assert client.get("/vendor/inter-greek.woff2").status_code == 404


def test_where_the_install_did_not_cut_it_pages_have_the_systems_font(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    server = Flask("any", static_folder=None)
    assert fonts.install(server) == ("", "")
    assert server.test_client().get("/vendor/inter-basic.woff2").status_code == 404
