"""``recommend``: what to offer a customer, as JSON or to be read; what cannot be done has an exit code."""

import pytest

from tests.cli.commands import run
from tests.releases.tiny import make_tiny_release
from tests.serving.shops import shop

CUSTOMER = "12030"


@pytest.fixture(scope="module")
def models():
    return shop().folder.parents[1]


def test_products_new_to_the_customer_are_listed_with_their_reasons(models):
    listed = run("recommend", CUSTOMER, "--method", "recent-popularity", "--models", models, "--json").json
    again = run("recommend", CUSTOMER, "--replenish", "--models", models, "--json").json
    assert again
    assert {frozenset(each) for each in [*listed, *again]} == {
        frozenset({"product", "description", "score", "reason"})
    }
    assert not {each["product"] for each in listed} & {each["product"] for each in again}
    assert again[0]["reason"].endswith("of this customer")


def test_n_cuts_the_list_and_without_json_there_is_a_line_a_product(models):
    (first,) = run("recommend", CUSTOMER, "--replenish", "--n", 1, "--models", models, "--json").json
    read = run("recommend", CUSTOMER, "--replenish", "--n", 1, "--models", models)
    assert (read.code, read.out) == (
        0,
        f"{first['product']}  {first['description']}: {first['reason']}\n",
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("nobody",), 1, "nobody"),
        ((CUSTOMER, "--method", "magic"), 2, "no method “magic”"),
        ((CUSTOMER, "--method", "item-cosine", "--replenish"), 2, "personal-frequency"),
        ((CUSTOMER, "--n", "21"), 2, "1<=x<=20"),
        ((CUSTOMER, "--n", "0"), 2, "1<=x<=20"),
    ],
)
def test_what_cannot_be_done_has_a_sentence_and_an_exit_code(models, words, code, sentence):
    ran = run("recommend", *words, "--models", models)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err


def test_a_release_without_recommendations_is_refused_with_the_reason(tmp_path):
    make_tiny_release(tmp_path)
    ran = run("recommend", "12346", "--models", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
