"""assets/audiences/audiences.js: the files of an audience have the columns that are chosen."""

import pytest

from layouts.audiences.frame import EXPORT, EXPORT_BOOK

FILES = "(columns, search, release) => dash_clientside.audiences.files(columns, search, release)"


@pytest.mark.parametrize(
    ("columns", "search", "query"),
    [
        (["segment", "rfm"], "?audience=7", "audience=7&column=segment&column=rfm&release=r1"),
        ([], "?audience=7&release=r0", "audience=7&release=r1"),
        (None, "", "audience=&release=r1"),
        (["segment"], "?audience=1&audience=a%26b", "audience=a%26b&column=segment&release=r1"),
    ],
)
def test_both_files_are_of_the_audience_the_columns_and_the_release(desk, columns, search, query):
    desk.open("")
    assert desk.run(FILES, columns, search, "r1") == [f"{EXPORT}?{query}", f"{EXPORT_BOOK}?{query}"]
