from services.training.lines.baskets import baskets
from tests.training.lines.ledgers import kept, row

ROWS = [
    row("b", "1", "P2"),
    row("b", "1", "P1", description="Red"),
    row("b", "1", "P1", description="Blue"),
    row("a", "2", "P3"),
    row("a", "2", "POST"),
    row("a", "3", "POST"),
]


def test_a_basket_holds_each_item_of_a_customers_invoice_once():
    found = baskets(kept(ROWS))
    assert found.items == ["P1", "P2", "P3"]
    assert found.customers.tolist() == ["a", "b"]
    assert found.invoices.tolist() == ["2", "1"]
    assert found.matrix.dtype == bool
    assert found.matrix.nnz == 3
    assert found.matrix.toarray().tolist() == [[False, False, True], [True, True, False]]


def test_items_may_be_descriptions_and_codes_that_are_no_product():
    assert baskets(kept(ROWS), "description").items == ["Blue", "Item P2", "Item P3", "Red"]
    everything = baskets(kept(ROWS), all_codes=True)
    assert everything.items == ["P1", "P2", "P3", "POST"]
    assert everything.customers.tolist() == ["a", "a", "b"]


def test_a_line_with_a_description_but_no_code_is_an_item_by_its_description():
    lines = kept([row(product=None, description="Lamp"), row(product="P1", description="Vase")])
    assert baskets(lines, "description").items == ["Lamp", "Vase"]
    assert baskets(lines).items == ["P1"]


def test_baskets_of_some_customers_keep_the_items():
    some = baskets(kept(ROWS)).of(["b", "nobody"])
    assert some.invoices.tolist() == ["1"]
    assert some.matrix.toarray().tolist() == [[True, True, False]]


def test_a_ledger_without_products_has_no_baskets():
    assert baskets(kept([row(product=None)])).matrix.shape == (0, 0)
