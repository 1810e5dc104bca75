"""``docs/contract.md`` names what there is and nothing else: commands, options, addresses, rules."""

from __future__ import annotations

import re

import click
import dash
import pytest

from services.cli import main
from services.core.filters import CONTACTS, PARAMETERS, REPEATED
from services.serving.churn import asked as churn
from services.serving.cohorts import address as cohorts
from services.serving.movement.address import KEYS
from services.serving.rules.address import ONCE, SEVERAL
from services.training.lines import cleaning, customer_rules
from tests.cli.commands import run
from tests.releases.tiny import make_tiny_release
from tests.running import ROOT

CONTRACT = (ROOT / "docs" / "contract.md").read_text("utf-8")
QUOTED = re.findall(r"`([^`]+)`", CONTRACT)
WORDS = {word for quoted in QUOTED for word in re.findall(r"[\w/.-]+", quoted)}
# Asked by the pages themselves, not by people or programs: part of no promise.
INTERNAL = ("/_", "/<path:path>", "/assets/")


def commands(group: click.Group = main, before: str = "") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
        else:
            found[before + name] = command
    return found


def options(command: click.Command) -> set[str]:
    return {name for each in command.params if isinstance(each, click.Option) for name in each.opts}


def row_of(first: str) -> str:
    """The table's row that begins with ``first``."""
    rows = [
        line for line in CONTRACT.splitlines() if line.startswith("| ") and f"`{first}" in line.split("|")[1]
    ]
    assert rows, f"docs/contract.md has no row for {first}"
    return rows[0]


def names(text: str) -> set[str]:
    """Top-level names of a row's JSON: what stands in braces or brackets belongs to the name before."""
    before = None
    while text != before:
        before, text = text, re.sub(r"\s*(\{[^{}]*\}|\[[^\[\]]*\]|\([^()]*\))", "", text)
    return set(re.findall(r"\w+", text))


def test_every_command_and_option_is_in_the_contract_and_no_other():
    known = {"--json", "--help", *(option for command in commands().values() for option in options(command))}
    assert [name for name in commands() if name not in CONTRACT] == []
    assert sorted(known - WORDS - {"--help"}) == []
    assert sorted({word for word in WORDS if word.startswith("--")} - known) == []


def test_the_options_of_train_each_have_a_row():
    firsts = [line.split("|")[1] for line in CONTRACT.splitlines() if line.startswith("| `--")]
    rows = set(re.findall(r"--[a-z-]+", "".join(firsts)))
    assert rows == options(main.commands["train"]) - {"--models", "--json"}


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder)
    return folder


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("customer ID", ("customer", "12346")),
        ("rules", ("rules",)),
        ("predict` with `--recency", ("predict", "--recency", "1", "--frequency", "1", "--monetary", "9")),
    ],
)
def test_what_a_command_prints_has_the_names_of_its_row(models, row, words):
    printed = run(*words, "--models", models, "--json").json
    told = names(re.findall(r"`([^`]+)`", row_of(row).split("|")[3])[0])
    for each in printed if isinstance(printed, list) else [printed]:
        assert set(each) == told


def test_every_address_is_in_the_contract_and_no_other(app):
    served = {re.sub(r"<[a-z_]+:(id|upload)>", "ID", str(rule)) for rule in app.server.url_map.iter_rules()}
    served = {address.replace("<string:code>", "CODE").replace("<string:part>", "PART") for address in served}
    served |= {page["path"] for page in dash.page_registry.values()}
    named = {address for quoted in QUOTED for address in re.findall(r"^(/[\w/.-]*)", quoted)}
    told = {address for address in served if not address.startswith(INTERNAL)}
    assert sorted(told - named) == []
    assert sorted(named - served - {"/api/v1", "/assets/"}) == []


def test_the_parameters_of_pages_stand_in_their_rows():
    of_segments = ("group", "sort", *PARAMETERS)
    of_cohorts = (*cohorts.KEYS, *CONTACTS, "show", "sort")
    of_baskets = (*ONCE, *SEVERAL)
    for address, parameters in (
        ("/", of_segments), ("/baskets", of_baskets), ("/movement", (*KEYS, *CONTACTS)),
        ("/cohorts", of_cohorts), ("/churn", (*churn.KEYS, *REPEATED)),
    ):  # fmt: skip
        told = set(re.findall(r"`(\w+)", row_of(address).split("|", 3)[3]))
        assert told == set(parameters) - {"release"}, address


def test_cleaning_rules_are_named_in_the_order_in_which_they_are_asked():
    told = [re.findall(r"`(\w+)`", text) for text in re.findall(r"((?:`\w+`,\s+){3,}`\w+`)\.", CONTRACT)]
    for rules, currency in ((cleaning.RULES, "EUR"), (customer_rules.RULES, None)):
        assert [*cleaning.names_of_rules(rules, {"forgotten"}, currency)] in told
