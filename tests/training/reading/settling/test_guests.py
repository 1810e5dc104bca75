"""Guests without an id are told apart by their e-mail, and it is said."""

import random

import pytest

HEAD = "Order Number,Order Date,Customer ID,Customer Email,SKU,Quantity,Price\n"
ROWS = [
    "1,2024-01-13,7,ann@shop.example,MUG,2,10.00",
    "2,2024-01-14,,Bo@shop.example ,MUG,3,10.00",
    "3,2024-01-15,guest,cy@shop.example,MUG,1,10.00",
    "4,2024-01-16,8,dee@shop.example,MUG,1,10.00",
    "5,2024-01-17,,bo@shop.example,MUG,1,10.00",
    "6,2024-01-18,,ANN@shop.example,MUG,1,10.00",
    "7,2024-01-19,,none,MUG,1,10.00",
]


def spent(engine):
    return dict(
        engine.execute(
            "SELECT customer_id, sum(amount)::INT FROM read_lines WHERE customer_id IS NOT NULL GROUP BY ALL"
        ).fetchall()
    )


def test_an_email_stands_in_for_an_id_that_is_lacking_or_is_the_one_it_stands_beside(read, engine):
    for rows in (ROWS, random.Random(4).sample(ROWS, len(ROWS))):
        report = read(HEAD + "\n".join(rows))
        assert spent(engine) == {"7": 30, "8": 10, "bo@shop.example": 40, "cy@shop.example": 10}
        assert report.warnings[-1] == (
            "4 rows name no customer in the column “Customer ID” and hold an e-mail in “Customer Email”, "
            "which is used as the customer ID. There are 3 such e-mails. 1 of them also appears with one ID "
            "on other rows and counts as that customer. To leave these rows out, add --columns email=-."
        )
    read(HEAD + "\n".join(ROWS), columns={"email": "-"})
    assert spent(engine) == {"7": 20, "8": 10}


def test_an_email_beside_several_ids_is_a_customer_by_itself(read, engine):
    report = read(HEAD + "\n".join([*ROWS, "8,2024-01-20,9,ann@shop.example,MUG,1,10.00"]))
    assert spent(engine)["ann@shop.example"] == 10
    assert "1 of them appears with several IDs and counts as a separate customer" in report.warnings[-1]


@pytest.mark.parametrize("zero", ["0", "-1"])
def test_0_with_several_emails_is_guests_however_few_unless_it_is_kept_or_left_out(read, engine, zero):
    many = [f"{number},2024-02-01,{number},u{number}@shop.example,MUG,1,10.00" for number in range(20, 60)]
    rows = [*many, *(row.replace(",,", f",{zero},") for row in ROWS[:2] + ROWS[4:6])]
    report = read(HEAD + "\n".join(rows))
    assert (spent(engine)["bo@shop.example"], spent(engine)["7"]) == (40, 30)
    assert f"“{zero}” has 3 of the 44 orders and 2 e-mails, so it stands for guests" in report.warnings[0]
    read(HEAD + "\n".join(rows), keep_customer=(zero,))
    assert (spent(engine)[zero], spent(engine)["7"]) == (50, 20)
    read(HEAD + "\n".join(rows), drop_customer=(zero,))
    assert zero not in spent(engine)
    assert "bo@shop.example" not in spent(engine)


def test_a_guest_of_a_known_export_who_has_an_id_in_other_orders_is_that_customer(read, engine):
    report = read(
        "order_id,order_number,order_date,status,customer_id,billing_email,item_name,item_sku,item_quantity,"
        "item_total,order_total\n"
        "21,21,2024-05-01 09:00:00,completed,7,ida@shop.example,Bowl,B-3,2,16.00,16.00\n"
        "22,22,2024-05-02 09:00:00,processing,0,ida@shop.example,Spoon,S-2,1,5.00,5.00\n"
        "23,23,2024-05-03 09:00:00,processing,0,jo@shop.example,Spoon,S-2,1,5.00,5.00\n"
    )
    assert report.layout == "woocommerce-items"
    assert spent(engine) == {"7": 21, "jo@shop.example": 5}
    assert "1 row names no customer" in report.warnings[-1]
