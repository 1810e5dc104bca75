"""With --json a refusal is an object on stdout too: sentence, field, what option answers it, its choices."""

import json
from types import SimpleNamespace

import click
import numpy as np
import pytest
from click.testing import CliRunner

from services.cli import main
from services.cli.base import as_json, group
from services.core.refusals import Refusal
from services.serving.customers import recommendations
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models)
    return models


@pytest.fixture
def asked(tmp_path, tiny, monkeypatch):
    """Run a command with --json; give the exit code, what was refused, and stderr."""
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MODELS_DIR", str(tiny))

    def run(*words):
        done = CliRunner().invoke(main, [*map(str, words), "--json"])
        refused = json.loads(done.stdout)["refused"]
        assert set(refused) == {"message", "field", "option", "choices"}
        assert refused["message"] in done.stderr
        return done.exit_code, refused, done.stderr

    return run


def sales(tmp_path, *rows, header="customer,date,amount"):
    path = tmp_path / "sales.csv"
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


@pytest.mark.parametrize(
    ("rows", "words", "field", "option", "choices"),
    [
        (["a,01/02/2011,1"], (), "date_order", "--date-order", ["dmy", "mdy", "ymd"]),
        (['a,2011-01-02,"1,234"'], (), "decimal", "--decimal", [".", ","]),
        (["a,2011-01-02,1"], ("--columns", "date=-"), "columns", "--columns", None),
        (["a,2011-01-02,1"], ("--columns", "date"), "columns", "--columns", None),
        (["a,2011-01-02,1"], ("--separator", "abc"), "separator", "--separator", None),
        (["a,2011-01-02,1"], ("--encoding", "klingon"), "encoding", "--encoding", None),
        (["a,2011-01-02,1"], ("--cancel-prefix", " "), "cancel_prefix", "--cancel-prefix", None),
        (["a,2011-01-02,1", "b,2011-01-02,x"], (), "accept_unreadable", "--accept-unreadable", None),
        (["a,2011-01-02,1"], ("--date-order", "xyz"), "date_order", "--date-order", ["dmy", "mdy", "ymd"]),
        (["a,2011-01-02,1"], ("--k", "1"), "k", "--k", None),
        (["a,2011-01-02,1"], (), None, None, None),
    ],
)
def test_a_refused_training_names_what_answers_it(asked, tmp_path, rows, words, field, option, choices):
    code, refused, _stderr = asked("train", sales(tmp_path, *rows), "--models", tmp_path / "m", *words)
    assert code == 2
    assert (refused["field"], refused["option"], refused["choices"]) == (field, option, choices)


def test_an_unknown_preset_lists_those_there_are(asked, tmp_path):
    code, refused, _stderr = asked("train", sales(tmp_path), "--preset", "nonsense")
    assert (code, refused["option"]) == (1, "--preset")
    assert "standard" in refused["choices"]


@pytest.mark.parametrize(
    ("words", "code", "field", "option"),
    [
        (("customer", "nobody"), 1, "customer", None),
        (("predict", "--recency", "x", "--frequency", "1", "--monetary", "1"), 2, "recency", "--recency"),
        (("predict", "--recency", "1", "--frequency", "0", "--monetary", "1"), 2, "frequency", "--frequency"),
        (("rules", "--min-support", "2"), 2, "min_support", "--min-support"),
        (("rules", "--cluster", "c99"), 1, "cluster", "--cluster"),
        (("activate", "20200101T000000Z-abcdef"), 1, None, None),
    ],
)
def test_every_command_says_what_it_refuses(asked, words, code, field, option):
    found, refused, _stderr = asked(*words)
    assert (found, refused["option"]) == (code, option)
    assert field is None or refused["field"] == field


@pytest.mark.parametrize(
    ("words", "field", "option", "choices"),
    [
        (("rules", "--min-support", "x"), "min_support", "--min-support", None),
        (("rules", "--limit", "1_000"), "limit", "--limit", None),
        (("rules", "--baskets", "boxes"), "baskets", "--baskets", ["invoices", "customers"]),
        (("rules", "--held-up", "perhaps"), "held_up", "--held-up", ["yes", "no", "unknown"]),
    ],
)
def test_an_option_that_cannot_be_read_is_named_as_it_is_given(asked, words, field, option, choices):
    code, refused, _stderr = asked(*words)
    assert code == 2
    assert (refused["field"], refused["option"], refused["choices"]) == (field, option, choices)


def test_a_group_without_rules_lists_those_that_have_some(asked, monkeypatch):
    scopes = ["all", "cluster:c1", "cluster:c2", "segment:champions", "period:season", "cluster:c1@customers"]
    index = SimpleNamespace(scopes=dict.fromkeys(scopes))
    monkeypatch.setattr("services.serving.rules.find.rule_index", lambda release: index)
    for words, kind, choices in (
        (("--cluster", "c99"), "cluster", ["c1", "c2"]),
        (("--cluster", "c2", "--baskets", "customers"), "cluster", ["c1"]),
        (("--segment", "x"), "segment", ["champions"]),
        (("--period", "x"), "period", ["season"]),
    ):
        code, refused, _stderr = asked("rules", *words)
        assert (code, refused["field"], refused["option"]) == (1, kind, f"--{kind}")
        assert refused["choices"] == choices


def test_a_method_of_recommending_that_there_is_not_lists_those_there_are(asked, monkeypatch):
    report = {"missing": None, "default": "linear-items"}
    monkeypatch.setattr(recommendations, "report_of", lambda release: report)
    code, refused, _stderr = asked("recommend", "A-001", "--method", "x")
    assert (code, refused["option"]) == (2, "--method")
    assert refused["choices"] == list(recommendations.METHODS)
    _code, refused, _stderr = asked("recommend", "A-001", "--method", "item-cosine", "--replenish")
    assert refused["choices"] == [recommendations.REPLENISH]


def test_what_a_command_does_not_know_is_an_object_too(asked):
    code, refused, _stderr = asked("customer", "1", "--shoe-size", "9")
    assert (code, refused["option"], refused["choices"]) == (2, None, None)
    assert "--shoe-size" in refused["message"]


def test_no_release_is_exit_code_three_with_an_object(asked, tmp_path):
    code, refused, _stderr = asked("customer", "1", "--models", tmp_path / "none")
    assert (code, refused["field"]) == (3, None)


def test_without_json_and_behind_two_dashes_stdout_stays_empty(tiny):
    for words in (["customer", "nobody"], ["customer", "--", "--json"]):
        done = CliRunner().invoke(main, [*words[:1], "--models", str(tiny), *words[1:]])
        assert (done.exit_code, done.stdout) == (1, "")


def test_choices_of_a_refusal_go_before_those_of_its_option(monkeypatch):
    @click.command("ask")
    @click.option("--json", "as_json", is_flag=True)
    def ask(as_json):
        raise Refusal("Which?", "kind", option="--kind", choices=("one", "two"))

    monkeypatch.setitem(group.commands, "ask", ask)
    done = CliRunner().invoke(main, ["ask", "--json"])
    assert json.loads(done.stdout)["refused"] == {
        "message": "Which?",
        "field": "kind",
        "option": "--kind",
        "choices": ["one", "two"],
    }


def test_json_before_the_command_is_told_where_it_goes(tiny):
    for words in (["--json", "releases"], ["--json", "users", "list"], ["--json", "nonsense"], ["--json"]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 2
        assert done.stderr == "Put --json after the command: python -m services releases --json.\n"
        assert json.loads(done.stdout)["refused"]["message"] == done.stderr.strip()


def test_an_argument_that_is_no_text_is_an_object_too(monkeypatch):
    @click.command("ask")
    @click.option("--json", "as_json", is_flag=True)
    def ask(as_json):
        raise Refusal("There is no \udcff.")

    monkeypatch.setitem(group.commands, "ask", ask)
    done = CliRunner().invoke(main, ["ask", "--json"])
    assert json.loads(done.stdout)["refused"]["message"] == "There is no \\udcff."


def test_what_is_no_number_is_null_and_every_digit_is_kept():
    value = {"lift": float("inf"), "p": [float("nan")], "spend": np.float64(0.1 + 0.2), "n": np.int64(3)}
    assert as_json(value) == '{"lift":null,"p":[null],"spend":0.30000000000000004,"n":3}'
