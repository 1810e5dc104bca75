"""The files of four tools, byte for byte as their makers document them."""

from __future__ import annotations

from services.core.contacts.contact import Contact
from services.core.contacts.tools import TOOLS, tools
from services.web.exports.sheets import csv_text

# The makers' own example: John_Smith@gmail.com, +1 (650) 555-1212, Mary Smith, 94035, US.
MARY = Contact("1", "john_smith@gmail.com", "+16505551212", "Mary", "Smith", "US", "94035")
ZOE = Contact("2", email="zoe@example.org", first_name=" Zoë  Anna", last_name="O’Neil")
BARE = Contact("3", phone="+4930901820", first_name="=1+1", country="DE", postcode="10 115")

PLAIN = (
    "john_smith@gmail.com,+16505551212,Mary,Smith\r\n"
    "zoe@example.org,,Zoë  Anna,O’Neil\r\n"
    ",+4930901820,'=1+1,\r\n"
)
MAIL = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"
ZOES = "1763c758c09a8e6db400562ecd27c5f6ef6d3cefb5c88c0164adf2e4d79802c1"
MARYS = "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec"
SMITH = "6627835f988e2c5e50533d491163072d3f4f41f5c8b04630150debb3722ca2dd"
US = "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"
ZIP = "1794327a4d443904421f5ca1f3d72d0a62ba2f0770d80755ec2220fc0efb052e"
DIGITS = "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176"
E164 = "1e231c66011e7a2d867a9cfae267a6aff103cf4913640b6e71a99850fc0ffbc8"  # +16505551212
ZOE_ANNA = "78011f4f0aebd489022b2158310de9a87b9fe1cd4817a50e28d1c5f4376f5c2b"  # zoë anna
ZOEANNA = "8c97f162e8a489bf05eea4bf91284cc5cfd78f9dcb78005ca3ad6afdff2843ea"  # zoëanna
ONEIL = "67a42a846e98e3c1a96cd6ba14883a5ea05990cd93964ce8b832aa9497ca785c"  # oneil
O_NEIL = "33a64df7bc500dcadd3c24eea0dc4a4c362cb15a5525f09ee0e3a66da7c6ad3c"  # o’neil
BERLIN = "c03f76216358b07b09a300613908002987efc1ae9a2ef2a85d57d5a971bf821a"  # 4930901820
ELEVEN = "4fc82b26aecb47d2868c4efbe3581732a3e7cbcc6c2efb32062c08170a05eeb8"  # 11
PLZ = "ac7bb74de6884ffce919c15fef4193749d4588026c643973946713ac46da540d"  # 10115
DE = "959a45d44e6fcf58361ed004681556fe50129f2109e817dec098c00c9e5d2578"  # de


def written(name, *contacts):
    tool = tools()[name]
    return csv_text([tool.head, *map(tool.row, contacts)]).encode()


def test_klaviyo():
    assert (
        written("klaviyo", MARY, ZOE, BARE)
        == ("Email,Phone Number,First Name,Last Name\r\n" + PLAIN).encode()
    )


def test_mailchimp_cuts_texts_at_255_bytes_and_takes_no_other_letters_before_the_sign():
    assert written("mailchimp", MARY, ZOE) == (
        b"Email Address,First Name,Last Name,Phone Number\r\n"
        b"john_smith@gmail.com,Mary,Smith,+16505551212\r\n"
        b"zoe@example.org,Zo\xc3\xab  Anna,O\xe2\x80\x99Neil,\r\n"
    )
    tool = tools()["mailchimp"]
    assert tool.row(Contact("4", first_name="x" + "é" * 200))[1] == "x" + "é" * 127
    assert (tool.takes("zoë@example.org"), tool.takes("zoe@exämple.org")) == (False, True)
    assert (tool.usable(BARE), tools()["klaviyo"].usable(BARE)) == (False, True)


def test_meta_hashes_everything_and_phones_as_digits():
    assert (
        written("meta", MARY)
        == (f"email,phone,fn,ln,zip,country\r\n{MAIL},{DIGITS},{MARYS},{SMITH},{ZIP},{US}\r\n").encode()
    )
    assert written("meta", ZOE, BARE).decode().splitlines()[1:] == [
        f"{ZOES},,{ZOE_ANNA},{ONEIL},,",
        f",{BERLIN},{ELEVEN},,{PLZ},{DE}",
    ]


def test_google_hashes_phones_with_their_sign_and_leaves_country_and_postcode():
    assert (
        written("google-customer-match", MARY)
        == (
            f"Email,Phone,First Name,Last Name,Country,Zip\r\n{MAIL},{E164},{MARYS},{SMITH},US,94035\r\n"
        ).encode()
    )
    assert written("google-customer-match", ZOE).decode().splitlines()[1] == (f"{ZOES},,{ZOEANNA},{O_NEIL},,")


def test_every_layout_names_its_source():
    from importlib.resources import files

    for name in TOOLS:
        text = (files("services.core.contacts.tools") / f"{name}.toml").read_text("utf-8")
        assert text.startswith("# Source: https://")
        assert tools()[name].note.endswith(".")
