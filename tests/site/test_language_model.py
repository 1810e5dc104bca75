"""The language model's client, against a small local server: what goes out, and every way it can fail."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from services.core.refusals import Refusal
from services.site.language_model import MOST_BYTES, LanguageModel, ModelUnusable
from services.site.settings import Settings
from tests.site.model_server import serve_model

MESSAGES = [{"role": "user", "content": "Write."}]


@pytest.fixture
def served():
    with serve_model() as model:
        yield model


@pytest.fixture
def client(served):
    return LanguageModel(served.url + "/", "some-model", "secret", seconds=2.0)


def test_a_question_is_one_chat_completion_with_the_key_in_its_header(served, client):
    served.content = "An answer."
    assert client.ask(MESSAGES) == "An answer."
    ((path, headers, body),) = served.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert (body["model"], body["messages"], body["stream"]) == ("some-model", MESSAGES, False)


def test_without_a_key_none_is_sent(served, client):
    replace(client, key=None).ask(MESSAGES)
    assert "Authorization" not in served.asked[0][1]


def test_the_key_is_not_shown(client):
    assert "secret" not in repr(client)
    assert "secret" not in repr(Settings(llm_api_key="secret"))


@pytest.mark.parametrize("status", [401, 429, 500])
def test_an_error_of_the_server_is_said_with_its_status(served, client, status):
    served.status = status
    with pytest.raises(ModelUnusable, match=f"status {status}.*unchanged"):
        client.ask(MESSAGES)


def test_a_redirection_is_not_followed_for_the_key_is_meant_for_one_address(served, client):
    with serve_model() as other:
        served.status, served.location = 307, other.url + "/chat/completions"
        with pytest.raises(ModelUnusable, match="status 307"):
            client.ask(MESSAGES)
        assert other.asked == []


@pytest.mark.parametrize(
    "raw", [b"", b"no JSON", b"[]", b'{"choices": []}', b'{"choices": [{"message": 1}]}']
)
def test_an_answer_of_another_form_is_refused(served, client, raw):
    served.raw = raw
    with pytest.raises(ModelUnusable, match="the expected form"):
        client.ask(MESSAGES)


def test_an_answer_that_is_no_text_is_refused(served, client):
    served.content = None
    with pytest.raises(ModelUnusable, match="the expected form"):
        client.ask(MESSAGES)


def test_an_endless_answer_is_cut_off(served, client):
    served.content = "a" * (MOST_BYTES + 1)
    with pytest.raises(ModelUnusable, match="too long"):
        client.ask(MESSAGES)


def test_a_server_that_drips_is_left_after_the_time_limit(served, client):
    served.drip = 0.5
    started = time.monotonic()
    with pytest.raises(ModelUnusable, match=r"longer than 0\.6 seconds"):
        replace(client, seconds=0.6).ask(MESSAGES)
    assert time.monotonic() - started < 20  # the whole answer would take a minute and more


def test_a_server_that_does_not_answer_is_left_after_the_time_limit(served, client):
    served.drip, served.raw = 5.0, b"ab"
    with pytest.raises(ModelUnusable, match=r"longer than 0\.2 seconds"):
        replace(client, seconds=0.2).ask(MESSAGES)


def test_nobody_there_is_said():
    with pytest.raises(ModelUnusable, match="cannot be reached"):
        LanguageModel("http://127.0.0.1:9/v1", "m").ask(MESSAGES)


def test_without_an_address_nothing_is_asked():
    assert Settings.from_environment({"LLM_API_KEY": "k", "LLM_MODEL": "m"}).language_model is None
    found = Settings.from_environment({"LLM_BASE_URL": "https://example.com/v1", "LLM_MODEL": "m"})
    assert found.language_model == LanguageModel("https://example.com/v1", "m")


def test_an_address_without_a_model_is_refused():
    with pytest.raises(Refusal, match="LLM_MODEL"):
        Settings.from_environment({"LLM_BASE_URL": "https://example.com/v1"})


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "example.com", "https://", "https://me:key@example.com", "https://a/?k=1"],
)
def test_what_is_no_web_address_is_refused(address):
    with pytest.raises(Refusal, match="LLM_BASE_URL is not an address"):
        Settings.from_environment({"LLM_BASE_URL": address, "LLM_MODEL": "m"})
