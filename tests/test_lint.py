"""Oxlint over what pages load: .oxlintrc.json says which rules, and why others are off."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

OXLINT = Path(sys.executable).with_name("oxlint")


def findings(*places):
    """Exit code and what the linter prints: a line for each finding, with its rule."""
    words = [
        OXLINT,
        "--threads=1",
        "--config",
        ROOT / ".oxlintrc.json",
        "--deny-warnings",
        "--format",
        "unix",
        *places,
    ]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    return run.returncode, run.stdout + run.stderr


def test_the_scripts_have_no_finding():
    code, told = findings("assets")
    assert code == 0, told


FORBIDDEN = [
    ("place.innerHTML = product;", "no-restricted-properties"),
    ('place["innerHTML"] = product;', "no-restricted-properties"),
    ("place.outerHTML = product;", "no-restricted-properties"),
    ('place.insertAdjacentHTML("beforeend", product);', "no-restricted-properties"),
    ("place.srcdoc = product;", "no-restricted-properties"),
    ("document.write(product);", "no-restricted-properties"),
    ('new window.DOMParser().parseFromString(product, "text/html");', "no-restricted-properties"),
    ('new DOMParser().parseFromString(product, "text/html");', "no-restricted-globals"),
    ('window.React.createElement("p", { dangerouslySetInnerHTML: { __html: product } });', "no-danger"),
    ("window.eval(product);", "no-eval"),
    ("window.setTimeout('alert(1)');", "no-implied-eval"),
    ("place.href = 'javascript:alert(1)';", "no-script-url"),
    ("place.textContent = prodct;", "no-undef"),
    ("var unread = product;", "no-unused-vars"),
    ("if (product == 0) place.remove();", "eqeqeq"),
]


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """What the linter says of each forbidden line, by its number."""
    script = tmp_path_factory.mktemp("lint") / "bad.js"
    body = "\n".join(line for line, _rule in FORBIDDEN)
    script.write_text(f"(function (place, product) {{\n{body}\n}})();\n", encoding="utf-8")
    code, told = findings(script)
    assert code == 1
    return {int(line.split(":")[1]) - 2: line for line in told.splitlines() if line.startswith(str(script))}


@pytest.mark.parametrize("place", range(len(FORBIDDEN)), ids=[line for line, _rule in FORBIDDEN])
def test_what_is_forbidden_is_named(named, place):
    assert f"({FORBIDDEN[place][1]})" in named[place]
