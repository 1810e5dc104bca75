"""Discounts of lines: money, shares and percentages, told by names, by cells, or by a question."""

from __future__ import annotations

import pytest

from services.core.refusals import Refusal
from services.training.lines.aggregates import kept_sum
from services.training.lines.cleaning import clean
from services.training.lines.engine import table

HEAD = "customer,order,date,item,quantity,price"


def sold(engine):
    return kept_sum(clean(table(engine, "read_lines")), "amount")


def lines(name, *discounts):
    rows = (
        f"c{place},{place},2024-01-{place + 10},x{place},2,50,{each}" for place, each in enumerate(discounts)
    )
    return "\n".join([f"{HEAD},{name}", *rows, ""])


@pytest.mark.parametrize(
    "name",
    [
        "Discount %", "Discount Percent", "discount_pct", "DiscountRate", "Rabatt %", "Rabatt in %",
        "Rabattsatz", "Remise (%)", "Taux de remise", "Porcentaje descuento", "Скидка %", "割引率", "할인율",
    ],
)  # fmt: skip
def test_a_column_of_percentages_is_taken_off_as_percentages(read, engine, name):
    report = read(lines(name, "10", "0", "2,5".replace(",", ".")))
    assert sold(engine) == "287.50"
    (warning,) = report.warnings
    assert "taken off quantity × price: 287.50 instead of 300.00." in warning
    assert warning.startswith(f"The column “{name}” holds percentages")
    read(lines(name, "10", "0", "5"), columns={"discount": name})
    assert sold(engine) == "285.00"


def test_a_discount_in_money_is_better_than_its_percentage(read, engine):
    text = lines("Discount %,Discount", "10,10.00", "0,0", "5,5.00")
    assert read(text).detected.columns["discount"] == "Discount"
    assert sold(engine) == "285.00"


def test_percentages_beside_a_line_total_are_held_against_it(read, engine):
    assert read(lines("Discount %,Amount", "10,90", "0,100")).warnings == []
    assert sold(engine) == "190.00"
    (warning,) = read(lines("Discount %,Amount", "10,100", "0,100")).warnings
    assert "190.00 instead of 200.00" in warning


def test_numbers_up_to_1_that_may_be_money_are_a_question_whose_answers_both_work(read, engine):
    text = lines("Discount", "0.37", "0.82", "0")
    with pytest.raises(Refusal, match=r"worth 181\.00: .* worth 298\.81: ") as asked:
        read(text)
    share, money, none = asked.value.choices
    assert (share, money, none) == ("discount_share=Discount", "discount=Discount", "discount=-")
    for answer, worth in ((share, "181.00"), (money, "298.81"), (none, "300.00")):
        role, _equals, name = str(answer).partition("=")
        read(text, columns={role: name})
        assert sold(engine) == worth


@pytest.mark.parametrize("discounts", [("0.1", "0.25", "0"), ("0.01", "0.03") * 10])
def test_usual_shares_are_taken_off_and_said_with_both_sums(read, discounts):
    (warning,) = read(lines("Discount", *discounts)).warnings
    assert "If they are money (" in warning
    assert "add --columns discount=Discount" in warning


def test_a_discount_is_not_named_as_money_and_as_shares(read):
    with pytest.raises(Refusal, match="either money or shares"):
        read(lines("Discount", "0.1"), columns={"discount": "Discount", "discount_share": "Discount"})
