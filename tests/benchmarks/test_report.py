import pytest

from benchmarks.report import Table, as_markdown, as_text, replaced

TABLE = Table("Times", ("", "ms"), [("Open", "1.5"), ("Look up", "12.0")])


def test_columns_stand_under_each_other():
    assert as_text(TABLE).splitlines() == [
        "Times",
        "-----",
        "           ms",
        "Open      1.5",
        "Look up  12.0",
    ]


def test_markdown_has_a_ruler_and_a_row_for_each():
    assert as_markdown(TABLE).splitlines() == [
        "### Times",
        "",
        "|  | ms |",
        "| --- | ---: |",
        "| Open | 1.5 |",
        "| Look up | 12.0 |",
    ]


def test_new_results_replace_old_ones_and_nothing_else():
    document = "before\n<!-- results -->\nold\n<!-- end of results -->\nafter\n"
    new = replaced(document, "new")
    assert new == "before\n<!-- results -->\n\nnew\n\n<!-- end of results -->\nafter\n"
    assert replaced(new, "new") == new


@pytest.mark.parametrize("document", ["", "<!-- results -->", "<!-- end of results --> <!-- results -->"])
def test_a_document_without_markers_is_refused(document):
    with pytest.raises(ValueError, match="the document needs the lines"):
        replaced(document, "new")
