"""Settings: what is read, and what is refused with a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.core.refusals import Refusal
from services.site.setting_readers import READERS
from services.site.settings import Settings, no_longer_used

read = Settings.from_environment
KEY = "0123456789abcdef" * 4


def test_without_an_environment_the_site_is_local_and_british():
    assert read({}) == Settings()
    assert Settings().local
    assert Settings().address == "http://127.0.0.1:8050/"


def test_every_setting_is_read_by_its_name():
    settings = read(
        {
            "PORT": "9000",
            "MODELS_DIR": "/srv/models",
            "CURRENCY": "EUR",
            "LOCALE": "de-DE",
            "TRUSTED_HOSTS": "a.example, b",
        }
    )
    assert (settings.port, settings.models_dir) == (9000, Path("/srv/models"))
    assert (settings.currency, settings.locale) == ("EUR", "de_DE")
    assert settings.trusted_hosts == ("a.example", "b")


def test_the_prefixed_name_wins_and_an_empty_value_counts_as_unset():
    assert read({"PORT": "1", "SEGMENT_DESK_PORT": "2"}).port == 2
    assert read({"PORT": ""}).port == 8050


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])
def test_only_this_computer_reaches_a_loopback_address(host):
    assert read({"HOST": host}).local


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "shop.example"])
def test_f10_an_address_open_to_others_needs_a_secret(host):
    with pytest.raises(Refusal, match="SECRET_KEY"):
        read({"HOST": host})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "shop.example"])
def test_e5_an_address_open_to_others_needs_a_proxy(host):
    # since gunicorn's own worker serves: only what stands in front bounds slow clients
    with pytest.raises(
        Refusal, match=f"HOST {host} .* set TRUSTED_PROXIES to 1, as docs/deployment.md"
    ) as refused:
        read({"HOST": host, "SECRET_KEY": KEY})
    assert refused.value.field == "TRUSTED_PROXIES"
    assert not read({"HOST": host, "SECRET_KEY": KEY, "TRUSTED_PROXIES": "1"}).local


def test_this_computer_alone_needs_no_proxy_whoever_has_to_sign_in():
    assert read({"SECRET_KEY": KEY, "ALLOW_OPEN": "0"}).trusted_proxies == 0


def test_all_that_an_open_address_lacks_is_said_in_one_sentence():
    _, mistakes = Settings.read({"HOST": "0.0.0.0"})
    (said,) = map(str, mistakes)
    assert "set TRUSTED_PROXIES to 1, as docs/deployment.md" in said
    assert "Also set SECRET_KEY to" in said
    assert "ALLOW_OPEN" not in said
    _, mistakes = Settings.read({"HOST": "0.0.0.0", "SECRET_KEY": "secret"})
    assert [each.field for each in mistakes] == ["SECRET_KEY", "TRUSTED_PROXIES"]
    assert "SECRET_KEY" not in str(mistakes[1])


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"HOST": "0.0.0.0", "TRUSTED_PROXIES": "1"}, "HOST 0.0.0.0"),
        ({"TRUSTED_PROXIES": "1"}, "TRUSTED_PROXIES 1"),
        ({"ALLOW_OPEN": "0"}, "ALLOW_OPEN 0"),
    ],
)
def test_the_sentence_about_a_missing_key_names_only_what_asks_for_it(environment, reason):
    with pytest.raises(Refusal, match=f"^{reason} .*everybody has to sign in: set SECRET_KEY to") as refused:
        read(environment)
    others = {"HOST", "TRUSTED_PROXIES", "ALLOW_OPEN"} - {reason.split()[0]}
    assert not any(f"{name} " in str(refused.value).partition(":")[0] for name in others)


@pytest.mark.parametrize("blank", [" ", "\t\t", "  \n"])
def test_a_key_of_blanks_is_called_empty_and_not_easy_to_guess(blank):
    with pytest.raises(Refusal, match=r"^SECRET_KEY is empty: set it to what python"):
        read({"SECRET_KEY": blank})


@pytest.mark.parametrize("name", ["REDIS_URL", "SEGMENT_DESK_REDIS_URL"])
def test_a_setting_of_an_earlier_version_is_told_about_and_hinders_no_start(name):
    assert read({name: "redis://cache"}) == Settings()
    (said,) = no_longer_used({name: "redis://:hidden@cache", "PORT": "1"})
    assert said.startswith(f"{name} is no longer used")
    assert "hidden" not in said
    assert no_longer_used({"PORT": "1", name: ""}) == []


def test_nothing_is_open_to_others_and_an_own_computer_may_be_closed_too():
    assert not read({}).hosted
    assert read({"SECRET_KEY": KEY, "ALLOW_OPEN": "0"}).hosted
    for closed in ({"ALLOW_OPEN": "0"}, {"HOST": "0.0.0.0", "TRUSTED_PROXIES": "1", "ALLOW_OPEN": "1"}):
        with pytest.raises(Refusal, match="everybody has to sign in: set SECRET_KEY"):
            read(closed)


def test_secrets_are_not_shown():
    assert KEY not in repr(read({"SECRET_KEY": KEY}))


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("PORT", "80O5", "whole number from 0 to 65535"),
        ("PORT", "65536", "65535"),
        ("PORT", "-1", "from 0"),
        ("PORT", "٣", "whole number"),
        ("WEB_CONCURRENCY", "0", "from 1 to 64"),
        ("SECRET_KEY", "changeme", "too easy to guess"),
        ("SECRET_KEY", "ab" * 32, "too easy to guess"),
        ("ALLOW_OPEN", "yes", "1 for yes or 0 for no"),
        ("SECRET_KEY", KEY + "\udcff", "UTF-8"),
        ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("DATABASE_URL", "postgresql://u:hid@den:x@db/desk", "%40"),
        ("SOURCE_URL", "oracle://u:hidden@db/shop", "mysql://reader:password@db/shop or sqlite:///"),
        ("SOURCE_URL", "postgresql://u:hid@den:x@db/shop", "%40"),
        ("SOURCE_URL", "postgresql://db", "postgresql://reader:password@db:5432/shop"),
        ("SOURCE_QUERY", "delete from orders", "nor a SELECT"),
        ("SOURCE_QUERY", "orders, customers", "neither the name of a table"),
        ("SOURCE_EVERY", "1w", "such as 30m, 12h or 1d"),
        ("SOURCE_EVERY", "32d", "31d at most"),
        ("SOURCE_EVERY", "0h", "give minutes"),
        ("LLM_BASE_URL", "http://[", "https://example.com/v1"),
        ("LLM_BASE_URL", "http://db:99999/", "https://example.com/v1"),
        ("LLM_BASE_URL", "http://:hidden@db/", "https://example.com/v1"),
        ("TRUSTED_PROXIES", "yes", "whole number from 0 to 9"),
        ("HOST", "http://127.0.0.1", "without http://"),
        ("CURRENCY", "pound", "ISO 4217"),
        ("LOCALE", "klingon", "en_GB"),
        ("TIME_ZONE", "London", "Europe/London"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_advice(name, value, advice):
    with pytest.raises(Refusal, match=advice) as refused:
        read({name: value})
    assert refused.value.field == name
    assert str(refused.value).endswith(".")
    assert str(refused.value).startswith(name)
    assert "hid" not in str(refused.value)


def test_an_unknown_name_with_the_prefix_is_refused_with_the_closest_known_one():
    with pytest.raises(Refusal, match="did you mean SEGMENT_DESK_PORT"):
        read({"SEGMENT_DESK_PROT": "1"})
    with pytest.raises(Refusal, match="known are HOST, PORT"):
        read({"SEGMENT_DESK_XYZ": "1"})


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_comment_behind_a_value_is_refused_without_quoting_the_value(name):
    value = {"SECRET_KEY": KEY, "DATABASE_URL": "postgresql://desk:word@db/desk", "PORT": "8050"}.get(
        name, "x"
    )
    for comment in ("  # made in May", "\t# made in May", " #"):
        with pytest.raises(Refusal) as refused:
            read({name: value + comment})
        assert str(refused.value) == (
            f"{name} ends in a comment, which systemd takes for part of the value and a shell does not: put "
            "the comment on a line of its own."
        )


def test_names_of_files_and_columns_may_hold_a_number_sign():
    assert read({"DATA": "/srv/Sales #1.csv"}).data == Path("/srv/Sales #1.csv")
    assert read({"TRAIN_OPTIONS": "--columns 'invoice=Order #,date=Day'"}).train_options
    with pytest.raises(Refusal, match="DATA ends in a comment"):
        read({"DATA": "/srv/Sales #1.csv # of May"})


def test_a_source_is_a_database_and_what_is_asked_of_it():
    url = "sqlite:////srv/shop.sqlite"
    for asked in (
        "orders",
        "shop.orders",
        "SELECT * FROM orders WHERE note = 'Order #1'",
        "with a as (select 1)",
    ):
        settings = read({"SOURCE_URL": url, "SOURCE_QUERY": f"{asked};"})
        assert (settings.source_url, settings.source_query) == (url, asked)
    with pytest.raises(
        Refusal, match="SOURCE_URL is set: name the table or the SELECT to read with SOURCE_QUERY"
    ):
        read({"SOURCE_URL": url})
    with pytest.raises(Refusal, match="SOURCE_QUERY is set: name the database to ask with SOURCE_URL"):
        read({"SOURCE_QUERY": "orders"})
    assert "hidden" not in repr(read({"SOURCE_URL": "mysql://u:hidden@db/shop", "SOURCE_QUERY": "orders"}))


@pytest.mark.parametrize("key", [f"{KEY} {KEY}", f"{KEY}\t1", f"{KEY}\n{KEY}", f"{KEY}\u00a0{KEY}"])
def test_f10_a_key_with_blanks_is_refused(key):
    with pytest.raises(Refusal) as refused:
        read({"SECRET_KEY": key})
    assert str(refused.value).startswith("SECRET_KEY contains a space, a tab or a line break, ")
    assert KEY not in str(refused.value)


def test_a_secret_may_stand_in_a_file_and_no_other_setting(tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    assert read({"SECRET_KEY_FILE": str(file)}).secret_key == KEY
    assert read({"SEGMENT_DESK_SECRET_KEY_FILE": str(file), "SECRET_KEY": ""}).secret_key == KEY
    assert read({"CURRENCY_FILE": str(file)}).currency == "GBP"
    with pytest.raises(Refusal, match="SEGMENT_DESK_CURRENCY_FILE is not a setting"):
        read({"SEGMENT_DESK_CURRENCY_FILE": str(file)})


@pytest.mark.parametrize(
    ("held", "also", "said"),
    [
        (None, {}, "names “.*”, which cannot be read: No such file or directory"),
        (b" \n", {}, "which is empty"),
        (b"\xff\xfe", {}, "which is not UTF-8 text"),
        (KEY.encode(), {"SECRET_KEY": KEY}, "SECRET_KEY and SECRET_KEY_FILE are both set"),
        (b"short", {}, "SECRET_KEY"),
    ],
)
def test_a_secret_that_its_file_does_not_give_is_refused(tmp_path, held, also, said):
    file = tmp_path / "key"
    if held is not None:
        file.write_bytes(held)
    with pytest.raises(Refusal, match=said) as refused:
        read({"SECRET_KEY_FILE": str(file), **also})
    assert refused.value.field == "SECRET_KEY"


@pytest.mark.parametrize("given", ["file:///mnt/releases", "file:///mnt/releases/"])
def test_the_store_of_releases_is_an_address(given):
    assert read({"MODELS_URL": given}).models_url == "file:///mnt/releases"


@pytest.mark.parametrize(
    "given",
    [
        "s3://",
        "s3:///prefix",
        "s3://key:secret@bucket/prefix",
        "s3://bucket/a b",
        "s3://bucket?version=1",
        "file://host/folder",
        "file:///",
        "/mnt/releases",
        "https://bucket.example.com",
        "memory://releases",
    ],
)
def test_another_address_of_a_store_is_refused_with_two_examples(given):
    with pytest.raises(
        Refusal, match="MODELS_URL is not an address such as s3://bucket/segment-desk or file:"
    ):
        read({"MODELS_URL": given})


def test_a_store_that_nothing_here_reaches_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setattr("services.site.missing.find_spec", lambda name: None)
    with pytest.raises(Refusal, match=r"MODELS_URL is set: install .* -m pip install s3fs\.$"):
        read({"MODELS_URL": "s3://bucket/prefix"})
    with pytest.raises(Refusal, match=r"install .* -m pip install fsspec\.$"):
        read({"MODELS_URL": "file:///mnt/releases"})
    monkeypatch.setattr("services.site.missing.find_spec", lambda name: object())
    assert read({"MODELS_URL": "s3://bucket/prefix"}).models_url == "s3://bucket/prefix"
