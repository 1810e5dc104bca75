"""E18: the settings by command: as they are read, secrets never, or every mistake."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.setting_readers import READERS
from services.site.settings import PREFIX
from services.site.state import FILE, State
from tests.oidc import provider

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
    assert [line.split()[0] for line in missing] == ["ALLOW_OPEN", "LLM_BASE_URL"]


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_setting_that_nothing_reads_any_more_is_told_about_beside_the_settings(check, words):
    done = check(*words, SEGMENT_DESK_REDIS_URL="redis://:hidden@cache")
    assert done.exit_code == 0
    assert done.stderr.startswith("SEGMENT_DESK_REDIS_URL is no longer used")
    assert "hidden" not in done.output
    assert "REDIS" not in done.stdout


HOSTED = {"HOST": "0.0.0.0", "TRUSTED_PROXIES": "1", "SECRET_KEY": KEY}


def test_a_hosted_site_without_an_account_is_told_that_nobody_could_sign_in(check, tmp_path):
    done = check(STATE_DIR=str(tmp_path / "var"), **HOSTED)
    assert done.exit_code == 0  # the settings are right, and accounts are made after this check
    assert "There is no account yet" in done.stderr
    assert "users add NAME --role admin" in done.stderr
    assert not (tmp_path / "var").exists()  # a check writes nothing


def test_a_site_with_an_account_or_for_this_computer_alone_lacks_none(check, tmp_path):
    state = State(tmp_path)
    Accounts(state).add("ana", Role.ADMIN, "correct horse battery staple")
    state.close()
    assert check(STATE_DIR=str(tmp_path), **HOSTED).stderr == ""
    assert check(STATE_DIR=str(tmp_path / "other")).stderr == ""


def test_records_that_cannot_be_read_are_said_beside_the_settings(check, tmp_path):
    (tmp_path / FILE).write_text("no database, but long enough to be taken for one" * 30)
    done = check(STATE_DIR=str(tmp_path), **HOSTED)
    assert "records cannot be read" in done.stderr
    assert "no account" not in done.stderr


def test_a_provider_is_asked_whether_people_could_sign_in_with_it(check):
    with provider() as there:
        given = {
            "SECRET_KEY": KEY,
            "OIDC_ISSUER": there.issuer,
            "OIDC_CLIENT_ID": "segment-desk",
            "OIDC_CLIENT_SECRET": "hidden",
            "OIDC_ROLES": "heads=admin,staff=viewer",
        }
        done = check("--json", **given)
        assert done.stderr == ""  # an account is not needed either
        shown = json.loads(done.stdout)
        assert shown["OIDC_ROLES"] == "heads=admin, staff=viewer"
        assert (shown["OIDC_CLIENT_SECRET"], shown["OIDC_PASSWORD_FORM"]) == ("set, not shown", 1)
        there.answers["/keys"] = lambda: ("", 500)
        said = check(**given).stderr
        assert (
            said == f"Nobody could sign in with 127.0.0.1 now: {there.issuer}/keys answers with status 500.\n"
        )
        said = check(**{**given, "OIDC_ISSUER": f"{there.issuer}/"}).stderr
        assert f"the provider calls itself '{there.issuer}', not '{there.issuer}/'" in said
