"""Campaigns says nothing untrue of an audience or of a campaign that has been; what is broken is found."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from services.releases import read_current
from services.serving.release.loaded import Loaded
from tests.truth.campaigns.checking import HELD, campaign_faults
from tests.truth.campaigns.rendered import audiences, forms, verdicts
from tests.truth.test_truth import TRANSACTIONS, of_sample, trained


@pytest.fixture(scope="module")
def release(models):
    return Loaded(models, read_current(models))


@pytest.fixture(scope="module")
def told(release):
    held = [f"{HELD[0]}&segment={audiences(release)[1].split('segment=')[1].split('&')[0]}", *HELD[2:]]
    return [*forms(release, audiences(release)[1:2]), *verdicts(release, held)]


@pytest.fixture(scope="module")
def known():
    """Audiences that are counted: once, not for each broken sentence."""
    return {}


@pytest.mark.slow
def test_a_form_and_a_verdict_say_nothing_untrue(release, told, known):
    assert {said.where for said in told} >= {"form", "worth", "verdict", "groups", "in short", "file"}
    assert campaign_faults(release, told, known) == []


BROKEN = [
    # where, what of the text, and what it becomes
    ("form", r"^[\d,]+ of", "999 of"),
    ("form", r"; \d+ would be held out", "; 2 would be held out"),
    ("form", r", \d+ % bought", ", 1 % bought"),
    ("form", r"for £[\d,.]+", "for £0.01"),
    ("form", r"and \d+ \w+ \d{4}", "and 1 May 2001"),
    ("form", r"rate of [\d.]+ % instead of ([\d.]+) %, [\d.]+", r"rate of \1 % instead of \1 %, 0.0"),
    ("worth", r"about £[\d,]+k? ", "about £5 "),
    ("worth", r"last \d+ periods", "last 99 periods"),
    ("worth", r"an effect in \d+ \([\d.]+ %", "an effect in 250 (50.0 %"),
    ("worth", r"spent £[\d,.]+ more", "spent £0.01 more"),
    ("worth", r"found in \d+ %", "found in 20 %"),
    ("worth", r"group spends £[\d,.]+ more", "group spends £0.10 more"),
    ("verdict", r"[\d.]+ % of the campaign group", "99.0 % of the campaign group"),
    ("verdict", r"interval [+−][\d.]+", "interval −99.0"),
    ("verdict", r"minus holdout, [+−]£[\d,.]+", "minus holdout, +£0.01"),
    ("verdict", r"interval [+−]£[\d,.]+", "interval −£9,999.00"),
    ("verdict", r"more than £[\d,.]+", "more than £1.00"),
    ("state", r"Done", "Running"),
    ("groups", r'"\d+"', '"1"'),
    ("in short", r"[+−][\d.]+ points", "+50.0 points"),
    ("file", r"^[\d,]+", "1"),
    ("worth", r".*", "Nobody spends more than these."),
]


@pytest.mark.slow
@pytest.mark.parametrize(("where", "part", "broken"), BROKEN)
def test_a_broken_sentence_of_a_campaign_is_found(release, told, known, where, part, broken):
    said = next(each for each in told if each.where == where and re.search(part, each.text))
    untrue = replace(said, text=re.sub(part, broken, said.text, count=1))
    assert untrue.text != said.text
    assert campaign_faults(release, [untrue], known) != []


@pytest.mark.long
@pytest.mark.parametrize("preset", TRANSACTIONS)
@pytest.mark.parametrize("customers", [20, 400])
def test_campaigns_of_samples_say_nothing_untrue(tmp_path, customers, preset):
    assert campaign_faults(of_sample(tmp_path, customers, preset, 7)) == []


@pytest.mark.long
def test_campaigns_on_the_real_data_say_nothing_untrue(tmp_path, real_data):
    assert campaign_faults(trained(real_data / "online_retail.csv.gz", tmp_path, "standard")) == []
