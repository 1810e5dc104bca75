"""assets/portions.js: a grid gets the rows of the order it asks for, and no earlier answer after them."""

import pytest

SAME = "no update"


def asked(order, start=0):
    model = [{"colId": name, "sort": sort} for name, sort in (part.split(":") for part in order)]
    return {"startRow": start, "endRow": start + 100, "sortModel": model}


def portion(order, search=""):
    return {"search": search, "order": order, "containing": "", "rows": {"rowData": [order], "rowCount": 1}}


@pytest.fixture
def serve(desk):
    def served(request, rows, search=""):
        # one request is one object, as Dash hands it on
        return desk.run(
            """([asked, portion, search]) => {
                const kept = (window.kept ??= {});
                const once = (value) => value && (kept[JSON.stringify(value)] ??= value);
                return dash_clientside.portions.serve(once(asked), once(portion), search, "");
            }""",
            [request, rows, search],
        )

    return served


def test_the_first_rows_come_from_the_pages_answer_and_further_ones_from_the_server(desk, serve):
    desk.open("", address="/baskets")
    first, further, page = asked(["lift:desc"]), asked(["lift:desc"], 100), portion("lift:desc")
    assert serve(first, None) == [SAME, SAME]
    assert serve(first, page) == [page["rows"], SAME]
    assert serve(further, page) == [SAME, further]
    turned = asked(["support:asc"])
    assert serve(turned, page) == [SAME, turned]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("-confidence", ["confidence:desc"]), ("recency:asc", ["recency:asc"]), ("a,-b", ["a:asc", "b:desc"])],
)
def test_a_grid_that_is_about_to_be_sorted_as_its_address_asks_is_answered_once(desk, serve, sort, order):
    search = f"?sort={sort}"
    desk.open("", address=f"/baskets{search}")
    page = portion(",".join(order), search)
    assert serve(asked(["lift:desc"]), page, search) == [SAME, SAME]
    assert serve(asked(order), page, search) == [page["rows"], SAME]


def test_an_order_that_the_reader_chose_meanwhile_is_asked_for(desk, serve):
    desk.open("", address="/baskets?sort=-support")
    chosen = asked(["support:desc"])
    assert serve(chosen, portion("confidence:desc")) == [SAME, chosen]


def test_an_address_whose_order_is_none_keeps_nobody_waiting(desk, serve):
    desk.open("", address="/baskets?sort=foo")
    search = "?sort=foo"
    wanted = asked([])
    assert serve(wanted, portion("lift:desc", search), search) == [SAME, wanted]
