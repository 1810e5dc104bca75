"""The command line: strict JSON on stdout, one sentence and an exit code for what cannot be done."""

import re

import pytest
from click.testing import CliRunner

from services.cli import main
from services.releases import read_current
from services.site.people.audit import Audit
from services.site.state import State
from tests.cli.commands import run
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    return models, make_tiny_release(models)


def test_every_command_has_help():
    listed = run("--help").out
    for command in ("train", "customer", "predict", "rules", "releases", "activate", "presets", "sample"):
        assert command in listed
        assert run(command, "--help").code == 0


def test_the_releases_are_listed_and_the_active_one_is_marked(tiny):
    models, release = tiny
    listed = run("releases", "--models", models, "--json").json
    assert [(each["id"], each["active"], each["usable"]) for each in listed] == [(release, True, True)]


def test_a_known_customer_is_shown_and_its_numbers_predict_the_same(tiny):
    models, _ = tiny
    shown = run("customer", " 12346.0 ", "--models", models, "--json").json
    assert shown["customer_id"] == "12346"
    values = [word for axis in ("recency", "frequency", "monetary") for word in (f"--{axis}", shown[axis])]
    answer = run("predict", *values, "--models", models, "--json").json
    assert {name: answer[name] for name in ("cluster", "segment", "scores", "margin")} == {
        name: shown[name] for name in ("cluster", "segment", "scores", "margin")
    }


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("customer", "nobody"), 1, "nobody"),
        (("activate", "20200101T000000Z-abcdef"), 1, "no release"),
        (("predict", "--recency", "x", "--frequency", "1", "--monetary", "1"), 2, "takes a number"),
        (("predict", "--recency", "1", "--frequency", "0", "--monetary", "1"), 2, "from 1 up"),
        (("predict", "--recency", "1", "--frequency", "1", "--monetary", "1e400"), 2, "number"),
        (("predict", "--recency", "1", "--frequency", "1", "--monetary", "1e5"), 2, "number"),
        (("predict", "--recency", "1", "--frequency", "1", "--monetary", "1,797.24"), 2, "number"),
        (("predict", "--recency", "1", "--frequency", "1", "--monetary", "9" * 5000), 2, ""),
        (("rules", "--min-support", "0.000001"), 2, "support"),
        (("train", "missing.csv"), 2, "missing.csv"),
        (("train", __file__), 2, ""),
        (("train", __file__, "--preset", "nonsense"), 1, "no preset"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_an_exit_code(tiny, words, code, sentence):
    models, _ = tiny
    ran = run(*words, "--models", models)
    assert (ran.code, ran.out) == (code, "")
    said = [line for line in ran.err.splitlines() if not re.fullmatch(r" *\d+ % \w+", line)]
    assert len(said) == 1
    assert sentence in said[0]


ODD_NUMBERS = ["1_0", "1e1", "nan", "inf", "0x10", "1,5", "\u0661", "\uff11", "+1", "x", ""]


@pytest.mark.parametrize("text", ODD_NUMBERS)
@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("rules", "--min-support"),
        ("rules", "--min-confidence"),
        ("rules", "--min-lift"),
        ("rules", "--limit"),
        ("recommend", "--n"),
        ("train", "--k"),
        ("train", "--seed"),
        ("train", "--support"),
        ("audit", "--limit"),
        ("sample", "--seed"),
    ],
)
def test_a_number_as_an_option_has_ascii_digits_and_a_point_alone(tmp_path, command, option, text):
    operands = {"recommend": ["12346"], "train": [__file__], "sample": ["--out", str(tmp_path / "x.csv")]}
    ran = run(command, *operands.get(command, []), option, text)
    assert (ran.code, ran.out) == (2, "")
    assert re.fullmatch(rf"{option} takes a (whole )?number in plain digits, such as [0-9.]+\n", ran.err)
    assert list(tmp_path.iterdir()) == []


def test_a_number_as_an_option_is_held_to_its_bounds(tiny):
    models, _ = tiny
    assert "range 1<=x<=20" in run("recommend", "12346", "--n", "21", "--models", models).err
    assert run("rules", "--min-lift", "1.5", "--limit", "2", "--models", models).code == 0


def test_d11_going_back_to_an_earlier_release_is_one_command_and_logged(tmp_path, monkeypatch):
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    first = make_tiny_release(tmp_path)
    second = make_tiny_release(tmp_path, previous=first)
    assert read_current(tmp_path) == second
    ran = CliRunner().invoke(main, ["activate", first, "--models", str(tmp_path)])
    assert (ran.exit_code, ran.output) == (0, f"Release {first} is active.\n")
    assert read_current(tmp_path) == first
    state = State(tmp_path / "state")
    entry = Audit(state).listed(what="activation")[0]
    assert (entry.release, entry.result) == (first, "done")
    state.close()


def test_with_a_setting_that_cannot_be_read_the_active_release_stays(tmp_path):
    first = make_tiny_release(tmp_path)
    second = make_tiny_release(tmp_path, previous=first)
    ran = run("activate", first, "--models", tmp_path, SEGMENT_DESK_PROT="1")
    assert (ran.code, ran.out) == (2, "")
    assert read_current(tmp_path) == second


@pytest.mark.parametrize("words", [("users", "disable", "\udcff"), ("optout", "add", "\udcff")])
def test_what_is_no_text_is_refused(tmp_path, words):
    ran = run(*words, STATE_DIR=str(tmp_path))
    assert ran.code in (1, 2)
    assert len(ran.err.splitlines()) == 1


def test_a_models_folder_below_a_file_is_refused():
    ran = run("train", __file__, "--models", f"{__file__}/models")
    assert (ran.code, ran.out) == (2, "")
    assert "not a directory" in ran.err


def test_no_release_is_exit_code_three(tmp_path):
    ran = run("customer", "12347", "--models", tmp_path)
    assert ran.code == 3
    assert "Train one" in ran.err


def test_the_models_folder_may_come_from_the_settings(tiny):
    models, release = tiny
    assert run("releases", "--json", MODELS_DIR=str(models)).json[0]["id"] == release


@pytest.mark.parametrize("typed", ["1,797.24", "1.797,24", "x"])
def test_a_number_that_is_not_plain_is_told_how_to_write_one(tiny, typed):
    models, _release = tiny
    ran = run("predict", "--recency", "3", "--frequency", "2", "--monetary", typed, "--models", models)
    assert (ran.code, ran.out) == (2, "")
    assert "nothing between thousands" in ran.err
    assert ran.err.count(typed) == 1
    assert "1797.24" not in ran.err
