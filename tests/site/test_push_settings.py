"""Settings of sending audiences: which receiver, what it needs, what is refused, what is never shown."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.site.settings import Settings

read = Settings.from_environment
SECRET = "0123456789abcdef" * 2
BREVO = {"PUSH_LAYOUT": "brevo", "PUSH_KEY": "xkeysib-1", "PUSH_LIST": "12"}
HUBSPOT = {"PUSH_LAYOUT": "hubspot", "PUSH_KEY": "pat-1", "PUSH_PROPERTY": "segment_desk_audience"}
OWN = {
    "PUSH_LAYOUT": "generic",
    "PUSH_URL": "https://hooks.example.com:8443/in?key=hidden",
    "PUSH_SECRET": SECRET,
}


def test_without_settings_nobody_takes_audiences():
    settings = read({})
    assert (settings.push_receiver, settings.push_address, settings.push_called) == (None, None, None)


@pytest.mark.parametrize(
    ("given", "called", "address"),
    [
        (BREVO, "Brevo", "https://api.brevo.com/v3/contacts/import"),
        (HUBSPOT, "HubSpot", "https://api.hubapi.com/crm/v3/objects/contacts/batch/upsert"),
        (OWN, "hooks.example.com", OWN["PUSH_URL"]),
        ({**BREVO, "PUSH_URL": "http://127.0.0.1:9/brevo"}, "Brevo", "http://127.0.0.1:9/brevo"),
    ],
)
def test_each_layout_knows_its_address_unless_another_one_is_given(given, called, address):
    settings = read(given)
    assert (settings.push_called, settings.push_address) == (called, address)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("PUSH_LAYOUT", "salesforce", "give generic or brevo or hubspot"),
        ("PUSH_URL", "http://hooks.example.com/in", "such as https://hooks.example.com/audiences"),
        ("PUSH_URL", "https://ana:pass@hooks.example.com/in", "such as https://hooks.example.com/audiences"),
        ("PUSH_URL", "shop.example", "such as https://hooks.example.com/audiences"),
        ("PUSH_KEY", "two words", "copy it again"),
        ("PUSH_KEY", "kéy", "copy it again"),
        ("PUSH_SECRET", "changeme", "too easy to guess"),
        ("PUSH_LIST", "Newsletter", "whole number from 1"),
        ("PUSH_PROPERTY", "Segment Desk", "such as segment_desk_audience"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_advice(name, value, advice):
    with pytest.raises(Refusal, match=advice) as refused:
        read({name: value})
    assert (refused.value.field, str(refused.value).startswith(name)) == (name, True)
    if name in ("PUSH_URL", "PUSH_KEY"):
        assert value not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"PUSH_KEY": "k"}, "PUSH_LAYOUT", "PUSH_KEY is set: say what the receiver takes with PUSH_LAYOUT"),
        ({"PUSH_LAYOUT": "generic", "PUSH_SECRET": SECRET}, "PUSH_URL", "set PUSH_URL to the address"),
        (
            {"PUSH_LAYOUT": "generic", "PUSH_URL": "https://a.example/in"},
            "PUSH_SECRET",
            "check the signature",
        ),
        ({**BREVO, "PUSH_KEY": ""}, "PUSH_KEY", "PUSH_LAYOUT is brevo: set PUSH_KEY"),
        ({**BREVO, "PUSH_LIST": ""}, "PUSH_LIST", "the number of the list"),
        ({**HUBSPOT, "PUSH_PROPERTY": ""}, "PUSH_PROPERTY", "a contact property of text"),
        ({**HUBSPOT, "PUSH_LIST": "12"}, "PUSH_LIST", "PUSH_LAYOUT hubspot has no use for PUSH_LIST"),
        ({**OWN, "PUSH_KEY": "k"}, "PUSH_KEY", "PUSH_LAYOUT generic has no use for PUSH_KEY: remove it"),
        ({**OWN, "PUSH_PROPERTY": "a"}, "PUSH_PROPERTY", "has no use for PUSH_PROPERTY"),
    ],
)
def test_what_a_layout_needs_and_what_it_has_no_use_for_is_said(given, field, said):
    with pytest.raises(Refusal, match=said) as refused:
        read(given)
    assert refused.value.field == field


def test_keys_and_addresses_are_shown_nowhere_and_may_stand_in_files(tmp_path):
    file = tmp_path / "key"
    file.write_text("xkeysib-from-a-file\n")
    settings = read({**BREVO, "PUSH_KEY": "", "PUSH_KEY_FILE": str(file)})
    assert settings.push_key == "xkeysib-from-a-file"
    shown = repr(settings) + repr(read(OWN))
    assert all(hidden not in shown for hidden in ("xkeysib", "key=hidden", SECRET))
