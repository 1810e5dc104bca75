"""The tab Data: file, rows, detection, warnings, releases; the page as a whole."""

from __future__ import annotations

import json
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from dash import dcc, html

from layouts.data import frame as view
from layouts.data import source as data_source
from layouts.data import words as data_words
from layouts.data.releases import releases
from layouts.data.unreadable import unreadable
from layouts.data.warned import warnings
from services.releases import ReleaseSummary
from services.releases.manifest import Unreadable
from services.releases.overview.ledger import LeftOut, LeftOutRow, Returned
from services.serving.rules.sets import RuleCount
from services.training.progress import STEPS
from services.training.reading.columns.headers import CUSTOMERS, TRANSACTIONS
from tests.layouts.data.pages import HOURS, MANY, THREE, changed, parts, rows_of, summary, text, tiny

RULES = RuleCount(1_184, 416)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return tiny(tmp_path_factory.mktemp("models"))


def test_the_page_has_no_id_twice_and_every_figure_is_one(found):
    rich = changed(found, glance={"hours": HOURS, "returns": Returned(lines=1, amount=5.0, invoices=1)})
    rich = changed(rich, overview={"k": THREE})
    page = view.page(rich, RULES, "Europe/London")
    ids = [json.dumps(part.id) for part in parts(page, (html.Div, html.Section, dcc.Graph))
           if getattr(part, "id", None)]  # fmt: skip
    assert len(ids) == len(set(ids))
    assert "1,184 from 416 product sets" in text(page)
    drawn = parts(page, dcc.Graph)
    assert len(drawn) == 4
    for graph in drawn:
        go.Figure(graph.figure)


def test_the_frame_holds_no_data():
    frame = view.layout()
    assert "Where these numbers come from." in text(frame)
    assert parts(frame, dcc.Graph) == []


def test_every_role_and_step_of_training_has_words():
    assert set(data_words.ROLES) == {*TRANSACTIONS.roles, *CUSTOMERS.roles}
    assert tuple(data_words.STEPS) == STEPS


def test_a_table_of_customers_shows_no_ledger_and_says_why(found):
    page = view.page(replace(found, months=[], orders=0), RULES, "UTC")
    assert data_words.NO_PURCHASES() in text(page)
    assert "holds no single orders" in text(page)
    for heading in ("When orders come", "Best-selling products", "Returns", "Returned"):
        assert heading not in text(page)


def test_read_is_kept_and_rejected_in_words_bars_and_table(found):
    rows = found.manifest.rows.model_copy(update={"read": 1000, "kept": 700})
    some = {"no_customer": 200, "duplicate": 60, "cancellation": 40, "price": 0}
    card = data_source.rows(changed(found, manifest={"rows": rows}, rejected=some))
    assert (
        "70\u00a0% of the rows are used; the largest group of those left out is “No customer” (200)."
        in text(card)
    )
    assert "700 used + 300 left out = 1,000 in the file." in text(card)
    cells = rows_of(card)
    assert [row[0] for row in cells] == [
        "Used", "No customer", "Exact duplicate", "Cancellation", "No price", "In the file"
    ]  # fmt: skip
    assert sum(int(row[2]) for row in cells[:-1]) == 1000
    assert cells[-1][2:] == ["1,000", "100.0\u00a0%"]
    assert cells[4][1] == "This preset does not use it."


def test_what_each_rule_took_is_told_with_money_and_first_rows(found):
    row = LeftOutRow(line=7, reason=None, customer="1\u202e2", invoice="C9", amount="-12.50")
    bad = LeftOutRow(line=9, reason="not a date", customer=None, invoice=None, amount=None)
    taken = [
        LeftOut(rule="unreadable", rows=1, amount=None, first=[bad]),
        LeftOut(rule="cancellation", rows=3, amount="-1112.50", first=[row]),
    ]
    (details,) = parts(data_source.rows(changed(found, overview={"left_out": taken})), html.Details)
    for said in (
        "Cannot be read",
        "1 rowLine 9: not a date",
        "3 rows, −£1,112.50",
        "Line 7: customer 1\ufffd2, invoice C9, −£12.50",
        "and 2 more rows",
    ):
        assert said in text(details)


@pytest.mark.parametrize("nothing", [None, []])
def test_a_release_that_reports_no_rule_shows_no_disclosure(found, nothing):
    card = data_source.rows(changed(found, overview={"left_out": nothing}))
    assert parts(card, html.Details) == []


def test_a_file_of_which_every_row_is_used_says_so(found):
    rows = found.manifest.rows.model_copy(update={"read": 5, "kept": 5})
    assert "All 5 rows of the file are used." in text(
        data_source.rows(changed(found, manifest={"rows": rows}, rejected={"duplicate": 0}))
    )


@pytest.mark.parametrize(
    ("when_made", "today", "sentence"),
    [
        (1, 1, "The newest order is 1 day old, as it was when the release was made."),
        (1, 40, "The newest order is 40 days old; it was 1 day when the release was made."),
        (-2, 3, "The newest order is 3 days old, but was dated in the future when the release was made."),
        (-5, -4, "The newest order is dated 4 days after today: check the dates in the file."),
    ],
)
def test_freshness_is_a_sentence(when_made, today, sentence):
    assert data_source.freshness(when_made, today) == sentence


def test_the_head_names_data_release_preset_and_the_moment_in_the_sites_zone(found):
    assert data_source.sub(found, "Europe/London") == (
        f"Data to 30 November 2011. Release {found.manifest.id}, preset Tiny, "
        "made 21 Nov 2026, 22:45 (Europe/London)."
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<img src=x onerror=alert(1)>.csv", "<img src=x onerror=alert(1)>.csv"),
        ("sales\u202egpj.csv", "sales\ufffdgpj.csv"),
        ("a\x00b\nc.csv", "a\ufffdb\ufffdc.csv"),
        ("é" * 300, "é" * 300),
    ],
)
def test_a_hostile_file_name_is_text_and_hides_nothing(found, name, shown):
    file = found.manifest.source.model_copy(update={"name": name})
    card = data_source.source(changed(found, manifest={"source": file}), "UTC")
    assert shown in text(parts(card, html.Bdi))
    listed = releases([summary("20261121T000000Z-aaaaaa", source=name)], None)
    assert shown in text(parts(listed, html.Bdi))


def test_the_digest_is_short_and_the_whole_is_one_press_away(found):
    file = found.manifest.source.model_copy(update={"sha256": "ab" * 32})
    (details,) = parts(data_source.source(changed(found, manifest={"source": file}), "UTC"), html.Details)
    assert text(details) == "abababababab…" + "ab" * 32


def test_an_amount_only_ledger_says_what_is_switched_off_and_shows_no_empty_pictures(found):
    lacks = ("invoice", "product", "description", "quantity", "price", "country", "time")
    poor = changed(found, glance={"hours": None, "products": []}, overview={"countries": []}, lacks=lacks)
    page = view.page(poor, RULES, "UTC")
    for heading in ("No time of day", "No countries", "No products", "No returns"):
        assert heading in text(page)
    assert data_words.NO_PRODUCTS() in text(page)
    assert data_words.LACKS["invoice"]() in text(page)
    assert "country" not in text(data_source.figures(poor))


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ((), []),
        (("product",), [data_words.NO_CODES()]),
        (("description",), [data_words.NO_DESCRIPTIONS()]),
        (("product", "description"), [data_words.NO_PRODUCTS()]),
        (("amount", "customer"), []),
    ],
)
def test_what_products_lack_is_said_once(lacks, said):
    assert data_words.lacking(lacks) == said


def test_what_was_detected_is_in_words(found):
    seen = found.manifest.detected.model_copy(
        update={
            "separator": "\t",
            "decimal": ",",
            "date_order": "mdy",
            "encoding": "cp1252",
            "ignored": ["<b>"],
            "reasons": {"customer": "by its name"},
        }
    )
    card = text(data_source.detected(changed(found, manifest={"detected": seen})))
    for words in (
        "tab",
        "comma",
        "month first",
        "Windows-1252",
        "CustomerID",
        "Not used: <b>.",
        "by its name",
    ):
        assert words in card


def test_how_the_file_was_read_is_one_sentence(found):
    seen = found.manifest.detected.model_copy(
        update={"columns": {"customer": "E\u202email", "date": "Created at"}, "ignored": ["Notes"]}
    )
    read = {"detected": seen, "layout": "shopify"}
    assert (
        "CSV. Read as an export of the kind shopify: customer from “E\ufffdmail”, date from “Created at”; "
        "not used: Notes."
    ) in text(data_source.detected(changed(found, manifest=read)))


@pytest.mark.parametrize(("told", "finding"), [(["One."], "one warning."), (MANY, "30 warnings.")])
def test_warnings_are_counted_and_each_is_shown(told, finding):
    card = warnings(told)
    assert f"Training gave {finding}" in text(card)
    assert len(parts(card, html.Li)) == len(told)
    assert all(each in text(card) for each in told)


def test_rows_that_cannot_be_read_are_listed_with_line_and_reason(found):
    listed = [Unreadable(line=14, reason="amount is not a number (column “To\x00tal”)")]
    lost = changed(found, manifest={"unreadable": listed}, rejected={"unreadable": 1})
    page = text(view.page(lost, RULES, "UTC"))
    assert "1 row could not be read and was left out." in page
    for words in ("Line of the file", "14", "Amount is not a number (column “To\ufffdtal”)"):
        assert words in page
    source = found.manifest.source.model_copy(update={"form": "xlsx"})
    many = {"unreadable": listed * 20, "source": source}
    (card,) = unreadable(changed(found, manifest=many, rejected={"unreadable": 25}))
    assert "25 rows could not be read and were left out; the first 20 are listed." in text(card)
    assert "Row of the sheet" in text(card)


def test_a_release_that_lists_no_such_rows_has_no_card_for_them(found):
    assert unreadable(changed(found, manifest={"unreadable": None})) == []
    assert unreadable(changed(found, manifest={"unreadable": []})) == []


@pytest.mark.parametrize(
    ("money", "said"), [("amount", "the row’s amount"), ("quantity × price", "quantity × unit price")]
)
def test_what_makes_the_money_of_a_row_is_shown(found, money, said):
    seen = found.manifest.detected.model_copy(update={"money": money})
    assert said in text(data_source.detected(changed(found, manifest={"detected": seen})))


def test_no_warnings_says_so():
    assert "No warnings" in text(warnings([]))


def test_releases_link_to_themselves_but_not_the_one_shown_nor_a_damaged_one():
    shown, other, broken = (f"20261121T22450{n}Z-aaaaa{n}" for n in range(3))
    listed = [
        summary(shown, active=True),
        summary(other),
        ReleaseSummary(broken, False, usable=False, why_not="Release damaged: model.pkl is missing."),
    ]
    card = releases(listed, shown)
    assert [link.href for link in parts(card, html.A)] == [f"/data?release={other}"]
    assert "Active and shown here" in text(card)
    assert "model.pkl is missing." in text(card)
    assert "3 releases, one of which cannot be used." in text(card)
    assert "python -m services train FILE" in text(card)


@pytest.mark.parametrize(
    ("made", "finding"),
    [
        ([{"active": True}], "One release is kept, and it is active."),
        ([{}], "One release is kept; it is not active."),
        ([{"usable": False}], "One release is kept, and it cannot be used."),
        ([{"usable": False}] * 2, "2 releases are kept; none of them can be used."),
        ([{"active": True}, {}], "2 releases are kept; follow a link to see the site with another one."),
    ],
)
def test_the_list_of_releases_has_its_finding(made, finding):
    listed = [summary(f"2026112{n}T000000Z-aaaaaa", **fields) for n, fields in enumerate(made)]
    assert finding in text(releases(listed, None))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1500, "1.5\u00a0kB"),
        (7_465_290, "7.5\u00a0MB"),
        (2_100_000_000, "2.1\u00a0GB"),
    ],
)
def test_a_size_is_written_as_file_managers_do(count, said):
    assert data_words.size(count) == said
