"""Rows of a file of contacts: which are kept, which cells are used, what several rows on one say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.core.contacts.addresses import phone_of
from services.core.contacts.columns import roles_of
from services.core.contacts.consent import agreed, refused
from services.core.contacts.gathering import Asked, gather

HEADERS = [
    "Customer ID",
    "Email",
    "Phone",
    "Country",
    "Accepts Email Marketing",
    "SMS consent",
    "Opted out",
    "Tier",
]


def of(*rows, **asked):
    cells = [dict(zip(HEADERS, [*row, *[""] * len(HEADERS)], strict=False)) for row in rows]
    return gather(enumerate(cells, 2), Asked(roles_of(HEADERS), ("Tier",), lambda _id: "GB", **asked))


def test_the_headers_of_four_exports_are_known():
    names = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Country Code,"
    shopify = roles_of([*names.split(","), "Default Address Zip", "Phone", "Accepts SMS Marketing", "Total"])
    assert " ".join(sorted(shopify)) == (
        "country customer email email_consent first_name last_name phone phone_consent postcode"
    )
    klaviyo = roles_of(["Email", "External ID", "Phone Number", "Email Marketing Consent", "Zip Code"])
    assert klaviyo["customer"] == "External ID"
    mailchimp = roles_of(["Email Address", "First Name", "CONFIRM_TIME", "UNSUB_TIME"])
    assert (mailchimp["email_consent"], mailchimp["email_refusal"]) == ("CONFIRM_TIME", "UNSUB_TIME")
    assert "email_refusal" in roles_of(["Email", "Unsubscribed from all email"])  # HubSpot


def test_ids_stay_texts_and_what_spreadsheets_and_shopify_add_goes():
    found = of(["00123"], ["13047.0"], ["'17850"], [" Ann@X.org "])
    assert list(found.contacts) == ["00123", "13047", "17850", "ann@x.org"]


def test_a_bad_address_costs_the_cell_and_not_what_the_row_says_of_consent():
    found = of(["1", "ann@example", "4.47911E+11", "Atlantis", "no", "", "", "Gold"])
    one = found.contacts["1"]
    assert (one.email, one.phone, one.country, one.email_consent) == (None, None, None, False)
    assert one.attributes == {"Tier": "Gold"}
    assert dict(found.unused) == {"bad_country": 1, "bad_email": 1, "bad_phone": 1}
    assert (found.rows, found.kept) == (1, 1)
    assert {line for line, _rule in found.first} == {2}


def test_the_country_of_the_row_says_how_its_phone_is_dialled():
    found = of(
        ["1", "", "030 901820", "Germany"], ["2", "", "020 7946 0000", ""], ["3", "", "+1 650 555 1212", "FR"]
    )
    assert [each.phone for each in found.contacts.values()] == [
        "+4930901820",
        "+442079460000",
        "+16505551212",
    ]


def test_rows_without_an_id_and_of_erased_customers_are_rejected_by_name():
    found = of(
        [""],
        ["x" * 65],
        ["9"],
        ["7", "gone@example.org"],
        ["8"],
        forgotten=frozenset({"9", "gone@example.org"}),
    )
    assert dict(found.rejected) == {"no_id": 1, "long_id": 1, "forgotten": 2}
    assert list(found.contacts) == ["8"]


def test_of_several_rows_the_first_counts_and_a_no_wherever_it_stands():
    found = of(
        ["1", "a@example.org", "", "", "yes"],
        ["1", "b@example.org", "020 7946 0000", "", "no"],
        ["1", "", "", "", ""],
    )
    one = found.contacts["1"]
    assert (one.email, one.phone, one.email_consent) == ("a@example.org", "+442079460000", False)
    assert (found.repeated, found.contradictory, found.kept) == (2, 1, 3)


def test_consent_is_of_a_channel_and_a_refusal_of_all_goes_before():
    found = of(
        ["1", "", "", "", "subscribed", "no"],
        ["2", "", "", "", "yes", "yes", "2026-05-01"],
        ["3", "", "", "", "perhaps"],
        ["4", "", "", "", "no", ""],
        ["5"],
    )
    said = [(each.email_consent, each.phone_consent, each.refused) for each in found.contacts.values()]
    assert said[:3] == [(True, False, False), (False, False, True), (None, None, False)]
    assert said[3:] == [(False, None, True), (None, None, False)]
    assert found.unused["unclear_consent"] == 1
    everybody = of(["1"], ["2", "", "", "", "no"], all_agreed=True).contacts
    assert [each.email_consent for each in everybody.values()] == [True, False]


def test_words_of_consent_in_the_exports():
    words = ("SUBSCRIBED", "NEVER_SUBSCRIBED", "TRUE", "2024-03-01 10:00:00", "", "?")
    assert [agreed(word) for word in words] == [True, False, True, True, None, "unclear"]
    assert [refused(word) for word in ("2024-03-01", "[]", "false", "", '["BOUNCED"]')] == [
        True,
        False,
        False,
        False,
        True,
    ]


def test_texts_lose_what_cannot_be_seen_and_may_not_be_endless():
    assert of(["1", *[""] * 6, "Go\x07ld"]).contacts["1"].attributes == {"Tier": "Gold"}
    assert of(["1", *[""] * 6, "x" * 256]).unused["long_text"] == 1


@settings(max_examples=25)
@given(st.lists(st.lists(st.text(max_size=70), min_size=8, max_size=8), max_size=6))
def test_whatever_stands_in_a_file_each_row_is_kept_or_rejected(rows):
    found = of(*rows)
    assert found.kept + found.rejected.total() == found.rows == len(rows)
    assert len(found.contacts) == found.kept - found.repeated


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_text_is_a_phone_number_or_none(text):
    found = phone_of(text, "GB")
    assert found is None or (found.startswith("+") and found[1:].isdigit())
