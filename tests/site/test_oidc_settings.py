"""Settings of a provider: what is read, and what is refused with a sentence that says what to do."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.site.people.roles import Role
from services.site.settings import Settings

read = Settings.from_environment
KEY = "0123456789abcdef" * 4
ISSUER = "https://id.example.com/realms/shop/"
WHOLE = {
    "SECRET_KEY": KEY,
    "OIDC_ISSUER": ISSUER,
    "OIDC_CLIENT_ID": "segment-desk",
    "OIDC_CLIENT_SECRET": "hidden",
    "OIDC_ROLES": "heads=admin, a=b=marketer ,Shop staff=viewer",
}


def test_all_that_a_provider_needs_is_read_and_roles_keep_their_order():
    settings = read(WHOLE)
    assert settings.oidc_issuer == ISSUER  # to the letter, the slash too
    assert settings.oidc_roles == (
        ("heads", Role.ADMIN),
        ("a=b", Role.MARKETER),
        ("Shop staff", Role.VIEWER),
    )
    assert (settings.oidc_groups_claim, settings.oidc_password_form) == ("groups", True)
    assert settings.oidc_called == "id.example.com"
    assert read(WHOLE | {"OIDC_NAME": "Shop ID"}).oidc_called == "Shop ID"
    assert "hidden" not in repr(settings)


def test_the_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "secret").write_text("from a file\n")
    given = {**WHOLE, "OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")}
    assert read(given).oidc_client_secret == "from a file"


def test_with_a_provider_everybody_signs_in_even_on_this_computer():
    assert read(WHOLE).hosted
    with pytest.raises(Refusal, match=r"^OIDC_ISSUER names who people sign in with, so .* set SECRET_KEY"):
        read({**WHOLE, "SECRET_KEY": ""})


@pytest.mark.parametrize("name", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ROLES"])
def test_what_a_provider_needs_is_named_where_it_is_missing(name):
    with pytest.raises(Refusal, match=f"^OIDC_ISSUER is set: set {name} to ") as refused:
        read({**WHOLE, name: ""})
    assert refused.value.field == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_CLIENT_ID", "segment-desk"),
        ("OIDC_CLIENT_SECRET", "hidden"),
        ("OIDC_ROLES", "staff=viewer"),
        ("OIDC_NAME", "Shop ID"),
        ("OIDC_GROUPS_CLAIM", "roles"),
        ("OIDC_PASSWORD_FORM", "0"),
    ],
)
def test_what_belongs_to_a_provider_is_refused_without_one(name, value):
    with pytest.raises(Refusal, match=f"^{name} is set: name the provider with OIDC_ISSUER.$"):
        read({name: value})


@pytest.mark.parametrize(
    "given",
    [
        "id.example.com",
        "http://id.example.com",
        "http://127.0.0.1.evil.example",
        "https://user:hidden@id.example.com",
        "https://id.example.com/?tenant=1",
        "https://id.example.com/#a",
        "https://",
        "https://[",
        "ftp://id.example.com",
        "https://id.example.com/a b",
        "https://id.example.com/?",
        "https://id.example.com/\x1b",
        f"https://id.example.com/{'x' * 500}",
    ],
)
def test_another_address_of_a_provider_is_refused_with_an_example(given):
    with pytest.raises(Refusal, match=r"^OIDC_ISSUER is not an address such as https://id\.example\.com"):
        read({**WHOLE, "OIDC_ISSUER": given})


@pytest.mark.parametrize(
    "given", ["http://localhost:8080/realms/shop", "http://127.0.0.1:1", "http://[::1]:8080"]
)
def test_on_this_computer_a_provider_needs_no_tls(given):
    assert read({**WHOLE, "OIDC_ISSUER": given}).oidc_issuer == given


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("staff", "has “staff”: give a group and its role, such as staff=viewer"),
        ("staff=boss", "has “staff=boss”: .* Roles are viewer, service, marketer, analyst, exporter, admin"),
        ("staff=Viewer", "has “staff=Viewer”"),
        ("=viewer", "has “=viewer”"),
        ("staff=viewer,", "has “”"),
        ("staff=viewer,staff=admin", "names the group staff twice"),
    ],
)
def test_roles_that_cannot_be_read_are_refused_with_what_is_wrong(given, said):
    with pytest.raises(Refusal, match=f"^OIDC_ROLES {said}"):
        read({**WHOLE, "OIDC_ROLES": given})


def test_a_long_name_of_a_provider_is_refused():
    with pytest.raises(Refusal, match="OIDC_NAME has to be a name of 40 characters at most"):
        read({**WHOLE, "OIDC_NAME": "x" * 41})
