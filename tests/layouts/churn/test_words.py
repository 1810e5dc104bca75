"""The sentences of the tab Churn, each with its number: what is said is what was counted."""

from __future__ import annotations

import pytest

from layouts.churn import records
from layouts.churn import words as said
from layouts.parts.woven import gap
from services.core.churn.profit import Best
from services.releases.overview.churn import Churn
from services.serving.churn.grouped import Certainty, Confusion
from tests.releases.tiny_churn import tiny_churn

BEST, NOBODY = Best(36, 1364.4), Best(None, 0.0)


@pytest.fixture(scope="module")
def churn():
    return Churn.model_validate(tiny_churn())


def test_the_head_names_the_days_that_are_looked_ahead(churn):
    assert said.head(churn, "standard", "R1") == (
        "Who may not order in the 90 days after 9 December 2011, until 8 March 2012. Release R1, "
        "preset standard."
    )


@pytest.mark.parametrize(
    ("contacted", "everybody", "best", "sentence"),
    [
        (
            2574, -1975.2, BEST,
            "Contact 2,574 customers at 36\xa0% or more: £1,364 after costs is expected. "
            "Contacting everybody would lose £1,975.",
        ),
        (
            1, 10.0, BEST,
            "Contact 1 customer at 36\xa0% or more: £1,364 after costs is expected. "
            "Contacting everybody would bring £10.",
        ),
        (9, 20.0, Best(0, 20.0), "Contact 9 customers at 0\xa0% or more: £20 after costs is expected."),
        (
            0, -5.0, NOBODY,
            "At these costs contacting anybody is expected to lose money. "
            "Contacting everybody would lose £5.",
        ),
    ],
)  # fmt: skip
def test_what_contacting_brings_is_said_beside_contacting_everybody(contacted, everybody, best, sentence):
    assert said.of_profit(contacted, everybody, best) == sentence


def test_the_map_says_how_much_of_the_loss_is_above_the_threshold():
    assert said.of_map(2574, 262_000, 416_000, BEST) == (
        "£262k of the £416k expected loss lies with the 2,574 customers at 36\xa0% or more."
    )
    assert said.of_map(3_370, 416_000, 416_000, BEST) == (
        "£416k is the expected loss; at these costs everybody is worth contacting."
    )
    assert said.of_map(0, 0, 416_000, NOBODY) == (
        "£416k is the expected loss; at these costs nobody is worth contacting."
    )


def test_the_list_says_who_it_is_and_how_much_the_first_ten_are():
    assert said.of_list(2574, BEST, 7178, 262_000, of_map=False) == (
        "2,574 customers at 36\xa0% or more; the first ten stand for £7,178 of £262,000."
    )
    assert said.of_list(1, BEST, 50, 50, of_map=True) == (
        "1 customer in this part of the map, with an expected loss of £50."
    )
    assert said.of_list(0, NOBODY, 0, 0, of_map=False) == "Nobody is listed."


@pytest.mark.parametrize(
    ("band", "fifth", "percent", "sentence"),
    [
        (None, None, 36, "Chance of no order 36\xa0% or more; Country France"),
        (None, None, None, "Nobody worth contacting; Country France"),
        ((30, 40), None, 36, "Risk 30 to 40\xa0%; Country France"),
        (None, 5, 36, "Fifth 5 of usual spend; Country France"),
        ((30, 40), 5, 36, "Risk 30 to 40\xa0%, fifth 5 of usual spend; Country France"),
    ],
)
def test_an_audience_says_who_it_is(band, fifth, percent, sentence):
    assert said.of_audience(band, fifth, percent, "Country France") == sentence


def test_the_note_says_what_is_not_known_of_the_success_rate():
    assert said.of_certainty(Certainty(0.0412, 0.09, 0.154, 0.35), 0.12) == (
        "The four figures start as examples: put in your own. Anybody who would have ordered anyway takes "
        "the offer, too. Contacting starts to pay above a success rate of 4.1\xa0%. If a trial on "
        "400 customers gave 12\xa0%, the rate is 9.0\xa0% to 15.4\xa0% in 95 of 100 cases, and the expected "
        f"maximum profit ({gap('empc')}) is £0.35 a customer."
    )
    assert "Contacting does not pay at any success rate." in said.of_certainty(Certainty(None, 0, 0, 0), 0)


def test_records_are_said_with_what_they_are_made_of(churn):
    assert said.record(1021, 1792) == "57\xa0% of 1,792"
    assert said.record(0, 0) == "nobody yet"
    assert said.chance(0.5616, 0.476, 0.634) == "56.2\xa0% (48 to 63)"
    # the fifth band's 60: predicted 52 %, happened 40; all others within 2 points: mean 48 and 45
    assert records.of_bands(churn) == (
        "Predicted 48\xa0% on average, happened 45\xa0%; one of ten bands was off by more than 5 points."
    )
    assert records.of_bands_note(churn) == (
        "600 scores of customers at the end of 11 August 2011 and 10 September 2011, each made only with "
        "what was known then. Bars are 95 % intervals; on the dotted line a prediction is right. A triangle "
        "is off by more than 5 points. The level is not shifted: the ledger holds no year before."
    )
    assert records.of_cuts_note(churn.cuts[-1]) == (
        "On 10 September 2011 the Brier score was 0.190 (lower is better; giving everybody the same "
        "chance: 0.248) and the slope of the calibration line 1.02 (1 is right; below it the "
        "chances are too extreme)."
    )
    assert records.of_models(churn) == "Logistic regression is in use. Scores are of 10 September 2011."
    assert records.of_confusion(Confusion(72, 18, 63, 147), 70, "2011-09-10") == (
        "With a threshold of 70\xa0% on 10 September 2011, 90 customers would have been contacted, of whom "
        "72 did not order; 63 who did not order would have been missed."
    )
