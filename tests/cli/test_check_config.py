"""E18: the settings by command: as they are read, secrets never, or every mistake."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.site.settings import PREFIX, READERS

KEY = "0123456789abcdef" * 4


@pytest.fixture
def check():
    bare = dict.fromkeys([*READERS, *(PREFIX + name for name in READERS)])

    def run(*words, **environment):
        return CliRunner().invoke(main, ["check-config", *words], env=bare | environment)

    return run


def test_every_setting_is_shown_as_it_is_read_and_secrets_never(check):
    secrets = {
        "SECRET_KEY": KEY,
        "DATABASE_URL": "postgresql://desk:hidden@db/desk",
        "REDIS_URL": "redis://:hidden@cache",
        "LLM_API_KEY": "hidden",
    }
    done = check("--json", PORT="9000", LOCALE="de-DE", TRUSTED_HOSTS="a, b", **secrets)
    shown = json.loads(done.output)
    assert list(shown) == list(READERS)
    assert (shown["PORT"], shown["LOCALE"], shown["TRUSTED_HOSTS"]) == (9000, "de_DE", "a, b")
    assert {shown[name] for name in secrets} == {"set, not shown"}
    assert "hidden" not in done.output
    assert "SECRET_KEY       not set\n" in check().output


def test_every_mistake_is_a_line_and_none_hides_another(check):
    done = check(SEGMENT_DESK_PROT="1", PORT="x", CURRENCY="pound", SECRET_KEY="secret", ALLOW_OPEN="0")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert [line.split()[0] for line in done.stderr.splitlines()] == [
        "SEGMENT_DESK_PROT",
        "PORT",
        "SECRET_KEY",
        "CURRENCY",
    ]
    missing = check(ALLOW_OPEN="0", LLM_BASE_URL="https://example.com/v1").stderr.splitlines()
    assert [line.split()[0] for line in missing] == ["With", "LLM_BASE_URL"]
