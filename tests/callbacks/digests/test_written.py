"""A digest written: nothing in it is taken for markup, nothing is fetched, and every form says the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from callbacks.digests.told import Link, Section, Told, address
from callbacks.digests.written import as_json, html, plain, slack
from layouts.parts.woven import gap

SITE = "https://desk.example.com"
ODD = "“<b>Win & back</b>|<script>” (done): 5 < 6"
TOLD = Told(
    "Your weekly digest: <data> & more",
    ["The last digest covered data to 31 October 2011."],
    [
        Section("Campaigns", [ODD], [Link("See “<b>|”", address("/audiences", "r1", [("audience", "1")]))]),
        Section("Data", ["Ends today."], []),
    ],
    "This digest comes every Monday at 08:00 (Europe/London).",
    f"To end it, open {gap('address')} and <press>",
    "r1",
    date(2011, 12, 9),
    "de",
)
NOTHING = Told("s", [], [], "c", "e", "", None, "en-GB")


class _Read(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.text = set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.links += [value for name, value in attributes if name in ("href", "src", "srcset", "background")]
        assert {name for name, _ in attributes} <= {"style", "href", "lang", "charset"}

    def handle_data(self, text):
        self.text += text


def test_the_page_holds_what_the_text_does_and_no_other_markup_and_fetches_nothing():
    page, text = _Read(html(TOLD, SITE)), plain(TOLD, SITE)
    assert page.tags == {
        *("html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "ul", "li", "a", "br")
    }
    assert page.links == [f"{SITE}/audiences?audience=1&release=r1", f"{SITE}/digest"]
    for said in (ODD, TOLD.opening[0], "Ends today.", TOLD.closing):
        assert said in page.text
        assert said in text
    assert TOLD.subject in page.text
    assert "url(" not in html(TOLD, SITE)
    assert f"See “<b>|”: {page.links[0]}" in text
    ending = f"To end it, open {SITE}/digest and <press>"
    assert ending in page.text
    assert text.endswith(f"{TOLD.closing}\n{ending}\n")


def test_the_page_says_which_language_it_is_in():
    assert '<html lang="de">' in html(TOLD, SITE)
    assert '<html lang="en-GB">' in html(NOTHING, SITE)


def test_slack_takes_no_name_for_a_link_or_a_mention():
    said = json.loads(slack(TOLD, SITE))
    texts = [each["text"]["text"] for each in said["blocks"] if each["type"] == "section"]
    assert texts == [
        "The last digest covered data to 31 October 2011.",
        "*Campaigns*\n• “&lt;b&gt;Win &amp; back&lt;/b&gt;|&lt;script&gt;” (done): 5 &lt; 6",
        f"<{SITE}/audiences?audience=1&amp;release=r1|See “&lt;b&gt;/”>",
        "*Data*\n• Ends today.",
    ]
    (foot,) = said["blocks"][-1]["elements"]
    assert foot["text"].endswith(f"To end it, open <{SITE}/digest> and &lt;press&gt;")


def test_what_slack_would_refuse_for_its_length_is_cut():
    long = replace(NOTHING, subject="x" * 200, sections=[Section("A", ["y" * 9_000], [])])
    head, body, _ = json.loads(slack(long, SITE))["blocks"]
    assert (len(head["text"]["text"]), len(body["text"]["text"])) == (150, 3_000)


def test_json_holds_the_same_sentences():
    said = json.loads(as_json(TOLD, SITE))
    assert said["sections"][0] == {
        "heading": "Campaigns",
        "sentences": [ODD],
        "links": [{"name": "See “<b>|”", "url": f"{SITE}/audiences?audience=1&release=r1"}],
    }
    assert (said["language"], said["release"], said["data_to"]) == ("de", "r1", "2011-12-09")
    nothing = json.loads(as_json(NOTHING, SITE))
    assert (nothing["release"], nothing["data_to"]) == (None, None)


@pytest.mark.parametrize("write", [plain, html, slack, as_json])
def test_every_form_says_every_sentence(write):
    written = re.sub(r"&(lt|gt|amp);", lambda m: {"lt": "<", "gt": ">", "amp": "&"}[m[1]], write(TOLD, SITE))
    for said in (*TOLD.opening, TOLD.closing, "Ends today.", "Win & back"):
        assert said in written
